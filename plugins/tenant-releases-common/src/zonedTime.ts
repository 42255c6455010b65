import { z } from 'zod';

const instantSchema = z.iso.datetime({ offset: true });
const localSchema = z.iso.datetime({ local: true });

/** An instant that somebody wrote, or what is wrong with it, as the end of a sentence. */
export type InstantRead = { instant: Date } | { problem: string };

const maxOffsetMs = 24 * 60 * 60 * 1000;

/**
 * Reads an instant as in RFC 3339. With a time zone the offset may be missing: then it is the time that clocks show there. A
 * time that the change of the clocks skips, or shows twice, is no instant.
 *
 * @param timeZone - of the IANA time zone database, such as `Europe/Berlin`
 */
export function readInstant(text: string, timeZone?: string): InstantRead {
  if (instantSchema.safeParse(text).success) return { instant: new Date(text) };
  if (!localSchema.safeParse(text).success) {
    return { problem: 'must be an instant as in RFC 3339, for example 2026-12-20T00:00:00Z' };
  }
  if (timeZone === undefined) {
    return {
      problem: 'has no offset: add Z or one such as +01:00, or name the time zone in timeZone',
    };
  }
  const shown = Date.parse(`${text}Z`);
  const offsets = [shown - maxOffsetMs, shown + maxOffsetMs].map(at => offsetOf(at, timeZone));
  const found = [...new Set(offsets)].filter(
    offset => offsetOf(shown - offset, timeZone) === offset,
  );
  if (found.length === 0) {
    return { problem: `is skipped in ${timeZone} when clocks go forward: name a later time` };
  }
  if (found.length > 1) {
    const both = found.map(offset => formatOffset(offset)).join(' or ');
    return { problem: `occurs twice in ${timeZone} when clocks go back: add the offset ${both}` };
  }
  return { instant: new Date(shown - found[0]) };
}

/** An instant as clocks of a time zone show it, with their offset; without a time zone in UTC. RFC 3339, whole seconds. */
export function formatInstant(instant: Date, timeZone?: string): string {
  const offset = timeZone === undefined ? 0 : offsetOf(instant.getTime(), timeZone);
  const shown = new Date(instant.getTime() + offset).toISOString().slice(0, 19);
  return `${shown}${offset === 0 ? 'Z' : formatOffset(offset)}`;
}

/** Whether there is such a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What clocks of a time zone are ahead of UTC. Milliseconds, whole minutes. */
function offsetOf(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}

function formatOffset(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
