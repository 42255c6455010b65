import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import { useId } from 'react';
import { commitLink, currentEntry, timeInUse } from '../../domain/historyEntry';
import { useTableStyles } from '../common/useTableStyles';
import { HistoryRow } from './HistoryRow';

const columns = ['Version', 'When', 'Author', 'Change', 'Took', 'In use', 'Diff'];

/** What no heading says by itself; on a phone, where the headings are hidden, too. */
const legend =
  'Took: from merge to sync, and from there to running. In use: how long Git wanted it, and what took its place. ' +
  'Diff: what it changed, here and as a commit in Git.';

/** Releases, newest first. */
export function HistoryTable(props: {
  entries: HistoryEntry[];
  running: string[];
  desired?: string;
  /** Address of the tenant's file in Git. */
  values?: string;
  /** Whether there are older ones than these. */
  hasMore: boolean;
  /** Compares an entry with the one before it. */
  onCompare: (entry: HistoryEntry) => void;
}) {
  const { entries, running, desired, values, hasMore, onCompare } = props;
  const table = useTableStyles();
  const legendId = useId();
  return (
    <div className={table.scroll}>
      <p id={legendId} className={table.legend}>
        {legend}
      </p>
      <table className={table.table} aria-label="Releases" aria-describedby={legendId}>
        <thead>
          <tr>
            {columns.map(heading => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, index) => (
            <HistoryRow
              key={entry.commit}
              entry={entry}
              inUse={timeInUse(entries, entry)}
              onCompare={hasMore || index < entries.length - 1 ? () => onCompare(entry) : undefined}
              commitUrl={commitLink(values, entry.commit)}
              runs={running.some(version => currentEntry(entries, version) === entry)}
              wanted={desired !== undefined && currentEntry(entries, desired) === entry}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
