import {
  checkTenantFile,
  layout,
  readFormer,
  readPolicy,
  readRules,
  releaseFindings as judge,
  tenantOfPath,
  type BaseState,
  type Tenant,
} from '@internal/gitops';
import type { FileChange } from '../git/diff';
import type { HostedRepository } from '../model/hosted';
import type { Finding } from './gitopsCheck';
import { hostedTree } from './hostedTree';

/** The commits of a pull request. */
export interface PullCommits {
  /** Tip of the branch that it goes to; its rules count beside those of the pull request. */
  base: string;
  /** Where the histories part; absent when they have nothing in common. */
  fork?: string;
  head: string;
}

/** What holds, freezes and the list of bad versions have against the tenants that a pull request changes. */
export async function releaseFindings(
  repository: HostedRepository,
  { base, fork, head }: PullCommits,
  changes: readonly FileChange[],
  now: Date,
): Promise<Finding[]> {
  const read = (commit: string, path: string) => readText(repository, commit, path);
  const tenants: Tenant[] = [];
  const former = new Map<string, ReturnType<typeof readFormer>>();
  for (const { path, previousPath = path } of changes) {
    const name = tenantOfPath(path);
    if (name === undefined) continue;
    const text = await read(head, path);
    const before = fork === undefined ? undefined : await read(fork, previousPath);
    if (before !== undefined) former.set(name, readFormer(before));
    if (text === undefined) continue;
    const { file } = checkTenantFile(path, name, text);
    tenants.push({ name, path, text, ...(file ? { file } : {}) });
  }
  const changed = new Set([...former.keys(), ...tenants.map(({ name }) => name)]);
  const { policy, findings } = await readPolicy(await hostedTree(repository, head));
  const rules = await readRules(await hostedTree(repository, base));
  const state: BaseState = { ...rules, former, changed, charts: false };
  const isPolicyChanged = changes.some(({ path }) => path === layout.policy);
  return [...(isPolicyChanged ? findings : []), ...judge(tenants, policy, now, state)]
    .filter(({ severity }) => severity === 'error')
    .map(({ file, line, key, problem, cure }) => ({
      state: 'failed',
      subject: `${file}:${line} ${key}`,
      detail: `${problem}: ${cure}`,
    }));
}

async function readText(
  repository: HostedRepository,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const found = await repository.git.at(commit, path);
  return found?.type === 'blob' ? found.content.toString('utf8') : undefined;
}
