import type { Release, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';
import type { SortKey, TenantFilters } from '../../domain/tenantFilters';
import { useTableStyles } from '../common/useTableStyles';
import { TenantRow } from './TenantRow';

const useStyles = makeStyles(
  theme => ({
    sort: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 2,
      padding: 0,
      border: 0,
      background: 'none',
      color: 'inherit',
      font: 'inherit',
      cursor: 'pointer',
      '&:hover': { color: theme.palette.text.primary },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 2 },
    },
  }),
  { name: 'TenantReleasesTenantsTable' },
);

const columns: Array<{ label: string; key?: SortKey; number?: boolean; service?: boolean }> = [
  { label: 'Tenant', key: 'tenant' },
  { label: 'Service', service: true },
  { label: 'Tier', key: 'tier' },
  { label: 'Ring', key: 'ring', number: true },
  { label: 'Desired', key: 'desired' },
  { label: 'Running', key: 'running' },
  { label: 'State', key: 'state' },
  { label: 'Since', key: 'since' },
  { label: 'Last change' },
];

/** Releases, one a row. The service has a column only where there is more than one. */
export function TenantsTable(props: {
  releases: Release[];
  sources: SourceStatus[];
  filters: TenantFilters;
  showService: boolean;
  onSort: (sort: SortKey, descending: boolean) => void;
}) {
  const { releases, sources, filters, showService, onSort } = props;
  const classes = useStyles();
  const table = useTableStyles();
  const arrow = filters.descending ? <RiArrowDownSLine size={14} /> : <RiArrowUpSLine size={14} />;
  const order = filters.descending ? 'descending' : 'ascending';
  return (
    <div className={table.scroll}>
      <table className={table.table} aria-label="Tenants">
        <thead>
          <tr>
            {columns
              .filter(({ service }) => !service || showService)
              .map(({ label, key, number }) => {
                const sorted = key === filters.sort;
                return (
                  <th
                    key={label}
                    scope="col"
                    className={number ? table.number : undefined}
                    aria-sort={sorted ? order : undefined}
                  >
                    {key ? (
                      <button
                        type="button"
                        className={classes.sort}
                        onClick={() => onSort(key, sorted && !filters.descending)}
                      >
                        {label}
                        {sorted && arrow}
                      </button>
                    ) : (
                      label
                    )}
                  </th>
                );
              })}
          </tr>
        </thead>
        <tbody>
          {releases.map(release => (
            <TenantRow
              key={`${release.tenant}/${release.service}`}
              release={release}
              sources={sources}
              showService={showService}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
