/**
 * A regular expression that stands in a repository, for a whole text; undefined for one that is none, and for one that may take
 * forever: a group that repeats, or many repeats. kustomize reads them with RE2, which cannot.
 *
 * @param behind - source of what may follow
 */
export function expression(pattern: string, behind = ''): RegExp | undefined {
  const repeats = pattern.match(/[*+{]/g)?.length ?? 0;
  if (/\)[*+{]/.test(pattern) || repeats > 4) return undefined;
  try {
    return new RegExp(`^(?:${pattern})${behind}$`);
  } catch {
    return undefined;
  }
}
