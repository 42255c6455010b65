import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot, tenantText } from '../__testUtils__/testTree';
import { memoryTree } from '../tree/memoryTree';
import { checkTree } from './checkTree';

const policyFile = 'gitops/platform/policy/tenant-images.yaml';
const policy = readFileSync(path.join(repositoryRoot, policyFile), 'utf8');
const own = "['ghcr.io/acme/']";

async function found(repository: string, policyText: string | undefined) {
  const text = tenantText('tenant-a').replace('ghcr.io/acme/demo-api', repository);
  const files = {
    'gitops/tenants/tenant-a-values.yaml': text,
    ...(policyText === undefined ? {} : { [policyFile]: policyText }),
  };
  const { findings } = await checkTree(memoryTree(files), { at: new Date() });
  return findings.filter(({ rule }) => rule === 'image');
}

it.each([
  ['ghcr.io/acme/demo-api', policy],
  ['ghcr.io/acme/team/demo-api', policy],
  ['quay.io/acme/demo-api', policy.replace(own, "['ghcr.io/acme/', 'quay.io/acme/demo-api']")],
  ['quay.io/other/x', undefined],
  ['quay.io/other/x', policy.replace(own, 'params.registries')],
  ['quay.io/other/x', 'kind: [\n'],
])('takes %s', async (repository, text) => {
  expect(await found(repository, text)).toEqual([]);
});

it.each([
  ['quay.io/acme/demo-api', policy],
  ['ghcr.io/acme-evil/demo-api', policy],
  ['docker.io/library/busybox', policy],
  ['quay.io/acme/demo-api-2', policy.replace(own, "['ghcr.io/acme/', 'quay.io/acme/demo-api']")],
])('refuses %s, which the cluster would', async (repository, text) => {
  expect(await found(repository, text)).toEqual([
    expect.objectContaining({
      severity: 'error',
      file: 'gitops/tenants/tenant-a-values.yaml',
      line: 10,
      key: 'image.repository',
      cure: expect.stringContaining('ghcr.io/acme/'),
    }),
  ]);
});
