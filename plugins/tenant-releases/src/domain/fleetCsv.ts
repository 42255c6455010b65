import { authorText } from './authorText';
import { type CsvCell, toCsv } from './csv';
import type { FleetRow } from './fleet';
import { remarkOf } from './reasons';
import { startedVersions } from './version';
import { mergedAt, stateSince } from './stateSince';

const columns: ReadonlyArray<[header: string, cell: (row: FleetRow) => CsvCell]> = [
  ['tenant', row => row.tenant],
  ['display_name', row => row.displayName],
  ['service', row => row.service],
  ['tier', row => row.tier],
  ['ring', ({ ring }) => (ring < 0 ? undefined : ring)],
  ['owner', row => row.owner],
  ['desired', row => row.desired?.version],
  ['synced', row => row.synced?.version],
  [
    'running',
    row =>
      startedVersions(row)
        .map(({ version }) => version)
        .join(' '),
  ],
  ['pods_ready', row => row.running.reduce((sum, { ready }) => sum + ready, 0)],
  ['pods', row => row.running.reduce((sum, { pods }) => sum + pods, 0)],
  ['state', row => row.state],
  ['reason', remarkOf],
  ['since', stateSince],
  ['changed_by', row => row.desired && authorText(row.desired)],
  ['changed_at', row => mergedAt(row.desired)],
  ['pull_request', row => row.desired?.pullRequest?.url],
  ['stale_seconds', ({ staleSeconds }) => staleSeconds && Math.round(staleSeconds)],
  ['ring_name', row => row.ringName],
  ['first_seen', row => row.desired?.firstSeen],
  ['commit_title', row => row.desired?.source?.title],
  ['commit_author', row => row.desired?.source?.author],
  ['environment', row => row.environment],
  ['contact', row => row.contact],
];

/** The rows of a view as CSV, times in RFC 3339. */
export function fleetCsv(rows: readonly FleetRow[]): string {
  return toCsv([
    columns.map(([header]) => header),
    ...rows.map(row => columns.map(([, cell]) => cell(row))),
  ]);
}

/** The name of the file. @param now - milliseconds since 1970 */
export function fleetCsvName(now: number): string {
  return `tenants-${new Date(now).toISOString().slice(0, 16).replace(/[-:]/g, '')}Z.csv`;
}
