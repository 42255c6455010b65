/** How a registry wants to be asked. */
export interface Challenge {
  /** In lower case, such as `bearer`. */
  scheme: string;
  /** By name, in lower case. */
  parameters: ReadonlyMap<string, string>;
}

const scheme = /([a-z][\w-]*)(?:\s+|$)/iy;
const parameter = /([a-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*(?:,\s*|$)/iy;
const separator = /[\s,]*/y;

/**
 * Reads a `WWW-Authenticate` header, which may hold several challenges. What cannot be read ends it.
 * https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(header);
    if (found) at = pattern.lastIndex;
    return found;
  };
  for (;;) {
    take(separator);
    const name = take(scheme)?.[1];
    if (name === undefined) return challenges;
    const parameters = new Map<string, string>();
    for (let found = take(parameter); found; found = take(parameter)) {
      const [, key, quoted, plain] = found;
      parameters.set(key.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain);
    }
    challenges.push({ scheme: name.toLowerCase(), parameters });
  }
}
