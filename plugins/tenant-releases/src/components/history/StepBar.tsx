import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import { releaseSteps, stepDurations } from '../../domain/historyEntry';
import { stateColour } from '../../theme/stateAppearance';

const useStyles = makeStyles(
  {
    root: { display: 'inline-flex', alignItems: 'center', gap: 8 },
    bar: { display: 'inline-flex', gap: 2, width: 48, height: 8 },
    step: { minWidth: 3, borderRadius: 2 },
  },
  { name: 'TenantReleasesStepBar' },
);

/** How long a change took from merge to sync and from there to the pods, in words and as a bar. */
export function StepBar({ entry }: { entry: HistoryEntry }) {
  const classes = useStyles();
  const theme = useTheme();
  const text = stepDurations(entry);
  if (!text) return <span>not seen</span>;
  const { sync, rollOut } = releaseSteps(entry);
  return (
    <span className={classes.root}>
      {sync !== undefined && rollOut !== undefined && (
        <span className={classes.bar} aria-hidden>
          <span
            className={classes.step}
            style={{ flexGrow: sync, background: stateColour('held', theme) }}
          />
          <span
            className={classes.step}
            style={{ flexGrow: rollOut, background: stateColour('progressing', theme) }}
          />
        </span>
      )}
      {text}
    </span>
  );
}
