import { Content } from '@backstage/core-components';
import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { useFleet, useSources } from '../../api/useReleases';
import type { Fleet } from '../../domain/fleet';
import { troubledSource } from '../../domain/sourceNote';
import { formatCount } from '../../domain/summary';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { LiveDot } from '../common/LiveDot';
import { PageHead } from '../common/PageHead';
import { Placeholder } from '../common/Placeholder';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { FleetSentence } from './FleetSentence';
import { NewTenantButton } from './NewTenantButton';
import { TenantsView } from './TenantsView';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2) },
  }),
  { name: 'TenantReleasesTenantsPage' },
);

/** So few rows say for themselves that they may not be how things are now. */
const fewRows = 20;

/**
 * Sources whose trouble has to be said above the rows: no row tells of it, since all are from before it or there are
 * none; or so many do that nobody would see how many.
 */
function untoldSources(stale: number, sources: readonly SourceStatus[]): SourceStatus[] {
  if (stale > 0 && stale <= fewRows) return [];
  return (['git', 'argocd', 'kubernetes'] as const).flatMap(
    kind => troubledSource(sources, kind) ?? [],
  );
}

function SourceNotices({ fleet, sources }: { fleet: Fleet; sources: readonly SourceStatus[] }) {
  const stale = useMemo(
    () => fleet.rows.filter(({ staleSeconds }) => staleSeconds !== undefined).length,
    [fleet.rows],
  );
  return (
    <>
      {untoldSources(stale, sources).map(source => (
        <SourceNotice key={source.id} source={source}>
          {stale > 0 && `: ${formatCount(stale)} of ${formatCount(fleet.totalItems)} rows`}
        </SourceNotice>
      ))}
    </>
  );
}

function Tenants() {
  const { data, error, dataUpdatedAt, refetch } = useFleet();
  const sources = useSources().data ?? data?.sources ?? [];
  if (!data) {
    return error ? (
      <ErrorNotice error={error} onRetry={refetch} />
    ) : (
      <Placeholder lines={12} what="tenants" />
    );
  }
  return (
    <>
      <PageHead sentence={<FleetSentence fleet={data} sources={sources} />}>
        <LiveDot updatedAt={dataUpdatedAt} failing={error !== null} />
        <NewTenantButton />
      </PageHead>
      <StaleNotice error={error} updatedAt={dataUpdatedAt} />
      <SourceNotices fleet={data} sources={sources} />
      <TenantsView
        fleet={data}
        sources={sources}
        empty={
          <EmptyNotice action={<NewTenantButton />}>
            Each tenant that you may see has a row here, from its file in Git.
          </EmptyNotice>
        }
      />
    </>
  );
}

/** Every tenant at a glance: what Git wants, what runs, and what needs attention. */
export function TenantsPage() {
  const classes = useStyles();
  return (
    <TenantReleasesProvider>
      <Content>
        <div className={classes.root}>
          <Tenants />
        </div>
      </Content>
    </TenantReleasesProvider>
  );
}
