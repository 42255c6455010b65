import { mockServices } from '@backstage/backend-test-utils';
import { EventQueue } from '../__testUtils__/EventQueue';
import { eventually } from '../__testUtils__/eventually';
import { applicationOf } from '../__testUtils__/objects';
import { ApplicationWatch } from './ApplicationWatch';
import type { ApplicationEvent, ArgocdApi } from './ArgocdClient';
import { SyncIndex } from './SyncIndex';

const revision = 'a'.repeat(40);
const application = (namespace: string, more: object = {}) =>
  applicationOf('tenant-a', revision, { namespace, ...more });

describe('candidates of a tenant', () => {
  const streams = new Map<string, EventQueue<ApplicationEvent>>();
  const logger = mockServices.logger.mock();
  const refused = async () => {
    throw new Error('not asked in this test');
  };
  const watchOf = (name: string, items: object[]) => {
    const api: ArgocdApi = {
      probe: async () => {},
      list: async () => ({ version: '100', items }),
      watch: (_, signal) => {
        const stream = new EventQueue<ApplicationEvent>(signal);
        streams.set(name, stream);
        return stream[Symbol.asyncIterator]() as AsyncGenerator<ApplicationEvent>;
      },
      get: refused,
      revisionMetadata: refused,
      resourceTree: refused,
      managedResources: refused,
      syncWindows: refused,
      projectWindows: refused,
    };
    return new ApplicationWatch({
      name,
      api,
      logger,
      isGitops: () => true,
      tenantOfFile: () => undefined,
    });
  };
  const index = new SyncIndex([
    watchOf('second', [application('x')]),
    watchOf('first', [application('c'), application('a'), application('b', { name: 'other' })]),
  ]);
  const path = 'gitops/tenants/tenant-a-values.yaml';
  const candidates = () =>
    index.candidates('tenant-a', path).map(({ instance, namespace }) => `${instance}/${namespace}`);
  const expected = ['second/x', 'first/a', 'first/b', 'first/c'];

  beforeAll(async () => {
    index.start();
    await eventually(() => candidates().length, 4);
  });
  afterAll(() => index.stop());

  it('come by instance, namespace and name, whichever has changed last', async () => {
    expect(candidates()).toEqual(expected);
    streams.get('first')!.push({
      type: 'MODIFIED',
      application: application('a', { status: { health: { status: 'Degraded' } } }),
    });
    const health = () => index.named('tenant-a').map(record => record.health.status);
    expect(await eventually(health, ['Healthy', 'Degraded', 'Healthy'])).toEqual([
      'Healthy',
      'Degraded',
      'Healthy',
    ]);
    expect(candidates()).toEqual(expected);
  });

  it('are told by their name alone where that is asked for', () => {
    expect(index.named('tenant-a').map(({ namespace }) => namespace)).toEqual(['x', 'a', 'c']);
    expect(index.named('other').map(({ namespace }) => namespace)).toEqual(['b']);
    expect(index.named('tenant')).toEqual([]);
  });
});
