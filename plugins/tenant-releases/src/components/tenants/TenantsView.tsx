import type { ReleaseList } from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  type TenantFilters,
  filterExceptState,
  filterStates,
  readFilters,
  sortReleases,
  writeFilters,
} from '../../domain/tenantFilters';
import { EmptyNotice } from '../common/EmptyNotice';
import { TenantsTable } from './TenantsTable';
import { TenantsToolbar } from './TenantsToolbar';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 },
  }),
  { name: 'TenantReleasesTenantsView' },
);

/**
 * The table of tenants with its filters; the URL holds the view.
 *
 * @param props.empty - shown when there is not a single release
 */
export function TenantsView({ list, empty }: { list: ReleaseList; empty: ReactNode }) {
  const classes = useStyles();
  const [parameters, setParameters] = useSearchParams();
  const filters = readFilters(parameters);
  const change = (next: TenantFilters) =>
    setParameters(current => writeFilters(current, next), { replace: true });
  if (list.items.length === 0) return <>{empty}</>;
  const shown = sortReleases(
    filterStates(filterExceptState(list.items, filters), filters.states),
    filters,
  );
  const services = new Set(list.items.map(({ service }) => service));
  const clear = () =>
    change({ states: [], text: '', sort: filters.sort, descending: filters.descending });
  return (
    <div className={classes.root}>
      <TenantsToolbar releases={list.items} filters={filters} onChange={change} />
      {shown.length > 0 ? (
        <TenantsTable
          releases={shown}
          sources={list.sources}
          filters={filters}
          showService={services.size > 1}
          onSort={(sort, descending) => change({ ...filters, sort, descending })}
        />
      ) : (
        <EmptyNotice action={<Button onClick={clear}>Clear filters</Button>}>
          None of {list.items.length} tenants matches these filters.
        </EmptyNotice>
      )}
    </div>
  );
}
