import {
  entryProblems,
  isBystander,
  unexpectedEntry,
  type EntryProblem,
  type GitopsConfig,
  type GitFile,
} from '@internal/gitops';
import { type LeftOut } from '@internal/plugin-tenant-releases-common';

/** What is wrong with something that is no plain file. */
export function problemOf(kind: NonNullable<GitFile['kind']>): EntryProblem {
  return kind === 'symlink' ? entryProblems.symlink : entryProblems.notFile;
}

/** Something of the repository that nothing is read of, and why. */
export function fileLeftOut(name: string, reason: string): LeftOut {
  return { kind: 'file', name, reason };
}

/** A problem as a sentence. */
export function sentenceOf({ problem, cure }: Pick<EntryProblem, 'problem' | 'cure'>): string {
  return `It ${problem}: ${cure}.`;
}

/**
 * What stands where tenant files are looked for and is none: in the words of `gitops check`, which refuses the same. A folder is
 * told once, whatever is in it.
 *
 * @param files - of a commit, without its tenant files
 */
export function strangersAmong(files: readonly GitFile[], gitops: GitopsConfig): LeftOut[] {
  const found = new Map<string, LeftOut>();
  for (const file of files) {
    const stranger = lookalike(file, gitops) ?? unexpected(file, gitops);
    if (stranger) found.set(stranger.name, stranger);
  }
  return [...found.values()];
}

/** A file that somebody may take for a tenant file, and that has to be called otherwise. */
function lookalike({ path }: GitFile, gitops: GitopsConfig): LeftOut | undefined {
  const near = [
    path.replace(/\.yml$/i, '.yaml'),
    path.replace(/\.yaml$/i, '.yml'),
    inCaseOf(gitops.valuesPath, path),
  ].find(other => other !== undefined && other !== path && gitops.matchTenantFile(other));
  if (near === undefined) return undefined;
  const pattern = `tenantReleases.gitops.valuesPath (${gitops.valuesPath})`;
  return fileLeftOut(
    path,
    `It does not match ${pattern}: rename it to ${near}, or correct the setting.`,
  );
}

/** A path in capitals and small letters as the pattern has them, with names in small ones; `undefined` where it is none of it. */
function inCaseOf(valuesPath: string, path: string): string | undefined {
  const parts = valuesPath.split(/(\{\w+\}|\*)/);
  const source = parts.map((part, index) =>
    index % 2 === 1 ? '([^/]*)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  const names = new RegExp(`^${source.join('')}$`, 'i').exec(path)?.slice(1);
  return (
    names && parts.map((part, index) => names[(index - 1) / 2]?.toLowerCase() ?? part).join('')
  );
}

function unexpected({ path, kind }: GitFile, gitops: GitopsConfig): LeftOut | undefined {
  const { valuesPath, mayHoldTenantFiles, matchTenantFile } = gitops;
  const forms = valuesPath.split('/');
  const parts = path.split('/');
  // At the root a submodule may be anything.
  if (kind && mayHoldTenantFiles(path) && (kind === 'symlink' || parts.length > 1)) {
    return fileLeftOut(path, sentenceOf(entryProblems[kind]));
  }
  const form = forms[forms.length - 1];
  const folder = parts.slice(0, forms.length - 1).join('/');
  // Beside a name that is given, and at the root, much else may stand.
  const isOwn = /[{*]/.test(form) && folder !== '' && mayHoldTenantFiles(folder);
  if (!isOwn || parts.length < forms.length) return undefined;
  const isFile = parts.length === forms.length;
  const name = parts[forms.length - 1];
  if (isFile && isBystander(name)) return undefined;
  const entry = parts.slice(0, forms.length).join('/');
  if (!isFile && matchTenantFile(entry))
    return fileLeftOut(entry, sentenceOf(entryProblems.notFile));
  const isLink = isFile && kind === 'symlink';
  return fileLeftOut(entry, sentenceOf(isLink ? entryProblems.symlink : unexpectedEntry(form)));
}
