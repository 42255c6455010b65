import {
  decodeText,
  parseTenantFile,
  tooLarge,
  type GitopsConfig,
  type TenantFileMatch,
  type TenantFileResult,
} from '@internal/gitops';
import type { TreeReader } from '@internal/plugin-tenant-releases-node';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';

/** One tenant file at the head of the branch, read or with the reasons why it cannot be. */
export interface TenantFileState {
  /** From the repository's root. */
  path: string;
  match: TenantFileMatch;
  result: TenantFileResult;
}

/** Every tenant file at one commit. */
export interface TenantFilesAnswer {
  /** The commit, 40 hex digits; handed in again, it spares reading what has not changed. */
  etag: string;
  files: TenantFileState[];
}

/**
 * Reads every tenant file of the branch in one archive: two calls, however many tenants there are.
 *
 * @param etag - the commit of the last answer
 * @throws NotModifiedError when the branch is still at `etag`
 * @throws Error when the repository cannot be read, or holds no tenant file at all: that is never taken as
 * "there are no tenants", because a wrong branch, path or archive looks the same
 */
export async function readTenantFiles(
  urlReader: TreeReader,
  gitops: GitopsConfig,
  etag?: string,
): Promise<TenantFilesAnswer> {
  const prefix = gitops.valuesFolder === '' ? '' : `${gitops.valuesFolder}/`;
  const matchOf = (path: string) => gitops.matchTenantFile(`${prefix}${path}`);
  const { maxFileBytes } = gitops;
  const large = new Set<string>();
  const tree = await urlReader.readTree(gitops.treeUrl(gitops.valuesFolder), {
    etag,
    filter: (path, info) => {
      if (!matchOf(path)) return false;
      if ((info?.size ?? 0) <= maxFileBytes) return true;
      large.add(path);
      return false;
    },
  });
  const files: TenantFileState[] = [];
  const add = (path: string, read: (name: string) => TenantFileResult) => {
    const match = matchOf(path);
    if (match) files.push({ path: `${prefix}${path}`, match, result: resultOf(match, read) });
  };
  for (const file of await tree.files()) {
    const content = await file.content();
    add(file.path, name => parseContent(content, name, maxFileBytes));
  }
  for (const path of large) {
    const words = tooLarge(maxFileBytes);
    add(path, () => problem(`file: ${words.problem}: ${words.cure}`));
  }
  if (files.length === 0) {
    throw new Error(
      `There is no file like ${gitops.valuesPath} on branch ${gitops.branch}; check tenantReleases.gitops.valuesPath and branch`,
    );
  }
  files.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { etag: tree.etag, files };
}

function resultOf(
  match: TenantFileMatch,
  read: (name: string) => TenantFileResult,
): TenantFileResult {
  const nameProblem = tenantNameProblem(match.tenant);
  if (nameProblem) return problem(`the file's ${nameProblem}`);
  try {
    return read(match.tenant);
  } catch (error) {
    // A parser that gives up (thousands of nested brackets, say) must not hide the other files.
    return problem(`file: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseContent(content: Buffer, name: string, maxBytes: number): TenantFileResult {
  // An archive holds a symbolic link as an entry without content; it is never followed.
  if (content.length === 0) {
    return problem('file: is empty or a symbolic link; it must be a YAML file');
  }
  const decoded = decodeText(content);
  if ('problem' in decoded)
    return problem(`file: ${decoded.problem.problem}: ${decoded.problem.cure}`);
  return parseTenantFile(decoded.text, name, { maxBytes });
}

function problem(text: string): TenantFileResult {
  return { ok: false, problems: [text] };
}
