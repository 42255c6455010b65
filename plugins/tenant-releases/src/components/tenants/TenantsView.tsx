import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { type ReactNode, useMemo, useRef } from 'react';
import { countTenants } from '../../domain/concern';
import type { Fleet } from '../../domain/fleet';
import { formatCount } from '../../domain/formatCount';
import { countStates, isNarrowed } from '../../domain/tenantFilters';
import { MatrixView } from '../matrix/MatrixView';
import { EmptyNotice } from '../common/EmptyNotice';
import { Placeholder } from '../common/Placeholder';
import { useSlashKey } from '../common/useSlashKey';
import { useUrlParameter } from '../common/useUrlState';
import { ExportButton } from './ExportButton';
import { LayoutSwitch } from './LayoutSwitch';
import { SavedViews } from './SavedViews';
import { TenantsTable } from './TenantsTable';
import { TenantsToolbar } from './TenantsToolbar';
import { useFleetView } from './useFleetView';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5), minWidth: 0 },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginLeft: 'auto',
    },
  }),
  { name: 'TenantReleasesTenantsView' },
);

interface TenantsViewProps {
  fleet: Fleet;
  sources: readonly SourceStatus[];
  /** Shown when there is not a single release. */
  empty: ReactNode;
}

/** The table of tenants with its filters; the URL holds the view. */
export function TenantsView({ fleet, sources, empty }: TenantsViewProps) {
  const classes = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useSlashKey(search);
  const { rows, complete, totalItems } = fleet;
  const [layout, setLayout] = useUrlParameter('view');
  const isMatrix = layout === 'matrix';
  const { filters, change, clear, inAnyState, shown } = useFleetView(rows);
  const counts = useMemo(() => countStates(inAnyState), [inAnyState]);
  const names = useMemo(
    () => ({
      showService: new Set(rows.map(({ service }) => service)).size > 1,
      showEnvironment: rows.some(({ environment }) => environment !== undefined),
    }),
    [rows],
  );
  // A tenant of several services or environments has a row for each.
  const hasMore = countTenants(rows) < rows.length;
  if (rows.length === 0 && complete) {
    return <>{empty}</>;
  }
  // The worst come at once and the others in the order of tenants; in another order rows would jump as they come.
  const comesInOrder = filters.sort === 'concern' || filters.sort === 'tenant';
  const isReady = complete || (!isMatrix && comesInOrder && !filters.descending);
  const shared = { rows: shown, all: rows, view: JSON.stringify(filters), names };
  return (
    <div className={classes.root}>
      <TenantsToolbar
        rows={rows}
        counts={(!complete && !isNarrowed(filters) && fleet.counts) || counts}
        filters={filters}
        search={search}
        onChange={change}
      >
        <span className={classes.actions}>
          <LayoutSwitch
            layout={isMatrix ? 'matrix' : 'table'}
            onChange={next => setLayout(next === 'matrix' ? next : '')}
          />
          <SavedViews />
          <ExportButton rows={complete ? shown : []} />
        </span>
      </TenantsToolbar>
      {!isReady && <Placeholder lines={12} what="tenants" />}
      {isReady && shown.length > 0 && !isMatrix && (
        <TenantsTable
          {...shared}
          isWhole={complete}
          sources={sources}
          filters={filters}
          onSort={(sort, descending) => change({ ...filters, sort, descending })}
        />
      )}
      {isReady && shown.length > 0 && isMatrix && (
        <MatrixView
          {...shared}
          version={filters.version}
          onVersion={version => change({ ...filters, version })}
        />
      )}
      {isReady && !complete && <Placeholder lines={3} what="more tenants" />}
      {complete && shown.length === 0 && (
        <EmptyNotice action={<Button onClick={clear}>Clear filters</Button>}>
          None of {formatCount(totalItems)} {hasMore ? 'releases' : 'tenants'} matches these
          filters.
        </EmptyNotice>
      )}
    </div>
  );
}
