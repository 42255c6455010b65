import { ResponseError } from '@backstage/errors';
import type { ReleaseResource } from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { useResources } from '../../api/useReleases';
import { describeResources, isQuiet, nestResources, sortResources } from '../../domain/resources';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { Placeholder } from '../common/Placeholder';
import { Section } from '../common/Section';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { ResourceTable } from './ResourceTable';

/** The page is about a release that is there: then Argo CD has no Application of it yet. */
const isAbsent = (error: Error | null) =>
  error instanceof ResponseError && error.statusCode === 404;

/** Those of concern, each for itself. */
const troubled = (resources: readonly ReleaseResource[]) =>
  sortResources(resources)
    .filter(resource => !isQuiet(resource))
    .map(resource => ({ resource, depth: 0 }));

/** What a release is made of in the cluster and how it is; at first only what needs attention. */
export function ResourceSection({ release }: { release: ReleaseKey }) {
  const { data, error, dataUpdatedAt, refetch } = useResources(release);
  const [showsAll, setShowsAll] = useState(false);
  const items = data?.items ?? [];
  const shown = showsAll ? nestResources(items) : troubled(items);
  const isEmpty = data ? items.length === 0 : isAbsent(error);
  return (
    <Section
      title="Resources"
      controls={
        <>
          {items.length > 0 && <span>{describeResources(items)}</span>}
          {items.length > shown.length && (
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
      {!data && error && !isEmpty && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && <Placeholder lines={2} what="resources" />}
      {data && <StaleNotice error={error} updatedAt={dataUpdatedAt} />}
      <SourceNotice source={data?.source} />
      {shown.length > 0 && <ResourceTable resources={shown} />}
      {data?.truncated && showsAll && (
        <EmptyNotice>There are more; Argo CD shows all of them.</EmptyNotice>
      )}
      {isEmpty && (
        <EmptyNotice>
          Each Kubernetes object of this tenant has a row here, once Argo CD has synced it.
        </EmptyNotice>
      )}
    </Section>
  );
}
