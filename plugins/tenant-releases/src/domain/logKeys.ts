import type { LogLine } from '@internal/plugin-tenant-releases-common';

/**
 * A key a line that stays the same when newer lines come in above it: lines have no id, and two may be equal,
 * so equal ones are numbered from the oldest.
 *
 * @param lines - newest first
 */
export function logKeys(lines: readonly LogLine[]): string[] {
  const seen = new Map<string, number>();
  const keys: string[] = [];
  for (let index = lines.length - 1; index >= 0; index--) {
    const { time, message, labels } = lines[index];
    const text = `${time} ${labels.pod ?? ''} ${message}`;
    const count = seen.get(text) ?? 0;
    seen.set(text, count + 1);
    keys[index] = `${text} ${count}`;
  }
  return keys;
}
