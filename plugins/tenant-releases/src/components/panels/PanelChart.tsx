import { ErrorBoundary } from '@backstage/core-components';
import type { PanelData, PanelInfo } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { Suspense, lazy, useCallback, useMemo, useState } from 'react';
import { panelSummary } from '../../domain/panelSeries';
import { formatDuration, formatRelative } from '../../domain/time';
import type { TimeRange } from '../../domain/timeRange';
import { secondaryText } from '../../theme/secondaryText';
import { useFromNow } from '../common/useNow';
import { chartHeight } from './chartHeight';
import type { NumberedMarker } from './drawMarkers';
import { MarkerLegend } from './MarkerLegend';

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
      overflowWrap: 'anywhere',
      textAlign: 'center',
    },
    begin: { color: secondaryText(theme), fontSize: theme.typography.caption.fontSize },
  }),
  { name: 'TenantReleasesPanelChart' },
);

/** Says of a chart that begins with its data what the rest of the range would show. */
function Begin({ begin, range }: { begin: number; range: TimeRange }) {
  const classes = useStyles();
  const age = useFromNow(now => formatRelative(begin * 1000, now));
  return (
    <div className={classes.begin}>
      ↑ data begins here, {age}; none before in the {range.label.toLocaleLowerCase('en')}
    </div>
  );
}

/** The drawing of a panel; in words for people who cannot see it. */
export function PanelChart(props: {
  panel: PanelInfo;
  data: PanelData;
  range: TimeRange;
  /** Where the time axis begins instead of the range, in unix seconds. */
  begin?: number;
  syncKey: string;
  /** Gets the time under the cursor in unix seconds, `undefined` when it leaves. */
  onCursor: (time: number | undefined) => void;
}) {
  const { panel, data, range, begin, syncKey, onCursor } = props;
  const classes = useStyles();
  const [numbered, setNumbered] = useState<NumberedMarker[]>([]);
  const onNumbered = useCallback((markers: NumberedMarker[]) => setNumbered(markers), []);
  const summary = useFromNow(now => panelSummary(panel.title, data, now));
  // Of the range before, while another one loads, the axis stays as it was.
  const shownBegin = begin !== undefined && begin < data.end ? begin : undefined;
  const shown = useMemo(() => ({ ...data, start: shownBegin ?? data.start }), [data, shownBegin]);
  const testId = `panel-${panel.id}`;
  if (data.series.every(({ points }) => points.length === 0)) {
    // Measured now, but not yet when the last step of a long range ended.
    if (data.now && data.now.values.length > 0) {
      return (
        <div className={classes.empty} data-testid={testId}>
          Measured for less than {formatDuration(data.step)}: the first point of the{' '}
          {range.label.toLocaleLowerCase('en')} is still to come.
        </div>
      );
    }
    return (
      <div className={classes.empty} data-testid={testId}>
        Not measured: Prometheus has nothing of this in the {range.label.toLocaleLowerCase('en')}.{' '}
        {data.empty?.text ?? 'A new pod shows up within half a minute.'}
      </div>
    );
  }
  return (
    <>
      <div className={classes.chart} data-testid={testId} role="img" aria-label={summary}>
        <ErrorBoundary>
          <Suspense fallback={null}>
            <TimeChart
              kind={panel.kind}
              data={shown}
              syncKey={syncKey}
              onCursor={onCursor}
              onNumbered={onNumbered}
            />
          </Suspense>
        </ErrorBoundary>
      </div>
      {shownBegin !== undefined && <Begin begin={shownBegin} range={range} />}
      <MarkerLegend markers={numbered} />
    </>
  );
}
