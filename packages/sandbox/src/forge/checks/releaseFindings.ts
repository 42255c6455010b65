import {
  checkTenantFile,
  layout,
  readFormer,
  releaseFindings as judge,
  tenantOfPath,
  type BaseState,
  type Tenant,
} from '@internal/gitops-cli';
import {
  emptyReleasePolicy,
  parseReleasePolicy,
  type ReleasePolicy,
} from '@internal/plugin-tenant-releases-common';
import type { FileChange } from '../git/diff';
import type { HostedRepository } from '../model/hosted';
import type { Finding } from './gitopsCheck';

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
  const { policy } = await readRules(repository, head);
  const { policy: rules } = await readRules(repository, base);
  const state: BaseState = { policy: rules, former, changed, charts: false };
  return judge(tenants, policy, now, state)
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

/** The text of the policy at a commit, and the rules that it makes. */
export async function readRules(
  repository: HostedRepository,
  commit: string,
): Promise<{ text: string | undefined; policy: ReleasePolicy }> {
  const text = await readText(repository, commit, layout.policy);
  return { text, policy: policyOf(text) };
}

/** A policy that cannot be read forbids nothing here: that it cannot be read is told elsewhere. */
function policyOf(text: string | undefined): ReleasePolicy {
  const result = text === undefined ? undefined : parseReleasePolicy(text);
  return result?.ok ? result.policy : emptyReleasePolicy;
}
