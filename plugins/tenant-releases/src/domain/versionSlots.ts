/** So many versions are told apart; with more, marks come again far from one another. */
export const slotCount = 48;
const levels = 3;
const hues = 8;

/** What makes the mark of a slot. Each property changes from one slot to the next. */
export interface SlotParts {
  hue: number;
  /** How bright the colour is: tells neighbours apart for those who see no difference of hue. */
  level: number;
  /** Two colours of the same hue and level differ in it. */
  saturation: number;
  shape: number;
  dash: number;
}

/** The parts of a slot's mark, each counted from 0. No two slots have the same hue, level and saturation. */
export function slotParts(slot: number): SlotParts {
  return {
    hue: slot % hues,
    level: slot % levels,
    saturation: Math.floor(slot / (hues * levels)) % 2,
    shape: slot % 4,
    dash: Math.floor(slot / hues) % 6,
  };
}

/** Whether marks may stand side by side: they differ in hue, brightness and shape. */
export function areDistinct(one: number, other: number): boolean {
  const [a, b] = [slotParts(one), slotParts(other)];
  return a.hue !== b.hue && a.level !== b.level && a.shape !== b.shape;
}

const inOrder = (versions: readonly string[]) =>
  new Map(versions.map((version, index) => [version, index % slotCount]));

/**
 * Gives each version a slot by its place: neighbours are distinct, and up to {@link slotCount} versions have slots of
 * their own. A version keeps the slot that it had as far as that allows, so that a new version or a longer list changes
 * no other's colour.
 *
 * @param versions - the newest first
 * @param known - the slots so far
 */
export function assignSlots(
  versions: readonly string[],
  known: ReadonlyMap<string, number>,
): Map<string, number> {
  const list = [...new Set(versions)];
  if (list.length > slotCount) return inOrder(list);
  const kept: Array<number | undefined> = [];
  const taken = new Set<number>();
  list.forEach((version, index) => {
    const slot = known.get(version);
    const before = kept[index - 1];
    const fits = slot !== undefined && !taken.has(slot);
    kept[index] = fits && (before === undefined || areDistinct(slot, before)) ? slot : undefined;
    if (kept[index] !== undefined) taken.add(kept[index]);
  });
  const slots = new Map<string, number>();
  for (const [index, version] of list.entries()) {
    const neighbours = [slots.get(list[index - 1]), kept[index + 1]];
    const slot = kept[index] ?? freeSlot(taken, neighbours);
    // What was kept leaves no room: everything begins anew.
    if (slot === undefined) return inOrder(list);
    taken.add(slot);
    slots.set(version, slot);
  }
  return slots;
}

function freeSlot(taken: ReadonlySet<number>, neighbours: readonly (number | undefined)[]) {
  return Array.from({ length: slotCount }, (_, slot) => slot).find(
    slot =>
      !taken.has(slot) &&
      neighbours.every(other => other === undefined || areDistinct(slot, other)),
  );
}
