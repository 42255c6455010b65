import type { Release, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { RiArrowRightLine } from '@remixicon/react';
import { explainStrip } from '../../domain/releaseStrip';
import { sourceTrouble, staleNote, troubledSource } from '../../domain/sourceNote';
import { stateColour } from '../../theme/stateAppearance';
import { secondaryText } from '../../theme/secondaryText';
import { useNow } from '../common/useNow';
import { Explanation } from './Explanation';
import { ServingNotice } from './ServingNotice';
import { DesiredPart, RunningPart, StatePart, SyncedPart } from './StripParts';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) },
    strip: {
      display: 'grid',
      gridTemplateColumns: '1fr auto 1fr auto 1fr 1fr',
      gap: theme.spacing(2),
      alignItems: 'start',
      padding: theme.spacing(2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 4,
      background: theme.palette.background.paper,
      [theme.breakpoints.down('sm')]: { gridTemplateColumns: '1fr', gap: theme.spacing(1.5) },
    },
    arrow: {
      alignSelf: 'center',
      color: secondaryText(theme),
      [theme.breakpoints.down('sm')]: { transform: 'rotate(90deg)', justifySelf: 'start' },
    },
  }),
  { name: 'TenantReleasesVersionStrip' },
);

/** Desired, synced and running side by side; where they differ, where it stopped and why. */
export function VersionStrip({ release, sources }: { release: Release; sources: SourceStatus[] }) {
  const classes = useStyles();
  const theme = useTheme();
  const now = useNow();
  const explanation = explainStrip(release, now);
  const note = (kind: SourceStatus['kind']) =>
    sourceTrouble(troubledSource(sources, kind, release), now);
  const arrow = (stopped: boolean) => (
    <RiArrowRightLine
      className={classes.arrow}
      style={stopped ? { color: stateColour(release.state, theme), opacity: 0.6 } : undefined}
      size={20}
      aria-hidden
    />
  );
  return (
    <section className={classes.root} aria-label="Versions">
      <div className={classes.strip}>
        <DesiredPart release={release} stale={note('git')} />
        {arrow(explanation?.stoppedAt === 'synced')}
        <SyncedPart release={release} stale={note('argocd')} />
        {arrow(explanation?.stoppedAt === 'running')}
        <RunningPart release={release} stale={note('kubernetes')} />
        <StatePart release={release} stale={staleNote(release, now)} />
      </div>
      {explanation && <Explanation release={release} explanation={explanation} />}
      <ServingNotice release={release} />
    </section>
  );
}
