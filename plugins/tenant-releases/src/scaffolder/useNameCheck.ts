import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { queryKeys } from '../api/queryKeys';
import { tenantReleasesApiRef } from '../api/TenantReleasesApi';
import { type NameCheck, checkTenantName, nameProblem } from './checkTenantName';

/** A value once it has stayed the same for a while. @param delay - milliseconds */
function useSettled<T>(value: T, delay: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}

/**
 * Checks a name as it is typed: its form at once, whether it is free when the typing pauses.
 *
 * @returns `undefined` while nobody knows yet, and for no name at all
 */
export function useNameCheck(name: string, service: string): NameCheck | undefined {
  const api = useApi(tenantReleasesApiRef);
  const catalog = useApi(catalogApiRef);
  const settled = useSettled(name, 300);
  const problem = nameProblem(name);
  const key = { tenant: settled, service };
  const { data } = useQuery({
    queryKey: queryKeys.freeName(key),
    queryFn: () => checkTenantName(key, api, catalog),
    enabled: nameProblem(settled) === undefined,
    staleTime: 10_000,
  });
  if (name === '') return undefined;
  if (problem) return { kind: 'refused', reason: problem };
  return settled === name ? data : undefined;
}
