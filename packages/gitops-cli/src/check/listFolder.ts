import { finding, type Finding } from '../finding';
import { joinPath } from '../tree/joinPath';
import { TreeError, type TreeEntry, type TreeSource } from '../tree/treeSource';

/** Files that may stand beside those that are deployed. */
const bystanders = new Set(['.gitkeep', 'README.md']);

/**
 * Entries of a folder whose names end as they should; the others are findings.
 *
 * @param isWanted - takes the place of the suffix; then nothing is said of the others
 */
export async function listFolder(
  tree: TreeSource,
  folder: string,
  suffix: string,
  isWanted?: (name: string) => boolean,
): Promise<{ entries: TreeEntry[]; findings: Finding[] }> {
  let entries: TreeEntry[];
  try {
    entries = (await tree.list(folder)) ?? [];
  } catch (error) {
    return { entries: [], findings: [treeFinding(folder, error)] };
  }
  if (isWanted) return { entries: entries.filter(({ name }) => isWanted(name)), findings: [] };
  const matches = (entry: TreeEntry) => entry.name.endsWith(suffix) && entry.name !== suffix;
  const strangers = entries.filter(
    entry => !matches(entry) && !(entry.kind === 'file' && bystanders.has(entry.name)),
  );
  return {
    entries: entries.filter(matches),
    findings: strangers.map(({ name, kind }) => stranger(joinPath(folder, name), kind, suffix)),
  };
}

function stranger(path: string, kind: TreeEntry['kind'], suffix: string): Finding {
  if (kind === 'symlink') {
    return finding({
      rule: 'symlink',
      file: path,
      problem: 'is a symbolic link',
      cure: 'replace it by the file or folder itself',
    });
  }
  return finding({
    rule: 'unexpected-file',
    file: path,
    problem: `is not looked at by anything: names of files here end with "${suffix}"`,
    cure: `rename it to <tenant>${suffix}, or move it elsewhere`,
  });
}

/** The finding of something that cannot be read. @throws what is no {@link TreeError} */
export function treeFinding(file: string, error: unknown): Finding {
  if (!(error instanceof TreeError)) throw error;
  return finding({ rule: error.rule, file, problem: error.problem, cure: error.cure });
}
