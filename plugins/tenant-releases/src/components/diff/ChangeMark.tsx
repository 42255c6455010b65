import type { DiffKey } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { stateColour } from '../../theme/stateAppearance';

const useStyles = makeStyles(
  {
    root: { display: 'inline-flex', gap: 4, fontWeight: 600, whiteSpace: 'nowrap' },
    mark: { width: '1.5ch', textAlign: 'center' },
  },
  { name: 'TenantReleasesChangeMark' },
);

const looks = {
  added: ['+', 'in-sync'],
  removed: ['-', 'degraded'],
  changed: ['~', 'progressing'],
} as const;

/** Added, removed or changed: mark, word and colour. */
export function ChangeMark({ change }: { change: DiffKey['change'] }) {
  const classes = useStyles();
  const [mark, state] = looks[change];
  return (
    <span className={classes.root} style={{ color: stateColour(state, useTheme()) }}>
      <span className={classes.mark} aria-hidden>
        {mark}
      </span>
      {change}
    </span>
  );
}
