import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useLiveliness } from '../../api/liveliness';
import { formatExact, formatRelative } from '../../domain/time';
import { stateColour } from '../../theme/stateAppearance';
import { secondaryText } from '../../theme/secondaryText';
import { Hint } from './Hint';
import { useFromNow } from './useNow';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      color: secondaryText(theme),
      fontSize: theme.typography.caption.fontSize,
      whiteSpace: 'nowrap',
    },
    dot: { width: 8, height: 8, borderRadius: '50%', border: '2px solid' },
  }),
  { name: 'TenantReleasesLiveDot' },
);

/**
 * When the data was last read, and whether changes are pushed (full dot) or looked for (ring).
 *
 * @param props.updatedAt - milliseconds since 1970; 0 when never
 */
export function LiveDot({ updatedAt, failing }: { updatedAt: number; failing: boolean }) {
  const classes = useStyles();
  const live = useLiveliness() === 'live' && !failing;
  const colour = stateColour(live ? 'in-sync' : 'unknown', useTheme());
  const age = useFromNow(now => formatRelative(Math.min(updatedAt, now), now));
  if (updatedAt === 0) return null;
  const how = live ? 'changes are shown at once' : 'changes are looked for every 5 s';
  return (
    <Hint className={classes.root} text={`${formatExact(updatedAt)}; ${how}`}>
      {failing ? 'last known' : 'updated'} {age}
      <span
        className={classes.dot}
        style={{ borderColor: colour, background: live ? colour : 'none' }}
        role="img"
        aria-label={how}
      />
    </Hint>
  );
}
