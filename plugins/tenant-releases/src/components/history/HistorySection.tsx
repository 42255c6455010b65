import Button from '@material-ui/core/Button';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { useHistory } from '../../api/useReleases';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { Placeholder } from '../common/Placeholder';
import { Section } from '../common/Section';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { HistoryTable } from './HistoryTable';

/** What was released to this tenant, when, by whom, and how long it took to run. */
export function HistorySection(props: {
  release: ReleaseKey;
  running: string[];
  desired?: string;
  /** Address of the tenant's file in Git. */
  values?: string;
}) {
  const { release, running, desired, values } = props;
  const { data, error, dataUpdatedAt, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useHistory(release);
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  const troubled = data?.pages[0]?.sources.filter(({ state }) => state !== 'ok') ?? [];
  return (
    <Section title="Releases">
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && <Placeholder lines={5} what="releases" />}
      {troubled.map(source => (
        <SourceNotice key={source.id} source={source} />
      ))}
      {data && <StaleNotice error={error} updatedAt={dataUpdatedAt} />}
      {entries.length > 0 && <HistoryTable {...{ entries, running, desired, values }} />}
      {data && entries.length === 0 && troubled.length === 0 && (
        <EmptyNotice>
          Each change of this tenant’s version has a row here, once its pull request is merged.
        </EmptyNotice>
      )}
      {hasNextPage && (
        <div>
          <Button size="small" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {isFetchingNextPage ? 'Loading…' : 'Show more'}
          </Button>
        </div>
      )}
    </Section>
  );
}
