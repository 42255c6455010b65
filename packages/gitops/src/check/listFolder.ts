import { entryProblems, isBystander, unexpectedEntry } from '../tenantFile/entryProblems';
import { finding, type Finding } from './finding';
import { joinPath } from '../tree/joinPath';
import { TreeError, type TreeEntry, type TreeSource } from '../tree/treeSource';
import { meets } from './nameForm';

/**
 * Entries of a folder whose names have a form; the others are findings.
 *
 * @param form - such as `{tenant}-values.yaml`, with `*` for any text
 * @param isShared - whether much else may stand in the folder: then nothing is said of the others
 */
export async function listFolder(
  tree: TreeSource,
  folder: string,
  form: string,
  isShared = false,
): Promise<{ entries: TreeEntry[]; findings: Finding[] }> {
  let entries: TreeEntry[];
  try {
    entries = (await tree.list(folder)) ?? [];
  } catch (error) {
    return { entries: [], findings: [treeFinding(folder, error)] };
  }
  const strangers = entries.filter(
    ({ name, kind }) => !isShared && !meets(name, form) && !(kind === 'file' && isBystander(name)),
  );
  return {
    entries: entries.filter(({ name }) => meets(name, form)),
    findings: strangers.map(({ name, kind }) =>
      finding({
        file: joinPath(folder, name),
        ...(kind === 'symlink' ? entryProblems.symlink : unexpectedEntry(form)),
      }),
    ),
  };
}

/** The finding of something that cannot be read. @throws what is no {@link TreeError} */
export function treeFinding(file: string, error: unknown): Finding {
  if (!(error instanceof TreeError)) throw error;
  return finding({ rule: error.rule, file, problem: error.problem, cure: error.cure });
}
