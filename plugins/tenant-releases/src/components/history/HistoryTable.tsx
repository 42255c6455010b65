import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import { currentEntry } from '../../domain/historyEntry';
import { useTableStyles } from '../common/useTableStyles';
import { HistoryRow } from './HistoryRow';

const columns = ['Version', 'When', 'Author', 'Change', 'Kind', 'Merged → synced → running'];

/** Releases, newest first. */
export function HistoryTable(props: {
  entries: HistoryEntry[];
  running: string[];
  desired?: string;
}) {
  const { entries, running, desired } = props;
  const table = useTableStyles();
  return (
    <div className={table.scroll}>
      <table className={table.table} aria-label="Releases">
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(entry => (
            <HistoryRow
              key={entry.commit}
              entry={entry}
              runs={running.some(version => currentEntry(entries, version) === entry)}
              wanted={desired !== undefined && currentEntry(entries, desired) === entry}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
