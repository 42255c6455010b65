import { makeStyles } from '@material-ui/core/styles';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { usePanels } from '../../api/useTelemetry';
import { timeRanges } from '../../domain/timeRange';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { FilterSelect } from '../common/FilterSelect';
import { Placeholder } from '../common/Placeholder';
import { Section } from '../common/Section';
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

/** The release's metrics over the page's time range. */
export function PanelSection({ release }: { release: ReleaseKey }) {
  const classes = useStyles();
  const [range, setRange] = useTimeRange();
  const { data, error, refetch } = usePanels(release);
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
      <div className={classes.grid}>
        {data?.items.map(panel => (
          <Panel key={panel.id} release={release} panel={panel} range={range} />
        ))}
      </div>
    </Section>
  );
}
