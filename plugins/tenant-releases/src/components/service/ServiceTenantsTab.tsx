import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { useFleet, useSources } from '../../api/useReleases';
import { fleetTitle } from '../../domain/pageTitle';
import { surveyFleet } from '../../domain/summary';
import { useServiceVersions } from '../../api/useService';
import { serviceSentence, tellsMore } from '../../domain/serviceVersions';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { LiveDot } from '../common/LiveDot';
import { PageHead } from '../common/PageHead';
import { Placeholder } from '../common/Placeholder';
import { Section } from '../common/Section';
import { StaleNotice } from '../common/StaleNotice';
import { useFleetVersionOrder } from '../common/useVersionOrder';
import { EmptyFleet } from '../tenants/EmptyFleet';
import { FleetSentence } from '../tenants/FleetSentence';
import { FleetSourceNotices } from '../tenants/FleetSourceNotices';
import { TenantsView } from '../tenants/TenantsView';
import { UnreadableRowsNotice } from '../tenants/UnreadableRowsNotice';
import { CommitsSection } from './CommitsSection';
import { ServiceOverview } from './ServiceOverview';
import { VersionBars } from './VersionBars';
import { VersionTable } from './VersionTable';
import { VersionMultiples } from './VersionMultiples';

const useStyles = makeStyles(
  theme => ({ root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(3) } }),
  { name: 'TenantReleasesServiceTab' },
);

function ServiceTenants({ service }: { service: string }) {
  const { data, error, dataUpdatedAt, refetch } = useFleet(service);
  useFleetVersionOrder(data?.rows);
  const sources = useSources().data ?? data?.sources ?? [];
  const versions = useServiceVersions(service);
  const answer = versions.data;
  if (!data || (!answer && !versions.error)) {
    return error ? (
      <ErrorNotice error={error} onRetry={refetch} />
    ) : (
      <Placeholder lines={6} what="tenants" />
    );
  }
  if (answer && tellsMore(answer)) {
    return (
      <>
        <ServiceOverview
          answer={answer}
          error={versions.error}
          updatedAt={versions.dataUpdatedAt}
        />
        <FleetSourceNotices fleet={data} sources={sources} />
        {data.rows.length > 0 && (
          <Section title="Your tenants">
            <TenantsView fleet={data} sources={sources} empty={null} />
          </Section>
        )}
      </>
    );
  }
  return (
    <>
      <PageHead
        title={fleetTitle(surveyFleet(data), service)}
        sentence={
          answer?.notice && data.rows.length === 0 ? (
            serviceSentence(answer)
          ) : (
            <FleetSentence fleet={data} sources={sources} isFailing={error !== null} />
          )
        }
      >
        <LiveDot updatedAt={dataUpdatedAt} failing={error !== null} />
      </PageHead>
      <StaleNotice error={error} updatedAt={dataUpdatedAt} />
      <UnreadableRowsNotice fleet={data} />
      <FleetSourceNotices fleet={data} sources={sources} />
      {data.rows.length > 0 && (
        <Section title="Versions">
          <VersionBars releases={data.rows} />
        </Section>
      )}
      {data.rows.length > 0 && (
        <Section title="Versions by ring">
          <VersionMultiples rows={data.rows} />
        </Section>
      )}
      {answer && answer.shows !== 'own' && data.rows.length > 0 && (
        <>
          <Section title="Errors and latency by version">
            <VersionTable
              versions={answer.versions.map(({ tenants: _, ...version }) => version)}
              windowSeconds={answer.windowSeconds}
            />
          </Section>
          <CommitsSection service={service} versions={answer.versions} />
        </>
      )}
      {versions.error && data.rows.length > 0 && (
        <ErrorNotice error={versions.error} onRetry={versions.refetch} />
      )}
      <Section title="Tenants">
        <TenantsView
          fleet={data}
          sources={sources}
          empty={
            answer?.notice ? (
              <EmptyNotice>{answer.notice.text}</EmptyNotice>
            ) : (
              <EmptyFleet fleet={data} sources={sources}>
                Each tenant of {service} that you may see has a row here. There is none.
              </EmptyFleet>
            )
          }
        />
      </Section>
    </>
  );
}

/** A service's Tenants tab: who runs which of its versions. */
export function ServiceTenantsTab() {
  const classes = useStyles();
  const { entity } = useEntity();
  return (
    <TenantReleasesProvider>
      <div className={classes.root}>
        <ServiceTenants service={entity.metadata.name} />
      </div>
    </TenantReleasesProvider>
  );
}
