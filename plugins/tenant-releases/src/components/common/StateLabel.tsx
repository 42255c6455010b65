import type { ReleaseState } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { stateAppearance, stateColour } from '../../theme/stateAppearance';
import { Hint } from './Hint';

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
export function StateLabel(props: {
  state: ReleaseState;
  size?: number;
  /** Another word for the same meaning, such as Argo CD's. */
  word?: string;
}) {
  const { state, size = 16, word } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { icon: Icon, label, meaning } = stateAppearance[state];
  const labelled = (
    <span className={classes.root} style={{ color: stateColour(state, theme) }}>
      <Icon size={size} aria-hidden />
      <span>{word ?? label}</span>
    </span>
  );
  return word ? labelled : <Hint text={meaning}>{labelled}</Hint>;
}
