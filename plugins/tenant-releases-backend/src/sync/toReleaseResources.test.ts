import managed from './__fixtures__/managed-resources.json';
import tree from './__fixtures__/resource-tree.json';
import { managedResourcesSchema, resourceTreeSchema } from './resourceSchemas';
import { toReleaseResources } from './toReleaseResources';

const state = (value: object | undefined) => JSON.stringify(value ?? null);
const service = (port: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'acme' },
  spec: { port },
});
const secret = (data: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'web', namespace: 'acme' },
  data: { password: data },
});
const item = (kind: string, live: object | undefined, target: object | undefined) => ({
  kind,
  namespace: 'acme',
  name: 'web',
  targetState: state(target),
  normalizedLiveState: state(live),
  predictedLiveState: state(target && { ...live, ...target }),
});
const only = (...items: object[]) =>
  toReleaseResources({}, managedResourcesSchema.parse({ items })).items;

describe('toReleaseResources', () => {
  it('joins what Argo CD answers about an Application that is in sync', () => {
    const { items, truncated } = toReleaseResources(
      resourceTreeSchema.parse(tree),
      managedResourcesSchema.parse(managed),
    );
    expect(truncated).toBe(false);
    expect(
      items.map(({ id, parent, status, health }) => [id, parent, status, health?.status]),
    ).toEqual([
      ['/ConfigMap/smoke/web', undefined, 'Synced', undefined],
      ['/Service/smoke/web', undefined, 'Synced', 'Healthy'],
      ['apps/Deployment/smoke/web', undefined, 'Synced', 'Healthy'],
      [
        '/Pod/smoke/web-57488586cc-5gtqs',
        'apps/ReplicaSet/smoke/web-57488586cc',
        undefined,
        'Healthy',
      ],
      ['apps/ReplicaSet/smoke/web-57488586cc', 'apps/Deployment/smoke/web', undefined, 'Healthy'],
    ]);
    expect(items.find(({ kind }) => kind === 'Pod')).toMatchObject({
      version: 'v1',
      managed: false,
      images: ['registry.example.com/demo/web:1.1.0'],
      info: expect.arrayContaining([{ name: 'Containers', value: '1/1' }]),
      createdAt: '2026-11-23T03:34:39Z',
    });
  });

  it.each<[string, object, object]>([
    ['the same', item('Service', service(80), service(80)), { status: 'Synced' }],
    [
      'changed',
      item('Service', service(81), service(80)),
      { change: 'changed', diff: expect.stringContaining('-  port: 81\n+  port: 80\n') },
    ],
    ['missing', item('Service', undefined, service(80)), { change: 'missing', version: 'v1' }],
    ['extra', item('Service', service(80), undefined), { change: 'extra' }],
    ['a hook', { ...item('Job', undefined, service(1)), hook: true }, { managed: true }],
    ['no JSON', { kind: 'Service', name: 'web', normalizedLiveState: '{"a' }, { status: 'Synced' }],
  ])('tells of a resource that is %s', (_, given, expected) => {
    expect(only(given)).toEqual([expect.objectContaining(expected)]);
  });

  it('never shows what a Secret holds', () => {
    const [found] = only(item('Secret', secret('aHVudGVyMg=='), secret('aHVudGVyMw==')));
    expect(found).toMatchObject({ change: 'changed' });
    expect(JSON.stringify(found)).not.toContain('aHVu');
  });

  it('is bounded', () => {
    const nodes = Array.from({ length: 2_000 }, (_, index) => ({
      kind: 'Pod',
      name: `p${index}`,
      health: { status: 'Odd', message: 'm'.repeat(1_000_000) },
      info: Array.from({ length: 100 }, () => ({
        name: 'n'.repeat(1_000),
        value: 'v'.repeat(1_000),
      })),
    }));
    const { items, truncated } = toReleaseResources(resourceTreeSchema.parse({ nodes }), {});
    expect([items.length, truncated]).toEqual([500, true]);
    expect(items[0].health?.status).toBe('Unknown');
    expect(JSON.stringify(items[0]).length).toBeLessThan(5_000);
  });
});
