import type { ReleaseState } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { stateAppearance, stateColour } from '../../theme/stateAppearance';

const useStyles = makeStyles(
  {
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      fontWeight: 600,
      verticalAlign: 'top',
      whiteSpace: 'nowrap',
      '& svg': { flexShrink: 0 },
    },
  },
  { name: 'TenantReleasesStateLabel' },
);

/** The state of a release: icon, word and colour. */
export function StateLabel({ state, size = 16 }: { state: ReleaseState; size?: number }) {
  const classes = useStyles();
  const theme = useTheme();
  const { icon: Icon, label, meaning } = stateAppearance[state];
  return (
    <span className={classes.root} style={{ color: stateColour(state, theme) }} title={meaning}>
      <Icon size={size} aria-hidden />
      <span>{label}</span>
    </span>
  );
}
