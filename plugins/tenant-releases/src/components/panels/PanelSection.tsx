import { makeStyles } from '@material-ui/core/styles';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { usePanels, usePanelsTogether } from '../../api/useTelemetry';
import { timeRangeById, timeRanges } from '../../domain/timeRange';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { FilterSelect } from '../common/FilterSelect';
import { Placeholder } from '../common/Placeholder';
import { Section } from '../common/Section';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { useTimeRange } from '../common/useUrlState';
import { Panel } from './Panel';

const useStyles = makeStyles(
  theme => ({
    grid: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))',
      gap: theme.spacing(2),
    },
  }),
  { name: 'TenantReleasesPanelSection' },
);

/** The release's metrics over the page's time range. What is wrong with all of them is said once, above. */
export function PanelSection({ release }: { release: ReleaseKey }) {
  const classes = useStyles();
  const [range, setRange] = useTimeRange();
  const { data, error, refetch } = usePanels(release);
  const panels = data?.items ?? [];
  const ids = panels.map(({ id }) => id);
  const { fitting } = usePanelsTogether(release, ids, range);
  const shownRange = timeRangeById(fitting);
  const { retry, ...all } = usePanelsTogether(release, ids, shownRange);
  const begin = shownRange.id === range.id ? all.begin : all.fittedBegin;
  const isEmpty = all.updatedAt === undefined;
  const select = (
    <FilterSelect
      label="Time range"
      value={range.id}
      options={timeRanges.map(({ id, label }) => ({ value: id, label }))}
      onChange={setRange}
    />
  );
  return (
    <Section title="Metrics" controls={select}>
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && <Placeholder lines={4} what="metrics" />}
      {data?.items.length === 0 && (
        <EmptyNotice>
          Request rate, errors and latency are drawn here. No Prometheus is configured for this
          cluster: <code>tenantReleases.telemetry</code> names it.
        </EmptyNotice>
      )}
      {all.error && isEmpty && <ErrorNotice error={all.error} onRetry={retry} />}
      {all.error && all.updatedAt !== undefined && (
        <StaleNotice error={all.error} updatedAt={all.updatedAt} onRetry={retry} />
      )}
      {!all.error && <SourceNotice source={all.source} />}
      {/* Panels that show nothing stay: it is they that ask again. */}
      <div className={classes.grid} style={all.error && isEmpty ? { display: 'none' } : undefined}>
        {panels.map(panel => (
          <Panel
            key={panel.id}
            release={release}
            panel={panel}
            range={shownRange}
            chosen={range}
            begin={begin}
            isTroubleTold={Boolean(all.error ?? all.source)}
          />
        ))}
      </div>
    </Section>
  );
}
