import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { useResources } from '../../api/useReleases';
import { safeLink } from '../../domain/grafanaLink';
import { describeResources, isQuiet, sortResources } from '../../domain/resources';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { Placeholder } from '../common/Placeholder';
import { Section } from '../common/Section';
import { StaleNotice } from '../common/StaleNotice';
import { ResourceTable } from './ResourceTable';

/** What Argo CD made for the tenant and how it is; at first only what needs attention. */
export function ResourceSection({ release, argocd }: { release: ReleaseKey; argocd?: string }) {
  const { data, error, dataUpdatedAt, refetch } = useResources(release.tenant);
  const [showsAll, setShowsAll] = useState(false);
  const sorted = sortResources(data ?? []);
  const shown = showsAll ? sorted : sorted.filter(resource => !isQuiet(resource));
  const isDrifted = sorted.some(({ status }) => status === 'OutOfSync');
  const url = safeLink(argocd);
  return (
    <Section
      title="Resources"
      controls={
        <>
          {sorted.length > 0 && <span>{describeResources(sorted)}</span>}
          {sorted.length > shown.length && (
            <Button size="small" onClick={() => setShowsAll(true)}>
              Show all
            </Button>
          )}
          {showsAll && (
            <Button size="small" onClick={() => setShowsAll(false)}>
              Show less
            </Button>
          )}
        </>
      }
    >
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && <Placeholder lines={2} what="resources" />}
      {data && <StaleNotice error={error} updatedAt={dataUpdatedAt} />}
      {shown.length > 0 && <ResourceTable resources={shown} />}
      {isDrifted && url && (
        <div>
          <Link to={url}>Compare with Git in Argo CD</Link>
        </div>
      )}
      {data && data.length === 0 && (
        <EmptyNotice>
          Each Kubernetes object of this tenant has a row here, once Argo CD has synced it.
        </EmptyNotice>
      )}
    </Section>
  );
}
