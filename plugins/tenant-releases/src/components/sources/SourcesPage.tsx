import { Content } from '@backstage/core-components';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  tenantOnboardPermission,
  type SourceReport,
} from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { useSourceReports } from '../../api/useSourceReports';
import { sourcesSentence, sourcesTitle, worstFirst } from '../../domain/sourceReport';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { LiveDot } from '../common/LiveDot';
import { PageHead } from '../common/PageHead';
import { Placeholder } from '../common/Placeholder';
import { StaleNotice } from '../common/StaleNotice';
import { SourceSection } from './SourceSection';

const useStyles = makeStyles(
  theme => ({
    content: { paddingTop: 0 },
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 },
  }),
  { name: 'TenantReleasesSourcesPage' },
);

function Reports({ reports, readAt }: { reports: readonly SourceReport[]; readAt: number }) {
  const sorted = useMemo(() => worstFirst(reports), [reports]);
  if (sorted.length === 0) {
    return (
      <EmptyNotice>
        Each upstream that the portal reads has a section here: Git, Argo CD, Kubernetes, Prometheus
        and Loki.
      </EmptyNotice>
    );
  }
  return (
    <>
      {sorted.map(report => (
        <SourceSection key={report.id} report={report} readAt={readAt} />
      ))}
    </>
  );
}

function Sources() {
  const { allowed, loading } = usePermission({ permission: tenantOnboardPermission });
  const { data, error, dataUpdatedAt, refetch } = useSourceReports(allowed);
  if (!allowed && !loading) {
    return (
      <EmptyNotice>
        What the portal reads of its sources is for the platform group: it names all tenants. Ask
        the platform team when a source is in trouble.
      </EmptyNotice>
    );
  }
  if (!data) {
    return error ? (
      <ErrorNotice error={error} onRetry={refetch} />
    ) : (
      <Placeholder lines={12} what="sources" />
    );
  }
  return (
    <>
      <PageHead title={sourcesTitle(data)} sentence={sourcesSentence(data)}>
        <LiveDot updatedAt={dataUpdatedAt} failing={error !== null} />
      </PageHead>
      <StaleNotice error={error} updatedAt={dataUpdatedAt} onRetry={refetch} />
      <Reports reports={data} readAt={dataUpdatedAt} />
    </>
  );
}

/** Each upstream of the portal: how current it is, what was read of it, what was left out, and why. */
export function SourcesPage() {
  const classes = useStyles();
  return (
    <TenantReleasesProvider>
      <Content className={classes.content}>
        <div className={classes.root}>
          <Sources />
        </div>
      </Content>
    </TenantReleasesProvider>
  );
}
