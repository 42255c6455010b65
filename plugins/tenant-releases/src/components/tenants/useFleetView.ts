import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { FleetRow } from '../../domain/fleet';
import {
  type TenantFilters,
  filterExceptState,
  filterStates,
  readFilters,
  sortReleases,
  writeFilters,
} from '../../domain/tenantFilters';

/** The view of the fleet that the URL holds, and the rows that it shows. */
export function useFleetView(rows: readonly FleetRow[]) {
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(search)), [search]);
  const change = useCallback(
    (next: TenantFilters) =>
      setParameters(current => writeFilters(current, next), { replace: true }),
    [setParameters],
  );
  const { sort, descending } = filters;
  const clear = () => change({ states: [], text: '', sort, descending });
  const inAnyState = useMemo(() => filterExceptState(rows, filters), [rows, filters]);
  const shown = useMemo(
    () => sortReleases(filterStates(inAnyState, filters.states), filters),
    [inAnyState, filters],
  );
  return { filters, change, clear, inAnyState, shown };
}
