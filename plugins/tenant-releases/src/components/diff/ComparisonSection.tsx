import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import { Suspense, lazy, useEffect, useRef } from 'react';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import type { CommitPair } from '../../domain/commitPair';
import { releaseOptions } from '../../domain/releaseOptions';
import { useNow } from '../common/useNow';
import { EmptyNotice } from '../common/EmptyNotice';
import { FilterSelect } from '../common/FilterSelect';
import { Placeholder } from '../common/Placeholder';
import { Section } from '../common/Section';

/** Most visits of a release look at no difference. */
const Comparison = lazy(() => import('./Comparison'));

/** Two releases to choose, and what differs between them. */
export function ComparisonSection(props: {
  release: ReleaseKey;
  /** Of the history as far as it is known, newest first. */
  entries: readonly HistoryEntry[];
  commits: CommitPair;
  /** Whether the reader has just asked for it, so that the keyboard goes on here. */
  isAsked: boolean;
  onChange: (commits: CommitPair | undefined) => void;
}) {
  const { release, entries, commits, isAsked, onChange } = props;
  const options = releaseOptions(entries, useNow(60_000), [commits.from, commits.to]);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isAsked) root.current?.focus();
  }, [isAsked, commits.from, commits.to]);
  return (
    // Takes the focus from the button that was pressed further up; nobody can lead it here by Tab.
    <div ref={root} tabIndex={-1} style={{ outline: 'none', minWidth: 0 }}>
      <Section
        title="Compare releases"
        controls={
          <>
            <FilterSelect
              label="Before"
              value={commits.from}
              options={options}
              onChange={from => onChange({ ...commits, from })}
            />
            <FilterSelect
              label="After"
              value={commits.to}
              options={options}
              onChange={to => onChange({ ...commits, to })}
            />
            <Button size="small" onClick={() => onChange({ from: commits.to, to: commits.from })}>
              Swap
            </Button>
            <Button size="small" onClick={() => onChange(undefined)}>
              Close
            </Button>
          </>
        }
      >
        {commits.from === commits.to ? (
          <EmptyNotice>Choose two different releases to see what differs between them.</EmptyNotice>
        ) : (
          <Suspense fallback={<Placeholder lines={4} what="difference" />}>
            <Comparison
              key={`${commits.from}..${commits.to}`}
              release={release}
              commits={commits}
            />
          </Suspense>
        )}
      </Section>
    </div>
  );
}
