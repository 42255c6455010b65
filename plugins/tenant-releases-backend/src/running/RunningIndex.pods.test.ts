import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '../__testUtils__/eventually';
import { EventQueue } from '../__testUtils__/EventQueue';
import { podOf } from '../__testUtils__/objects';
import type { KubernetesApi, PodEvent } from './KubernetesClient';
import { PodWatch } from './PodWatch';
import { RunningIndex } from './RunningIndex';

const repository = 'ghcr.io/acme/demo-api';
const digest = `sha256:${'a'.repeat(64)}`;
const place = (tenant: string) => ({ namespace: tenant, tenant, service: 'demo-api' });

describe('pods that are odd', () => {
  let items: unknown[];
  let version: number;
  let stream: EventQueue<PodEvent> | undefined;
  let index: RunningIndex;
  let told: string[];

  const pod = (tenant: string, name: string, image: string, more: object = {}) => {
    version += 1;
    const whole = podOf(tenant, name, image) as { metadata: object };
    return { ...whole, metadata: { ...whole.metadata, resourceVersion: `${version}` }, ...more };
  };
  const send = (type: PodEvent['type'], object: unknown) => stream!.push({ type, pod: object });
  const shown = (tenant = 'tenant-a', versions: string[] = []) =>
    index
      .pods('one', place(tenant), { repository, versions })
      .map(found => found.version ?? found.problem)
      .sort();
  const start = async (first: unknown[]) => {
    items = first;
    index.start();
    await eventually(() => stream !== undefined, true);
  };

  beforeEach(() => {
    version = 100;
    stream = undefined;
    told = [];
    const api: KubernetesApi = {
      probe: async () => {},
      list: async () => ({ version: `${version}`, items }),
      watch: (_, signal) => {
        stream = new EventQueue(signal);
        return stream[Symbol.asyncIterator]() as AsyncGenerator<PodEvent>;
      },
    };
    const logger = mockServices.logger.mock();
    index = new RunningIndex([new PodWatch({ name: 'one', api, logger })]);
    index.changes.subscribe(tenants => told.push(...(tenants === 'all' ? [] : tenants)));
  });

  afterEach(() => index.stop());

  it('are told with the field that cannot be read, and hurt no other', async () => {
    await start([
      pod('tenant-a', 'a', `${repository}:sha-1`, { status: { phase: 5 } }),
      pod('tenant-a', 'b', `${repository}:sha-1`, { spec: 'x' }),
      pod('tenant-a', 'c', `${repository}:sha-1`),
      pod('tenant-b', 'd', `${repository}:sha-2`),
    ]);
    expect(shown()).toEqual([
      'sha-1',
      'spec of the pod cannot be read',
      'status.phase of the pod cannot be read',
    ]);
    expect(shown('tenant-b')).toEqual(['sha-2']);
    expect(index.leftOut()).toEqual(new Map([['kubernetes:one', []]]));
  });

  it('count although an annotation cannot be read', async () => {
    const whole = pod('tenant-a', 'a', `${repository}:sha-1`) as { metadata: object };
    await start([{ ...whole, metadata: { ...whole.metadata, annotations: { x: 5 } } }]);
    expect(shown()).toEqual(['sha-1']);
  });

  it('are counted for the platform group when nobody can tell whose they are', async () => {
    const whole = pod('tenant-a', 'e', `${repository}:sha-1`) as { metadata: object };
    await start([
      null,
      {},
      { metadata: { name: 'x' } },
      { ...whole, metadata: { ...whole.metadata, labels: 'x' } },
      { ...whole, metadata: { ...whole.metadata, name: 'f', labels: {} } },
    ]);
    expect(shown()).toEqual([]);
    expect(index.leftOut().get('kubernetes:one')).toEqual([
      {
        kind: 'pod',
        name: '(no name)',
        reason: '4 of the listed pods have no name, namespace or labels that can be read.',
      },
    ]);
  });

  it('are gone when they are deleted, also when only their metadata can be read', async () => {
    await start(['a', 'b', 'c'].map(name => pod('tenant-a', name, `${repository}:sha-1`)));
    expect(shown()).toHaveLength(3);
    told = [];
    version += 1;
    const metadata = (name: string) => ({
      name,
      namespace: 'tenant-a',
      resourceVersion: `${version}`,
    });
    send('DELETED', { metadata: metadata('a') });
    send('DELETED', { metadata: { ...metadata('b'), labels: 5 }, spec: 'x', status: [] });
    expect(await eventually(shown, ['sha-1'])).toEqual(['sha-1']);
    expect(new Set(told)).toEqual(new Set(['tenant-a']));
  });

  it('are the tenant’s no more once they have lost their labels', async () => {
    const whole = pod('tenant-a', 'a', `${repository}:sha-1`) as { metadata: object };
    await start([whole]);
    told = [];
    version += 1;
    send('MODIFIED', {
      ...whole,
      metadata: { ...whole.metadata, resourceVersion: `${version}`, labels: {} },
    });
    expect(await eventually(shown, [])).toEqual([]);
    expect(told).toContain('tenant-a');
  });

  it('belong to whom their labels name now', async () => {
    const whole = pod('tenant-a', 'a', `${repository}:sha-1`) as { metadata: object };
    await start([whole]);
    version += 1;
    const labels = {
      'tenant-releases.io/tenant': 'tenant-b',
      'tenant-releases.io/service': 'demo-api',
    };
    told = [];
    send('MODIFIED', {
      ...whole,
      metadata: { ...whole.metadata, resourceVersion: `${version}`, labels },
    });
    expect(await eventually(shown, [])).toEqual([]);
    // It is in another namespace than the tenant's.
    expect(shown('tenant-b')).toEqual([]);
    expect(new Set(told)).toEqual(new Set(['tenant-a', 'tenant-b']));
  });

  it('by digest alone run what pods with a tag have pulled, and never what another tenant calls it', async () => {
    const pulled = (image: string) => ({
      status: {
        phase: 'Running',
        containerStatuses: [
          { name: 'demo-api', ready: true, imageID: `${image.split(':')[0]}@${digest}` },
        ],
      },
    });
    const tagged = (tenant: string, name: string, tag: string) =>
      pod(tenant, name, `${repository}:${tag}`, pulled(`${repository}:${tag}`));
    await start([
      tagged('tenant-b', 'b', 'b-secret'),
      tagged('tenant-c', 'c', 'sha-1'),
      pod('tenant-a', 'a', `${repository}@${digest}`),
    ]);
    const problem = `its image is given by the digest ${digest.slice(
      0,
      19,
    )} alone, and nothing tells which version that is`;
    expect(shown()).toEqual([problem]);
    expect(shown('tenant-a', ['sha-1'])).toEqual(['sha-1']);
    version += 1;
    send('ADDED', tagged('tenant-a', 'a2', 'sha-0'));
    expect(await eventually(shown, ['sha-0', 'sha-0'])).toEqual(['sha-0', 'sha-0']);
  });
});
