import { Content, Link, LinkButton } from '@backstage/core-components';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  tenantOnboardPermission,
  type PendingTenant,
} from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { useParams } from 'react-router-dom';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { usePendingTenant } from '../../api/useOnboarding';
import { useTenantReleases } from '../../api/useReleases';
import { actorOf, pendingSentence, pendingTitle } from '../../domain/pending';
import { newTenantPath, releasePath } from '../../domain/links';
import { safeLink } from '../../domain/grafanaLink';
import { personName } from '../../domain/personName';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { LiveDot } from '../common/LiveDot';
import { Notice } from '../common/Notice';
import { PageHead } from '../common/PageHead';
import { Placeholder } from '../common/Placeholder';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { PendingFacts } from './PendingFacts';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2) },
  }),
  { name: 'TenantReleasesPendingTenantPage' },
);

/** Leads to the tenant's own page. */
function TenantLink({ tenant }: { tenant: string }) {
  return (
    <Notice
      kind="info"
      actions={
        <LinkButton to={releasePath(tenant)} variant="contained" color="primary" size="small">
          Open {tenant}
        </LinkButton>
      }
    >
      The tenant {tenant} is there.
    </Notice>
  );
}

function NextStep({ pending }: { pending: PendingTenant }) {
  const { next, pullRequest, state, others } = pending;
  const url = safeLink(pullRequest.url);
  return (
    <>
      <Notice
        kind={next.who === 'requester' ? 'error' : 'info'}
        actions={
          state === 'open' &&
          url && (
            <LinkButton to={url} size="small">
              Open pull request #{pullRequest.number}
            </LinkButton>
          )
        }
      >
        {next.text}
        {next.who !== 'nobody' && ` To act: ${actorOf(pending, personName)}.`}
        {state === 'closed' && <Link to={newTenantPath}> New tenant</Link>}
      </Notice>
      {others.length > 0 && (
        <Notice kind="error">
          There are more open pull requests for this tenant; only one can be merged:{' '}
          {others.map(({ number }) => `#${number}`).join(', ')}. Close the others.
        </Notice>
      )}
    </>
  );
}

function Pending({ tenant }: { tenant: string }) {
  const { allowed, loading } = usePermission({ permission: tenantOnboardPermission });
  const { data, error, dataUpdatedAt, refetch } = usePendingTenant(tenant, allowed);
  const releases = useTenantReleases(tenant).data;
  if (!loading && !allowed) {
    return (
      <EmptyNotice>
        Onboardings are shown to who may onboard tenants: the platform group. Once the tenant is
        there, its owners find it on <Link to="/tenants">Tenants</Link>.
      </EmptyNotice>
    );
  }
  if (!data) {
    return error ? (
      <ErrorNotice error={error} onRetry={refetch} />
    ) : (
      <Placeholder lines={8} what="the pending tenant" />
    );
  }
  const { item, source } = data;
  const isThere = item?.state !== 'open' && (releases?.items.length ?? 0) > 0;
  return (
    <>
      <PageHead
        title={pendingTitle(tenant, item)}
        sentence={item ? pendingSentence(item) : `No onboarding of ${tenant} is known.`}
      >
        <LiveDot updatedAt={dataUpdatedAt} failing={error !== null} />
      </PageHead>
      <StaleNotice error={error} updatedAt={dataUpdatedAt} />
      <SourceNotice source={source} />
      {isThere && <TenantLink tenant={tenant} />}
      {item ? (
        <>
          {!(isThere && item.state === 'merged') && <NextStep pending={item} />}
          <PendingFacts pending={item} />
        </>
      ) : (
        <EmptyNotice action={<Link to={newTenantPath}>New tenant</Link>}>
          A pull request that was just opened appears within half a minute. One that ended long ago
          is no longer listed here.
        </EmptyNotice>
      )}
      <Link to="/tenants">All tenants</Link>
    </>
  );
}

/** A tenant whose onboarding is under way, until it has a page of its own. */
export function PendingTenantPage() {
  const classes = useStyles();
  const { tenant = '' } = useParams();
  return (
    <TenantReleasesProvider>
      <Content>
        <div className={classes.root}>
          <Pending tenant={tenant} />
        </div>
      </Content>
    </TenantReleasesProvider>
  );
}
