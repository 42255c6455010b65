import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readGitopsConfig } from '@internal/gitops';
import { repositoryRoot } from '../__testUtils__/helm';
import { renderFiles } from './renderFiles';
import { renderSkeleton } from './renderSkeleton';

const values = {
  name: 'tenant-c',
  repository: 'https://github.com/acme/platform.git',
  branch: 'main',
  valuesFile: 'gitops/tenants/tenant-c-values.yaml',
  cluster: 'in-cluster',
  ownCluster: 'false',
};

describe('renderSkeleton', () => {
  it('fills in what it knows', () => {
    expect(renderSkeleton("a: '${{ values.name }}'\nb: ${{values.branch}}", values)).toBe(
      "a: 'tenant-c'\nb: main",
    );
  });

  it.each([
    '${{ values.owner }}',
    '${{ values.name | upper }}',
    '${{ 1 }}',
    '${{ values.constructor }}',
    '${{\nvalues.name }}',
  ])('refuses %s', text => {
    expect(() => renderSkeleton(text, values)).toThrow(/The skeleton holds/);
  });
});

describe('the skeleton of the repository', () => {
  it.each([
    ['tenant-a', 0],
    ['tenant-b', 1],
  ] as const)('makes the files of %s as they are in gitops/', async (name, ring) => {
    const gitops = readGitopsConfig({
      getOptional: key =>
        key.endsWith('.repository') ? 'https://github.com/acme/platform' : undefined,
    });
    const files = await renderFiles(
      {
        name,
        displayName: name === 'tenant-a' ? 'Acme Corp' : 'Globex',
        owner: `group:default/${name}-owners`,
        tier: name === 'tenant-a' ? 'standard' : 'premium',
        version: 'sha-0000000',
        contact: name === 'tenant-a' ? 'platform@acme.example' : 'operations@globex.example',
        ring,
        cluster: 'in-cluster',
      },
      gitops,
      path.join(repositoryRoot, 'templates/new-tenant/skeleton'),
      { name: 'demo-api', imageRepository: 'ghcr.io/acme/demo-api' },
    );
    expect(files.map(file => file.path)).toEqual([
      `gitops/apps/${name}.yaml`,
      `gitops/projects/${name}.yaml`,
      `gitops/tenants/${name}-values.yaml`,
    ]);
    for (const file of files) {
      expect(file.text).toBe(readFileSync(path.join(repositoryRoot, file.path), 'utf8'));
    }
  });
});
