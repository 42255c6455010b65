import { ErrorBoundary } from '@backstage/core-components';
import type { PanelData, PanelInfo } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { Suspense, lazy } from 'react';
import { panelSummary } from '../../domain/panelSeries';
import type { TimeRange } from '../../domain/timeRange';
import { secondaryText } from '../../theme/secondaryText';
import { chartHeight } from './chartHeight';

// The drawing library is a chunk of its own: only who looks at a chart loads it.
const TimeChart = lazy(() => import('./TimeChart').then(module => ({ default: module.TimeChart })));

const useStyles = makeStyles(
  theme => ({
    chart: { minHeight: chartHeight, minWidth: 0 },
    empty: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'center',
      minHeight: chartHeight,
      padding: theme.spacing(1),
      border: `1px dashed ${theme.palette.divider}`,
      borderRadius: 4,
      color: secondaryText(theme),
      fontSize: theme.typography.body2.fontSize,
      textAlign: 'center',
    },
  }),
  { name: 'TenantReleasesPanelChart' },
);

/** The drawing of a panel; in words for people who cannot see it. */
export function PanelChart(props: {
  panel: PanelInfo;
  data: PanelData;
  range: TimeRange;
  syncKey: string;
  /** Gets the time under the cursor in unix seconds, `undefined` when it leaves. */
  onCursor: (time: number | undefined) => void;
}) {
  const { panel, data, range, syncKey, onCursor } = props;
  const classes = useStyles();
  const testId = `panel-${panel.id}`;
  if (data.series.every(({ points }) => points.length === 0)) {
    return (
      <div className={classes.empty} data-testid={testId}>
        No data yet: Prometheus has measured nothing of this in the{' '}
        {range.label.toLocaleLowerCase('en')}.{' '}
        {data.empty?.text ?? 'A new pod shows up within half a minute.'}
      </div>
    );
  }
  return (
    <div
      className={classes.chart}
      data-testid={testId}
      role="img"
      aria-label={panelSummary(panel.title, data)}
    >
      <ErrorBoundary>
        <Suspense fallback={null}>
          <TimeChart kind={panel.kind} data={data} syncKey={syncKey} onCursor={onCursor} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
