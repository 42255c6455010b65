/** As many are enough to see where files are instead. */
const shown = 3;

/**
 * The paths that come closest to a pattern that none of them meets, so that people see what to correct: those with the most words
 * of the pattern in them. Of files in one folder, and of those that are called alike
 * and equally deep below one folder of the root, one is enough.
 *
 * @param pattern - with placeholders such as `{tenant}`, `*` and `**`
 */
export function closestPaths(pattern: string, paths: readonly string[]): string[] {
  const literal = pattern.replace(/\{\w*\}/g, ' ');
  const wanted = new Set(wordsOf(literal));
  const depth = depthOf(pattern);
  const rated = paths.map(path => {
    const words = new Set(wordsOf(path));
    const common = [...wanted].filter(word => words.has(word)).length;
    return { path, common, away: Math.abs(depthOf(path) - depth) };
  });
  rated.sort((one, other) => {
    const order = other.common - one.common || one.away - other.away;
    return order || (one.path < other.path ? -1 : 1);
  });
  const kinds = new Set<string>();
  const found: string[] = [];
  for (const { path, common } of rated) {
    if (found.length === shown || common === 0) break;
    const [top] = path.split('/');
    const end = path.lastIndexOf('/');
    const own = [path.slice(0, end), [top, depthOf(path), path.slice(end + 1)].join('\n')];
    if (own.some(kind => kinds.has(kind))) continue;
    own.forEach(kind => kinds.add(kind));
    found.push(path);
  }
  return found;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word.length > 1);
}

function depthOf(path: string): number {
  return path.split('/').length;
}
