import { parseRepositoryAddress, readGitopsConfig } from '@internal/gitops';
import { leaveOutRepository } from './leaveOutRepository';

const repository = 'https://git.example.com/acme/platform';
const gitops = readGitopsConfig({
  getOptional: key => (key === 'tenantReleases.gitops.repository' ? repository : undefined),
});

async function process(metadata: object, ...more: Parameters<typeof leaveOutRepository>) {
  const entity = {
    apiVersion: 'x/v1',
    kind: 'Resource',
    metadata: { name: 'tenant-a', ...metadata },
  };
  const processor = leaveOutRepository(gitops, ...more);
  const cache = { get: async () => undefined, set: async () => {} };
  const location = { type: 'url', target: 'x' };
  return (await processor.postProcessEntity!(entity, location, () => {}, cache)).metadata;
}

describe('leaveOutRepository', () => {
  it('leaves no way to any of several', async () => {
    const shop = parseRepositoryAddress('repository', 'https://gitlab.example.com/acme/shop');
    const links = [`${repository}/pulls`, `${shop.url}/-/issues`].map(url => ({ url }));
    const annotations = {
      'backstage.io/managed-by-location': `url:${shop.url}/blob/live/tenants/acme.yaml`,
      'github.com/project-slug': 'acme/shop',
    };
    expect(await process({ annotations, links }, { repository: shop })).toEqual({
      name: 'tenant-a',
      annotations: { 'backstage.io/managed-by-location': 'gitops:blob/live/tenants/acme.yaml' },
      links: [],
    });
  });

  it('leaves no way to the repository', async () => {
    const file = `${repository}/blob/main/gitops/tenants/tenant-a-values.yaml`;
    expect(
      await process({
        annotations: {
          'backstage.io/managed-by-location': `url:${file}`,
          'backstage.io/managed-by-origin-location': `url:${repository}`,
          'backstage.io/source-location': `url:${repository}/tree/main/`,
          'backstage.io/view-url': file,
          'backstage.io/edit-url': 'https://Git.example.com/acme/platform/edit/main/x.yaml',
          'github.com/project-slug': 'Acme/platform',
          'tenant-releases.io/tenant': 'tenant-a',
          other: 'https://git.example.com/acme/platform-docs/x',
        },
        links: [
          { url: file, title: 'Values file' },
          { url: 'mailto:ops@example.com', title: 'Contact' },
        ],
      }),
    ).toEqual({
      name: 'tenant-a',
      annotations: {
        'backstage.io/managed-by-location': 'gitops:blob/main/gitops/tenants/tenant-a-values.yaml',
        'backstage.io/managed-by-origin-location': 'gitops:/',
        'tenant-releases.io/tenant': 'tenant-a',
        other: 'https://git.example.com/acme/platform-docs/x',
      },
      links: [{ url: 'mailto:ops@example.com', title: 'Contact' }],
    });
  });

  it('changes nothing where there is nothing to leave out', async () => {
    const metadata = {
      name: 'x',
      annotations: { 'backstage.io/managed-by-location': 'file:/etc/catalog.yaml' },
    };
    expect(await process(metadata)).toEqual(metadata);
    expect(await process({})).toEqual({ name: 'tenant-a' });
  });
});
