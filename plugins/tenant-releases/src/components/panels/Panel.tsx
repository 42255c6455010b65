import type { PanelInfo } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { usePanel } from '../../api/useTelemetry';
import type { TimeRange } from '../../domain/timeRange';
import { ErrorNotice } from '../common/ErrorNotice';
import { LeftOutNotice } from '../common/LeftOutNotice';
import { Notice } from '../common/Notice';
import { Placeholder } from '../common/Placeholder';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { PanelChart } from './PanelChart';
import { PanelLegend } from './PanelLegend';
import { PanelValue } from './PanelValue';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      minWidth: 0,
      margin: 0,
      padding: theme.spacing(1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 4,
      background: theme.palette.background.paper,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      alignItems: 'baseline',
      columnGap: theme.spacing(2),
    },
    // Less opacity would be less contrast than text needs.
    outdated: { filter: 'grayscale(1)' },
    title: { margin: 0, fontSize: theme.typography.body2.fontSize, fontWeight: 600 },
  }),
  { name: 'TenantReleasesPanel' },
);

/** One panel: its newest value in words, the chart, and what its lines mean. */
export function Panel(props: {
  release: ReleaseKey;
  panel: PanelInfo;
  range: TimeRange;
  /** What the reader has chosen; longer where there is no data for all of it. */
  chosen: TimeRange;
  /** Where the time axis of all panels begins instead of the range, in unix seconds. */
  begin?: number;
  /** What is wrong is so with all panels, and said above them. */
  isTroubleTold: boolean;
}) {
  const { release, panel, range, chosen, begin, isTroubleTold } = props;
  const classes = useStyles();
  const { data, error, dataUpdatedAt, isPlaceholderData, refetch } = usePanel(
    release,
    panel.id,
    range,
  );
  const [cursorTime, setCursorTime] = useState<number>();
  return (
    <section className={classes.root} aria-label={panel.title}>
      <div className={classes.head}>
        <h3 className={classes.title}>{panel.title}</h3>
        {data && <PanelValue panelId={panel.id} data={data} />}
      </div>
      {!data && error && !isTroubleTold && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && error && isTroubleTold && <div>Nothing is known of it.</div>}
      {!data && !error && <Placeholder lines={3} what={panel.title} />}
      {data && (
        <div
          className={isPlaceholderData ? classes.outdated : undefined}
          aria-busy={isPlaceholderData}
        >
          <PanelChart
            panel={panel}
            data={data}
            range={chosen}
            begin={begin}
            syncKey={`${release.tenant}/${release.service}`}
            onCursor={setCursorTime}
          />
          <PanelLegend data={data} cursorTime={cursorTime} />
          {data.isPartial && !data.empty && (
            <Notice kind="stale">
              Not all stores behind Prometheus answered: series may be missing, and values too low.
            </Notice>
          )}
          {!data.empty && <LeftOutNotice count={data.leftOutCount} what="series" />}
          {!isTroubleTold && (
            <>
              <SourceNotice source={data.source} />
              <StaleNotice error={error} updatedAt={dataUpdatedAt} />
            </>
          )}
        </div>
      )}
    </section>
  );
}
