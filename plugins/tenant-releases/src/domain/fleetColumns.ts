import type { SortKey } from './tenantFilters';

/** What a column of the table of tenants shows. */
export type ColumnId =
  | 'tenant'
  | 'service'
  | 'environment'
  | 'tier'
  | 'ring'
  | 'desired'
  | 'running'
  | 'state'
  | 'since'
  | 'change';

/** A column. */
export interface FleetColumn {
  id: ColumnId;
  label: string;
  sort?: SortKey;
  isNumber?: boolean;
  /** As `grid-template-columns` takes it. */
  width: string;
  /** Least width of the table, in pixels, at which there is room for it. */
  from: number;
}

const columns: readonly FleetColumn[] = [
  { id: 'tenant', label: 'Tenant', sort: 'tenant', width: 'minmax(110px, 1.4fr)', from: 0 },
  { id: 'service', label: 'Service', width: 'minmax(80px, 0.5fr)', from: 0 },
  { id: 'environment', label: 'Environment', width: 'minmax(90px, 0.6fr)', from: 0 },
  { id: 'tier', label: 'Tier', sort: 'tier', width: '66px', from: 900 },
  { id: 'ring', label: 'Ring', sort: 'ring', width: 'minmax(44px, 76px)', from: 0 },
  { id: 'desired', label: 'Desired', sort: 'desired', width: 'minmax(108px, 0.7fr)', from: 0 },
  { id: 'running', label: 'Running', sort: 'running', width: 'minmax(108px, 0.7fr)', from: 0 },
  // The worst first, which is the order of the states and finer.
  { id: 'state', label: 'State', sort: 'concern', width: 'minmax(170px, 3fr)', from: 0 },
  { id: 'since', label: 'Since', sort: 'since', width: '78px', from: 0 },
  { id: 'change', label: 'Last change', width: 'minmax(120px, 2fr)', from: 1_040 },
];

/** Below this width of the table, in pixels, rows are cards. */
export const cardWidth = 640;

/** What tells rows of one tenant apart, where it does. */
export interface RowNames {
  /** There is more than one service. */
  showService: boolean;
  /** Some row names its environment. */
  showEnvironment: boolean;
}

/** The columns that there is room for, of those that tell rows apart. */
export function columnsFor(
  width: number,
  { showService, showEnvironment }: RowNames,
): FleetColumn[] {
  const isShown = { service: showService, environment: showEnvironment };
  return columns.filter(
    ({ id, from }) =>
      width >= from && (id === 'service' || id === 'environment' ? isShown[id] : true),
  );
}

/** As CSS takes it. */
export function templateOf(shown: readonly FleetColumn[]): string {
  return shown.map(column => column.width).join(' ');
}
