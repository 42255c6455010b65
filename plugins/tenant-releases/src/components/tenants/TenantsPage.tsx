import { Content } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { useFleet, useSources } from '../../api/useReleases';
import { fleetTitle } from '../../domain/pageTitle';
import { awaySources } from '../../domain/sourceNote';
import { surveyFleet } from '../../domain/summary';
import { ErrorNotice } from '../common/ErrorNotice';
import { LiveDot } from '../common/LiveDot';
import { PageHead } from '../common/PageHead';
import { Placeholder } from '../common/Placeholder';
import { SourcesLink } from '../common/SourcesLink';
import { StaleNotice } from '../common/StaleNotice';
import { useFleetVersionOrder } from '../common/useVersionOrder';
import { PendingTenants, PendingTenantsAhead } from '../pending/PendingTenants';
import { EmptyFleet } from './EmptyFleet';
import { FleetSentence } from './FleetSentence';
import { FleetSourceNotices } from './FleetSourceNotices';
import { LeftOutNote } from './LeftOutNote';
import { NewTenantButton } from './NewTenantButton';
import { TenantsView } from './TenantsView';
import { UnreadableRowsNotice } from './UnreadableRowsNotice';

const useStyles = makeStyles(
  theme => ({
    // The rows are what people come for: they begin in the upper third of the window.
    content: { paddingTop: 0 },
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) },
  }),
  { name: 'TenantReleasesTenantsPage' },
);

function Tenants() {
  const { data, error, dataUpdatedAt, refetch } = useFleet();
  useFleetVersionOrder(data?.rows);
  const sources = useSources().data ?? data?.sources ?? [];
  if (!data) {
    return error ? (
      <ErrorNotice error={error} onRetry={refetch} />
    ) : (
      <>
        <PendingTenantsAhead />
        <Placeholder lines={12} what="tenants" />
      </>
    );
  }
  return (
    <>
      <PageHead
        title={fleetTitle(surveyFleet(data), 'Tenants')}
        sentence={<FleetSentence fleet={data} sources={sources} isFailing={error !== null} />}
      >
        <LiveDot updatedAt={dataUpdatedAt} failing={error !== null} />
        {awaySources(sources).length > 0 && <SourcesLink />}
        <NewTenantButton />
      </PageHead>
      <StaleNotice error={error} updatedAt={dataUpdatedAt} />
      <UnreadableRowsNotice fleet={data} />
      <FleetSourceNotices fleet={data} sources={sources} />
      <LeftOutNote sources={sources} />
      <PendingTenants />
      <TenantsView
        fleet={data}
        sources={sources}
        empty={
          <EmptyFleet fleet={data} sources={sources} action={<NewTenantButton />}>
            Each tenant that you may see has a row here, from its file in Git.
          </EmptyFleet>
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
      <Content className={classes.content}>
        <div className={classes.root}>
          <Tenants />
        </div>
      </Content>
    </TenantReleasesProvider>
  );
}
