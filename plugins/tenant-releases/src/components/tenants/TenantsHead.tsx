import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';
import type { FleetColumn } from '../../domain/fleetColumns';
import type { SortKey, TenantFilters } from '../../domain/tenantFilters';
import type { FleetClasses } from './useFleetStyles';

/** The headings, most of which sort; they stay on top of the screen. */
export function TenantsHead(props: {
  columns: readonly FleetColumn[];
  template: string;
  filters: Pick<TenantFilters, 'sort' | 'descending'>;
  onSort: (sort: SortKey, descending: boolean) => void;
  classes: FleetClasses;
}) {
  const { columns, template, filters, onSort, classes } = props;
  const order = filters.descending ? 'descending' : 'ascending';
  const arrow = filters.descending ? <RiArrowDownSLine size={14} /> : <RiArrowUpSLine size={14} />;
  return (
    <div role="rowgroup" className={classes.head}>
      <div
        role="row"
        aria-rowindex={1}
        className={classes.headRow}
        style={{ gridTemplateColumns: template }}
      >
        {columns.map(({ id, label, sort, isNumber }) => {
          // A link or a saved view may name the order of the states, which has no heading of its own.
          const isByState = id === 'state' && filters.sort === 'state';
          const isSorted = sort !== undefined && (sort === filters.sort || isByState);
          return (
            <div
              key={id}
              role="columnheader"
              aria-sort={isSorted ? order : undefined}
              className={`${classes.headCell} ${isNumber ? classes.number : ''}`}
            >
              {sort ? (
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() => onSort(sort, isSorted && !filters.descending)}
                >
                  {label}
                  {isSorted && arrow}
                </button>
              ) : (
                label
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
