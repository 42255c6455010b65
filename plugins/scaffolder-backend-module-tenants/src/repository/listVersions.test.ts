import { parseTenantFile, readGitopsConfig } from '@internal/gitops';
import type { TenantInput } from '../input/tenantInput';
import { tenantFileText } from '../render/tenantFileText';
import { listVersions, versionsInPatch } from './listVersions';

const gitops = readGitopsConfig({
  getOptional: key => (key.endsWith('repository') ? 'https://github.com/acme/platform' : undefined),
});
const path = 'gitops/tenants/tenant-a-values.yaml';

function tenantFile(version: string) {
  const input: TenantInput = {
    name: 'tenant-a',
    displayName: 'Acme',
    owner: 'group:default/a',
    tier: 'free',
    contact: 'a@example.com',
    ring: 0,
    cluster: 'in-cluster',
    version,
  };
  const read = parseTenantFile(tenantFileText(input, 'ghcr.io/acme/demo-api'), 'tenant-a');
  if (!read.ok) throw new Error(read.problems.join());
  return read.file;
}

function forgeWith(pulls: string[], commits: string[]) {
  const calls: string[] = [];
  const patch = (version: string) => [{ path, patch: `@@ -1 +1 @@\n+  tag: ${version}\n` }];
  return {
    calls,
    openPullRequests: async () =>
      pulls.map((body, number) => ({ number, url: '', open: true, body })),
    changedFilesOf: async ({ body }: { body: string }) => {
      calls.push(body);
      return patch(body);
    },
    recentCommits: async () => commits,
    changedFilesIn: async (commit: string) => {
      calls.push(commit);
      return [...patch(commit), { path: 'README.md', patch: '+  tag: elsewhere' }];
    },
  };
}

describe('listVersions', () => {
  const snapshot = { tenantFiles: [tenantFile('sha-1')] };

  it('finds versions in files, open pull requests and the newest commits to tenant files', async () => {
    const forge = forgeWith(['sha-2'], ['sha-3', 'sha-1']);
    expect([...(await listVersions(snapshot, forge, gitops))]).toEqual(['sha-1', 'sha-2', 'sha-3']);
  });

  it.each([
    ['sha-1', []],
    ['sha-2', ['sha-2']],
    ['sha-3', ['sha-2', 'sha-3']],
  ])('stops looking when it has found %s', async (wanted, calls) => {
    const forge = forgeWith(['sha-2'], ['sha-3', 'sha-4']);
    expect((await listVersions(snapshot, forge, gitops, wanted)).has(wanted)).toBe(true);
    expect(forge.calls).toEqual(calls);
  });
});

describe('versionsInPatch', () => {
  it.each<[string, string[]]>([
    ['-  tag: sha-1a2b3c4\n+  tag: sha-9f8e7d6', ['sha-1a2b3c4', 'sha-9f8e7d6']],
    ['+  tag: "sha-1"\n+  tag: \'sha-2\' # why', ['sha-1', 'sha-2']],
    ['   tag: sha-1', []],
    ['+  tags: sha-1\n+tag: sha-2', []],
    ['+  tag: latest', []],
    ['+  tag: ', []],
    ['', []],
  ])('reads %j', (patch, versions) => {
    expect(versionsInPatch(patch)).toEqual(versions);
  });
});
