import type { Entity } from '@backstage/catalog-model';
import { parseTenantFile, readGitopsConfig } from '@internal/gitops';
import { tenantFileText } from './__testUtils__/gitHost';
import { tenantEntities } from './tenantEntities';

const settings: Record<string, string> = {
  'tenantReleases.gitops.repository': 'https://github.com/acme/platform',
  'tenantReleases.gitops.valuesPath': 'env/{tenant}/{service}.yaml',
};
const gitops = readGitopsConfig({ getOptional: key => settings[key] });

function fileState(path: string, text: string) {
  const match = gitops.matchTenantFile(path) ?? { tenant: '' };
  return { path, match, result: parseTenantFile(text, match.tenant) };
}

const servicesOf = ({ metadata }: { metadata: Entity['metadata'] }) =>
  metadata.annotations?.['tenant-releases.io/services'];

describe('tenantEntities', () => {
  it('makes one tenant of the files of its services', () => {
    const files = [
      fileState('env/tenant-a/demo-api.yaml', tenantFileText('tenant-a')),
      fileState('env/tenant-a/web.yaml', tenantFileText('tenant-a')),
      fileState('env/tenant-b/web.yaml', tenantFileText('tenant-b')),
    ];
    const entities = tenantEntities(files, gitops, new Map(), 'other');
    expect(entities.map(entity => [entity.metadata.name, servicesOf(entity)])).toEqual([
      ['tenant-a', 'demo-api,web'],
      ['tenant-b', 'web'],
    ]);
  });

  it('says whose file is wrong when another service of the tenant is well', () => {
    const files = [
      fileState('env/tenant-a/demo-api.yaml', 'broken'),
      fileState('env/tenant-a/web.yaml', tenantFileText('tenant-a')),
    ];
    const [entity] = tenantEntities(files, gitops, new Map(), 'other');
    expect(entity.metadata.annotations?.['tenant-releases.io/file-error']).toMatch(
      /^env\/tenant-a\/demo-api\.yaml: file: /,
    );
    expect(servicesOf(entity)).toBe('web');
  });

  it('shortens an endless error', () => {
    const [entity] = tenantEntities(
      [
        {
          path: 'env/tenant-a/web.yaml',
          match: { tenant: 'tenant-a', service: 'web' },
          result: { ok: false, problems: ['x'.repeat(5000)] },
        },
      ],
      gitops,
      new Map(),
      'other',
    );
    expect(entity.metadata.annotations?.['tenant-releases.io/file-error']).toHaveLength(1000);
  });
});
