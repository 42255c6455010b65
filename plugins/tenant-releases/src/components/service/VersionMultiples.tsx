import { percent } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { FleetRow } from '../../domain/fleet';
import { formatCount } from '../../domain/formatCount';
import { shortVersion } from '../../domain/version';
import { type VersionMultiple, versionMultiples } from '../../domain/versionMultiples';
import { secondaryText } from '../../theme/secondaryText';
import { Hint } from '../common/Hint';
import { useVersionColours } from '../common/useVersionOrder';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
      gap: theme.spacing(2, 3),
      // Where a title takes two lines, the bars of a row still stand on one.
      alignItems: 'end',
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
    title: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      alignItems: 'baseline',
      columnGap: theme.spacing(1),
      margin: 0,
      fontSize: theme.typography.body2.fontSize,
      fontWeight: 600,
    },
    count: {
      color: secondaryText(theme),
      fontSize: theme.typography.caption.fontSize,
      fontWeight: 400,
    },
    bars: {
      display: 'flex',
      alignItems: 'flex-end',
      gap: 3,
      height: 64,
      marginTop: theme.spacing(0.5),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    slot: {
      display: 'flex',
      alignItems: 'flex-end',
      flex: '1 1 0',
      maxWidth: 28,
      height: '100%',
      padding: 0,
      border: 0,
      borderRadius: 3,
      background: 'none',
      cursor: 'pointer',
      '&:disabled': { cursor: 'default' },
      '&:hover:not(:disabled)': { background: theme.palette.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
      '&[aria-pressed=true]': { background: theme.palette.action.selected },
    },
    bar: { width: '100%', borderRadius: '3px 3px 0 0' },
  }),
  { name: 'TenantReleasesVersionMultiples' },
);

function Ring(props: {
  multiple: VersionMultiple;
  isSelected: (version: string) => boolean;
  onSelect: (version: string) => void;
}) {
  const { multiple, isSelected, onSelect } = props;
  const { name, releases, newest, shares } = multiple;
  const classes = useStyles();
  const { type } = useTheme().palette;
  const colours = useVersionColours(
    shares.map(({ version }) => version),
    type,
  );
  return (
    <li>
      <h3 className={classes.title}>
        {name}
        <span className={classes.count}>
          {formatCount(releases)} {releases === 1 ? 'tenant' : 'tenants'},{' '}
          {percent(newest / releases)} on the newest version
        </span>
      </h3>
      <div className={classes.bars}>
        {shares.map((share, index) => {
          const part = share.releases / releases;
          const text = `${shortVersion(share.version)}: ${formatCount(
            share.releases,
          )} of ${formatCount(releases)} in ${name}`;
          return (
            // A button that is off has no hint: nothing could open it.
            <Hint key={share.version} text={share.releases === 0 ? '' : text} isStop={false}>
              <button
                type="button"
                className={classes.slot}
                disabled={share.releases === 0}
                aria-label={text}
                aria-pressed={isSelected(share.version)}
                onClick={() => onSelect(share.version)}
              >
                <span
                  className={classes.bar}
                  style={{
                    // A single tenant of a thousand is still to be seen.
                    height: share.releases === 0 ? 0 : `max(3px, ${part * 100}%)`,
                    background: colours[index],
                  }}
                />
              </button>
            </Hint>
          );
        })}
      </div>
    </li>
  );
}

/**
 * A small chart a ring, all of the same versions in the same order, the newest on the left: how far a version has come.
 * Pressing a bar shows only its tenants in the table below.
 */
export function VersionMultiples({ rows }: { rows: readonly FleetRow[] }) {
  const classes = useStyles();
  const { rings } = useMemo(() => versionMultiples(rows), [rows]);
  const [parameters, setParameters] = useSearchParams();
  const isSelected = (ring: number, version: string) =>
    parameters.get('ring') === String(ring) && parameters.get('version') === version;
  const select = (ring: number, version: string) =>
    setParameters(
      current => {
        const next = new URLSearchParams(current);
        next.delete('ring');
        next.delete('version');
        if (!isSelected(ring, version)) {
          next.set('ring', String(ring));
          next.set('version', version);
        }
        return next;
      },
      { replace: true },
    );
  return (
    <ul className={classes.root} aria-label="Versions by ring">
      {rings.map(multiple => (
        <Ring
          key={multiple.ring}
          multiple={multiple}
          isSelected={version => isSelected(multiple.ring, version)}
          onSelect={version => select(multiple.ring, version)}
        />
      ))}
    </ul>
  );
}
