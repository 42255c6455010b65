import type { LayoutMatch } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { formatCount } from '../../domain/formatCount';
import { isIdle } from '../../domain/sourceReport';
import { Dash } from '../common/Dash';
import { StateLabel } from '../common/StateLabel';
import { useTableStyles } from '../common/useTableStyles';

const useStyles = makeStyles(
  {
    pattern: { whiteSpace: 'normal !important' as 'normal', overflowWrap: 'anywhere' },
    text: { fontFamily: 'monospace', fontWeight: 400 },
    hint: { fontWeight: 400 },
  },
  { name: 'TenantReleasesLayoutTable' },
);

function Count({ label, count }: { label: string; count?: number }) {
  const table = useTableStyles();
  return (
    <td data-label={label} className={table.number}>
      {count === undefined ? <Dash why="No commit has been looked at yet" /> : formatCount(count)}
    </td>
  );
}

function LayoutRow({ layout }: { layout: LayoutMatch }) {
  const classes = useStyles();
  const table = useTableStyles();
  const { key, pattern, files, releases, tenants, closest = [] } = layout;
  return (
    <tr data-testid="layout-row">
      <th scope="row" className={classes.pattern}>
        <div className={classes.text}>{pattern}</div>
        <div className={`${table.secondary} ${classes.hint}`}>{key}</div>
        {isIdle(layout) && <StateLabel state="degraded" word="Matches nothing" />}
        {closest.length > 0 && (
          <div className={classes.hint}>
            The paths that come closest:{' '}
            {closest.map((path, index) => (
              <span key={path}>
                {index > 0 && ', '}
                <span className={classes.text}>{path}</span>
              </span>
            ))}
          </div>
        )}
      </th>
      <Count label="Files" count={files} />
      <Count label="Releases" count={releases} />
      <Count label="Tenants" count={tenants} />
    </tr>
  );
}

/** The patterns that say where releases are, and how much each of them finds. */
export function LayoutTable({ layouts }: { layouts: readonly LayoutMatch[] }) {
  const table = useTableStyles();
  return (
    <div className={table.scroll}>
      <table className={table.table} aria-label="Layouts">
        <thead>
          <tr>
            <th scope="col">Pattern</th>
            {['Files', 'Releases', 'Tenants'].map(column => (
              <th key={column} scope="col" className={table.number}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {layouts.map(layout => (
            <LayoutRow key={layout.key} layout={layout} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
