import { markOfSlot, type VersionMark } from './versionPalette';
import { assignSlots } from './versionSlots';

export type { VersionMark } from './versionPalette';

/** What a page has said of the order of its versions, the newest first. */
let ordered: readonly string[] = [];
/** Versions that are drawn and in no list: lines of a log from before the history. They come behind the others. */
let unlisted: readonly string[] = [];
/** The slots of both. */
let slots: ReadonlyMap<string, number> = new Map();
/** Slots that followed from an order, from one page to the next. */
const remembered = new Map<string, number>();
const most = 2_000;

const listeners = new Set<() => void>();

function assign(known: ReadonlyMap<string, number>): void {
  slots = assignSlots([...ordered, ...unlisted], known);
}

/**
 * Has colours follow an order of versions. Those that were given before stay as far as neighbours remain distinct.
 *
 * @param versions - the newest first
 * @returns whether there was anything to change; then {@link announceVersionOrder}
 */
export function orderVersions(versions: readonly string[]): boolean {
  const list = [...new Set(versions)];
  if (list.length === ordered.length && list.every((each, index) => each === ordered[index])) {
    return false;
  }
  const isListed = new Set(list);
  ordered = list;
  unlisted = unlisted.filter(version => !isListed.has(version));
  assign(remembered);
  if (remembered.size > most) remembered.clear();
  for (const version of list) remembered.set(version, slots.get(version) ?? 0);
  return true;
}

/** Has everything drawn again whose colour has changed. */
export function announceVersionOrder(): void {
  listeners.forEach(listener => listener());
}

/** @returns ends it */
export function onVersionOrder(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The mark of a version by its place: the same wherever the page shows the version. */
export function versionMark(version: string, mode: 'light' | 'dark'): VersionMark {
  if (!slots.has(version)) {
    const before = slots;
    unlisted = [...unlisted, version];
    assign(before);
    const hasMoved = [...before].some(([name, slot]) => slots.get(name) !== slot);
    // Not at once: this is asked while components draw themselves.
    if (hasMoved) queueMicrotask(announceVersionOrder);
  }
  return markOfSlot(slots.get(version) ?? 0, mode);
}

/** Forgets every colour: for tests. */
export function forgetVersionOrder(): void {
  ordered = [];
  unlisted = [];
  slots = new Map();
  remembered.clear();
}
