import { Condition, ConditionType } from '../application';

/**
 * Puts conditions in place of those of the same types; what stays as it was keeps its time.
 * @param evaluated - the types that were looked at: those among them that are not in `next` go.
 */
export function setConditions(
  current: Condition[] | undefined,
  next: Condition[],
  evaluated: ConditionType[],
  now: string,
): Condition[] | undefined {
  const kept = (current ?? []).filter(each => !evaluated.includes(each.type));
  const fresh = next.map(each => {
    const before = current?.find(old => old.type === each.type && old.message === each.message);
    return { ...each, lastTransitionTime: before?.lastTransitionTime ?? now };
  });
  const all = [...kept, ...fresh].sort((a, b) =>
    `${a.type}${a.message}` < `${b.type}${b.message}` ? -1 : 1,
  );
  return all.length > 0 ? all : undefined;
}

/** Conditions in one line, as an operation that they stop says it. */
export function formatConditions(conditions: Condition[]): string {
  return conditions.map(each => `${each.type}: ${each.message}`).join(';');
}
