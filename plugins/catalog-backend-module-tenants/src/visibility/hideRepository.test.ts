import { hideRepository } from './hideRepository';

const repository = { url: 'https://git.example.com/acme/platform', slug: 'acme/platform' };

const entity = () => ({
  kind: 'Resource',
  metadata: {
    name: 'tenant-a',
    annotations: {
      'backstage.io/managed-by-location':
        'url:https://git.example.com/acme/platform/blob/main/gitops/tenants/tenant-a-values.yaml',
      'backstage.io/edit-url': 'https://Git.example.com/acme/platform/edit/main/x.yaml',
      'github.com/project-slug': 'acme/platform',
      'tenant-releases.io/tenant': 'tenant-a',
      other: 'https://git.example.com/acme/platform-docs/x',
    },
    links: [
      { url: 'https://git.example.com/acme/platform/blob/main/x', title: 'Values file' },
      { url: 'mailto:ops@example.com', title: 'Contact' },
    ],
  },
});

const kept = {
  kind: 'Resource',
  metadata: {
    name: 'tenant-a',
    annotations: {
      'tenant-releases.io/tenant': 'tenant-a',
      other: 'https://git.example.com/acme/platform-docs/x',
    },
    links: [{ url: 'mailto:ops@example.com', title: 'Contact' }],
  },
};

describe('hideRepository', () => {
  it.each([
    ['an entity', entity(), kept],
    ['a list', [entity()], [kept]],
    ['a page', { items: [entity(), null], totalItems: 1 }, { items: [kept, null], totalItems: 1 }],
    ['an ancestry', { items: [{ entity: entity() }] }, { items: [{ entity: kept }] }],
    [
      'counted values',
      {
        facets: {
          'metadata.annotations.backstage.io/view-url': [
            { value: 'https://git.example.com/acme/platform/blob/main/x', count: 1 },
          ],
          'spec.type': [{ value: 'tenant', count: 1 }],
        },
      },
      {
        facets: {
          'metadata.annotations.backstage.io/view-url': [],
          'spec.type': [{ value: 'tenant', count: 1 }],
        },
      },
    ],
    ['what has no annotations', { metadata: { name: 'x' } }, { metadata: { name: 'x' } }],
    ['no entity', 'text', 'text'],
  ])('leaves no way to the repository in %s', (_, answer, expected) => {
    hideRepository(answer, repository);
    expect(answer).toEqual(expected);
  });
});
