import { Content } from '@backstage/core-components';
import type { ReleaseList, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { useReleases } from '../../api/useReleases';
import { troubledSource } from '../../domain/sourceNote';
import { summariseTenants } from '../../domain/summary';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { LiveDot } from '../common/LiveDot';
import { PageHead } from '../common/PageHead';
import { Placeholder } from '../common/Placeholder';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { useFromNow } from '../common/useNow';
import { NewTenantButton } from './NewTenantButton';
import { TenantsView } from './TenantsView';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2) },
  }),
  { name: 'TenantReleasesTenantsPage' },
);

function Summary({ list }: { list: ReleaseList }) {
  const summary = useFromNow(now => summariseTenants(list.items, now));
  const unknown = list.items.length === 0 && troubledSource(list.sources, 'git');
  return <>{unknown ? 'Nobody knows now which tenants there are.' : summary}</>;
}

/** Sources whose trouble no row tells of: all rows are from before it, or there are none. */
function untoldSources({ items, sources }: ReleaseList): SourceStatus[] {
  if (items.some(({ staleSeconds }) => staleSeconds !== undefined)) return [];
  return (['git', 'argocd', 'kubernetes'] as const).flatMap(
    kind => troubledSource(sources, kind) ?? [],
  );
}

function Tenants() {
  const { data, error, dataUpdatedAt, refetch } = useReleases();
  if (!data) {
    return error ? (
      <ErrorNotice error={error} onRetry={refetch} />
    ) : (
      <Placeholder lines={6} what="tenants" />
    );
  }
  return (
    <>
      <PageHead sentence={<Summary list={data} />}>
        <LiveDot updatedAt={dataUpdatedAt} failing={error !== null} />
        <NewTenantButton />
      </PageHead>
      <StaleNotice error={error} updatedAt={dataUpdatedAt} />
      {untoldSources(data).map(source => (
        <SourceNotice key={source.id} source={source} />
      ))}
      <TenantsView
        list={data}
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
