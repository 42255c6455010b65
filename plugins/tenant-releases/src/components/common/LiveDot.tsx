import type { Release } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useLiveliness } from '../../api/liveliness';
import { useSources } from '../../api/useReleases';
import { awaySources } from '../../domain/sourceNote';
import { formatRelative } from '../../domain/time';
import { stateColour } from '../../theme/stateAppearance';
import { secondaryText } from '../../theme/secondaryText';
import { Hint } from './Hint';
import { useFromAge } from './useNow';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      color: secondaryText(theme),
      fontSize: theme.typography.caption.fontSize,
    },
    dot: { width: 8, height: 8, borderRadius: '50%', border: '2px solid' },
  }),
  { name: 'TenantReleasesLiveDot' },
);

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/**
 * When the data was last read, what it lacks, and whether changes are pushed (full dot) or looked for (ring). While a
 * source is away the dot is not green: what the portal says at once may be what was so before.
 *
 * @param props.updatedAt - milliseconds since 1970 by the browser's clock; 0 when never
 * @param props.failing - the data could not be read again
 * @param props.release - only its sources count; without one, all
 */
export function LiveDot(props: {
  updatedAt: number;
  failing: boolean;
  release?: Pick<Release, 'cluster'>;
}) {
  const { updatedAt, failing, release } = props;
  const classes = useStyles();
  const away = awaySources(useSources().data ?? [], release);
  const live = useLiveliness() === 'live' && !failing;
  const isWhole = away.length === 0;
  const liveState = isWhole ? 'in-sync' : 'drifted';
  const colour = stateColour(live ? liveState : 'unknown', useTheme());
  const age = useFromAge(updatedAt, seconds => formatRelative(-seconds * 1000, 0));
  if (updatedAt === 0) return null;
  const how = live ? 'changes are shown at once' : 'changes are looked for every 5 s';
  return (
    <Hint className={classes.root} text={how}>
      {failing ? 'last known' : 'updated'} {age}
      {!isWhole && `, without ${names.format(away)}`}
      <span
        className={classes.dot}
        style={{ borderColor: colour, background: live ? colour : 'none' }}
        role="img"
        aria-label={how}
      />
    </Hint>
  );
}
