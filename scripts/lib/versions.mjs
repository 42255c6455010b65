/** The versions that the project brings or needs. */
export const versions = {
  /** Brought when the machine's own Node has another major version. */
  node: '24.21.0',
  yarn: '4.18.1',
  /** Enough to run the bootstrap itself. */
  minimumNode: '20.0.0',
  /** `git merge-tree --write-tree` came with 2.38. */
  minimumGit: '2.38.0',
  minimumHelm: '3.16.0',
  /** kustomize 5 came with 1.27. */
  minimumKubectl: '1.27.0',
};

/** The first dotted number in a text as three numbers, or undefined: "git version 2.39.5 (Apple)" is [2, 39, 5]. */
export function parseVersion(text) {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** Whether the first version found in `text` is at least `minimum`; false when there is none. */
export function atLeast(text, minimum) {
  const found = parseVersion(text);
  if (!found) return false;
  const wanted = parseVersion(minimum);
  for (let i = 0; i < 3; i += 1) {
    if (found[i] !== wanted[i]) return found[i] > wanted[i];
  }
  return true;
}

/** Whether two versions have the same major number. */
export function sameMajor(a, b) {
  return parseVersion(a)?.[0] === parseVersion(b)?.[0];
}
