import { type ReleaseState, releaseStates } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { formatCount } from '../../domain/formatCount';
import { stateAppearance, stateColour } from '../../theme/stateAppearance';
import { secondaryText } from '../../theme/secondaryText';
import { Hint } from '../common/Hint';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      // On a phone one line that can be pushed aside, so that the rows begin on the first screen.
      [theme.breakpoints.down('xs')]: {
        flexWrap: 'nowrap',
        maxWidth: '100%',
        overflowX: 'auto',
        padding: 2,
        scrollbarWidth: 'none',
      },
    },
    chip: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      height: 28,
      padding: theme.spacing(0, 1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 14,
      background: 'none',
      color: theme.palette.text.primary,
      font: 'inherit',
      fontSize: theme.typography.body2.fontSize,
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
      flexShrink: 0,
      cursor: 'pointer',
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 1 },
      '&[aria-pressed=true]': {
        borderColor: 'currentColor',
        background: theme.palette.action.selected,
        fontWeight: 600,
      },
    },
    none: { color: secondaryText(theme) },
  }),
  { name: 'TenantReleasesStateChips' },
);

/** How many are in each state; pressing one shows only these, pressing it again all. */
export function StateChips(props: {
  counts: Record<ReleaseState, number>;
  selected: ReleaseState[];
  onSelect: (states: ReleaseState[]) => void;
}) {
  const { counts, selected, onSelect } = props;
  const classes = useStyles();
  const theme = useTheme();
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const toggle = (state: ReleaseState) =>
    onSelect(
      selected.includes(state) ? selected.filter(other => other !== state) : [...selected, state],
    );
  return (
    <div className={classes.root} role="group" aria-label="Filter by state">
      <button
        type="button"
        className={classes.chip}
        aria-pressed={selected.length === 0}
        onClick={() => onSelect([])}
      >
        All {formatCount(total)}
      </button>
      {[...releaseStates].reverse().map(state => {
        const { icon: Icon, label, meaning } = stateAppearance[state];
        const empty = counts[state] === 0;
        return (
          <Hint key={state} text={meaning} isStop={false}>
            <button
              type="button"
              className={`${classes.chip} ${empty ? classes.none : ''}`}
              style={empty ? undefined : { color: stateColour(state, theme) }}
              aria-pressed={selected.includes(state)}
              onClick={() => toggle(state)}
            >
              <Icon size={14} aria-hidden />
              {label} {formatCount(counts[state])}
            </button>
          </Hint>
        );
      })}
    </div>
  );
}
