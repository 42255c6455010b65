import { setTimeout as delay } from 'node:timers/promises';
import {
  mutate,
  mutatedObjects,
  mutationSeed,
  seeded,
} from '@internal/plugin-tenant-releases-common/testUtils';
import type { Release, SourceStatus } from '@internal/plugin-tenant-releases-common';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { applicationOf, managed, podOf, treePod } from './__testUtils__/objects';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';

const count = mutatedObjects(400);
const random = seeded(mutationSeed);

jest.setTimeout(90_000 + count * 200);

const tenants = ['tenant-a', 'tenant-b', 'tenant-c'];
const target = 'tenant-a';
const image = 'ghcr.io/acme/demo-api:sha-1';
/** An object keeps its name here: whose it is decides whose row it may change. */
const name = ['metadata.name', 'metadata.namespace'];
const event = (path: string) => name.map(key => `${path}.${key}`);

describe('odd objects over HTTP', () => {
  let portal: TestPortal;
  let head: string;
  let version = 1_000;
  let expected: string;

  const get = (path: string) => request(portal.server).get(`/api/tenant-releases${path}`);
  const ofTarget = `/releases/${target}/demo-api`;
  const paths = [
    ofTarget,
    `${ofTarget}/history`,
    `${ofTarget}/resources`,
    `${ofTarget}/panels/request-rate`,
    `${ofTarget}/logs`,
    '/sources',
    '/sources/report',
    '/sources/entries?source=argocd:main',
    '/sources/entries?source=kubernetes:in-cluster&list=unused',
  ];
  const others = async () => {
    const { status, body } = await get('/releases');
    expect(status).toBe(200);
    const items = body.items.filter(({ tenant }: { tenant: string }) =>
      tenants.slice(1).includes(tenant),
    );
    const histories = await Promise.all(
      tenants
        .slice(1)
        .map(async tenant => (await get(`/releases/${tenant}/demo-api/history`)).body),
    );
    return JSON.stringify([items, histories.map(history => history.items)]);
  };
  const statuses = async () =>
    Promise.all(paths.map(async path => [path, (await get(path)).status] as const));
  const withVersion = (object: object) => {
    version += 1;
    const { metadata } = object as { metadata: object };
    return { ...object, metadata: { ...metadata, resourceVersion: String(version) } };
  };
  const application = () => withVersion(applicationOf(target, head));
  const pod = () => withVersion(podOf(target, 'a-1', image));

  beforeAll(async () => {
    const upstreams = await startUpstreams();
    const { github, argocd, kubernetes } = upstreams;
    head = github.commit(
      Object.fromEntries(tenants.map(tenant => [tenantPath(tenant), tenantFile(tenant, 'sha-1')])),
    );
    for (const tenant of tenants) {
      argocd.set(tenant, {
        revision: head,
        tree: { nodes: [treePod(image)] },
        managed: { items: [managed('Deployment', { replicas: 1 })] },
      });
      kubernetes.set(`${tenant}-1`, { tenant, version: 'sha-1' });
    }
    portal = await startTestPortal(upstreams);
    const states = async () =>
      (await get('/releases')).body.items?.map(
        ({ state, desired, serving }: Release) =>
          `${state} ${desired?.author} ${/has no requests/.test(serving?.why ?? '')}`,
      );
    await eventually(
      states,
      tenants.map(() => 'in-sync Ada true'),
    );
    await eventually(() => portal.argocd.openStreams + portal.kubernetes.openWatches, 2);
    expected = await others();
  });

  afterAll(() => portal.stop());

  const odd = {
    application: () =>
      portal.argocd.send({
        result: { type: 'MODIFIED', application: mutate(application(), random, name) },
      }),
    applicationEvent: () =>
      portal.argocd.send(
        mutate(
          { result: { type: 'MODIFIED', application: application() } },
          random,
          event('result.application'),
        ) as object,
      ),
    pod: () => portal.kubernetes.send({ type: 'MODIFIED', object: mutate(pod(), random, name) }),
    podEvent: () =>
      portal.kubernetes.send(
        mutate({ type: 'MODIFIED', object: pod() }, random, event('object')) as object,
      ),
  };

  it(`give no answer over 499 and change no other row: ${count} objects`, async () => {
    expect(await statuses()).toEqual(paths.map(path => [path, 200]));
    const [rows] = JSON.parse(expected);
    expect(rows).toMatchObject([1, 2].map(() => ({ state: 'in-sync', reasons: [] })));
    // What is asked of Argo CD about one Application, and all of telemetry.
    portal.argocd.rewrite = (url, body) =>
      url.pathname.includes(`/applications/${target}`) ? mutate(body, random) : body;
    const telemetry = (url: URL, body: unknown) =>
      url.pathname.endsWith('query_range') ? mutate(body, random, ['status', 'data.result']) : body;
    portal.prometheus.rewrite = telemetry;
    portal.loki.rewrite = telemetry;
    const kinds = Object.values(odd);
    for (let index = 0; index < count; index += 1) {
      kinds[index % kinds.length]();
      // Some events are taken in together.
      if (index % 4 !== 3) continue;
      await delay(5);
      const found = await statuses();
      expect(found.filter(([, status]) => status > 499)).toEqual([]);
      expect(await others()).toBe(expected);
    }
  });

  it('of a list are no reason to refuse the list', async () => {
    portal.argocd.listed = Array.from({ length: 100 }, (_, index) =>
      mutate(applicationOf(`odd-${index}`, head), random, ['metadata.name']),
    );
    portal.argocd.rewrite = undefined;
    portal.argocd.dropConnections();
    await eventually(() => portal.argocd.openStreams, 1);
    const lists = portal.argocd.requests.filter(line => /applications(\?|$)/.test(line));
    expect(lists.length).toBeGreaterThan(1);
    expect(await eventually(others, expected)).toBe(expected);
    expect((await statuses()).filter(([, status]) => status > 499)).toEqual([]);
    const states = (await get('/sources')).body.items.map(({ kind, state }: SourceStatus) => [
      kind,
      state,
    ]);
    expect(states).toContainEqual(['argocd', 'ok']);
  });
});
