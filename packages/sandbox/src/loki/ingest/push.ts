import { httpError } from '../lokiError';
import { formatLabels, type Labels } from '../pipeline/labelSet';
import type { LogStore, NewEntry } from '../store/logStore';
import { formatTime, second } from '../time';
import { detectLevel } from './detectLevel';
import type { PushedStream } from './pushRequest';
import { withServiceName } from './serviceName';

/** Defaults of Loki's limits_config and ingester. */
const limits = {
  /** reject_old_samples_max_age. */
  oldest: 7n * 24n * 3600n * second,
  /** creation_grace_period. */
  newest: 600n * second,
  /** Half of max_chunk_age: how far behind its stream's newest line a line may be. */
  behind: 3600n * second,
  /** max_line_size, in bytes. */
  lineBytes: 256 * 1024,
  /** max_label_names_per_series. */
  labelNames: 15,
};

/** Why a line is not taken, as Loki words it; undefined when it is. */
function refusal(stream: string, entry: NewEntry, now: bigint): string | undefined {
  const subject = `entry for stream '${stream}' has timestamp too`;
  if (entry.time < now - limits.oldest) {
    const oldest = formatTime(now - limits.oldest);
    return `${subject} old: ${formatTime(entry.time)}, oldest acceptable timestamp is: ${oldest}`;
  }
  if (entry.time > now + limits.newest) return `${subject} new: ${formatTime(entry.time)}`;
  const bytes = Buffer.byteLength(entry.line);
  if (bytes > limits.lineBytes) {
    return `Max entry size '${limits.lineBytes}' bytes exceeded for stream '${stream}' while adding an entry with length '${bytes}' bytes`;
  }
  return undefined;
}

function checkLabels(labels: Labels): void {
  const count = Object.keys(labels).length;
  if (count > limits.labelNames) {
    const stream = formatLabels(labels);
    throw httpError(
      400,
      `entry for stream '${stream}' has ${count} label names; limit ${limits.labelNames}`,
    );
  }
}

/** Keeps the lines of one stream that may be kept, and says why others may not. */
function pushStream(store: LogStore, tenant: string, pushed: PushedStream, now: bigint): string[] {
  const labels = withServiceName(pushed.labels);
  const key = formatLabels(labels);
  const refused: string[] = [];
  const behind: string[] = [];
  const accepted: NewEntry[] = [];
  const seen = new Set<string>();
  const stream = store.find(tenant, labels);
  const cutoff = (stream?.newest ?? 0n) - limits.behind;

  for (const entry of pushed.entries) {
    const reason = refusal(key, entry, now);
    if (reason !== undefined) refused.push(reason);
    else if (entry.time < cutoff) {
      const at = formatTime(entry.time);
      behind.push(
        `entry with timestamp ${at
          .replace('T', ' ')
          .replace('Z', ' +0000 UTC')} ignored, reason: ` +
          `'entry too far behind, entry timestamp is: ${at}, oldest acceptable timestamp is: ${formatTime(
            cutoff,
          )}',`,
      );
    } else if (!stream?.has(entry.time, entry.line) && !seen.has(`${entry.time} ${entry.line}`)) {
      seen.add(`${entry.time} ${entry.line}`);
      const level = detectLevel(entry.line, labels, entry.metadata);
      accepted.push({ ...entry, metadata: { ...entry.metadata, detected_level: level } });
    }
  }
  store.append(tenant, labels, accepted);
  if (behind.length > 0) {
    const total = `${behind.length} out of ${pushed.entries.length}`;
    behind.push(`user '${tenant}', total ignored: ${total} for stream: ${key}`);
    refused.push(behind.join('\n'));
  }
  return refused;
}

/**
 * Keeps what may be kept of a push. Lines that may not do not hinder the others.
 *
 * @param now - nanoseconds since 1970
 * @throws LokiError 400 that says which lines were not kept and why; 422 when there is no stream
 */
export function push(store: LogStore, tenant: string, streams: PushedStream[], now: bigint): void {
  if (streams.length === 0) {
    throw httpError(422, 'error at least one valid stream is required for ingestion');
  }
  for (const { labels } of streams) checkLabels(labels);
  const refused = streams.flatMap(stream => pushStream(store, tenant, stream, now));
  if (refused.length === 0) return;
  const counts = new Map<string, number>();
  for (const reason of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const grouped = [...counts].map(([reason, count]) =>
    count === 1 ? reason : `${count} errors like: ${reason}`,
  );
  throw httpError(400, grouped.join('; '));
}
