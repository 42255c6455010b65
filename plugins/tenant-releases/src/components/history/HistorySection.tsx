import Button from '@material-ui/core/Button';
import type { HistoryEntry, HistoryList } from '@internal/plugin-tenant-releases-common';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { useHistory } from '../../api/useReleases';
import { withPrevious } from '../../domain/commitPair';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { Placeholder } from '../common/Placeholder';
import { Section } from '../common/Section';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { ComparisonSection } from '../diff/ComparisonSection';
import { HistoryTable } from './HistoryTable';
import { useComparison } from './useComparison';

const entriesOf = (pages: readonly HistoryList[] = []) => pages.flatMap(({ items }) => items);

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
  const { commits, isAsked, compare, ask } = useComparison();
  const entries = entriesOf(data?.pages);
  const troubled = data?.pages[0]?.sources.filter(({ state }) => state !== 'ok') ?? [];
  const compareWithPrevious = async (entry: HistoryEntry) => {
    let pair = withPrevious(entries, entry);
    if (!pair) {
      // The one before it is on the next page.
      const more = entriesOf((await fetchNextPage()).data?.pages);
      const same = more.find(({ commit }) => commit === entry.commit);
      pair = same && withPrevious(more, same);
    }
    if (pair) ask(pair);
  };
  return (
    <>
      <Section title="Releases">
        {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
        {!data && !error && <Placeholder lines={5} what="releases" />}
        {troubled.map(source => (
          <SourceNotice key={source.id} source={source} />
        ))}
        {data && <StaleNotice error={error} updatedAt={dataUpdatedAt} />}
        {entries.length > 0 && (
          <HistoryTable
            {...{ entries, running, desired, values }}
            hasMore={hasNextPage}
            onCompare={compareWithPrevious}
          />
        )}
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
      {commits && (
        <ComparisonSection
          release={release}
          entries={entries}
          commits={commits}
          isAsked={isAsked}
          onChange={compare}
        />
      )}
    </>
  );
}
