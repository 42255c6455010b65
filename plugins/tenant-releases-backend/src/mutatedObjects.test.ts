import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { mockCredentials } from '@backstage/backend-test-utils';
import { parseReleasePolicy } from '@internal/gitops';
import {
  mutate,
  mutatedObjects,
  mutateText,
  mutationSeed,
  seeded,
} from '@internal/plugin-tenant-releases-common/testUtils';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import {
  ago,
  applicationOf,
  managed,
  operation,
  podOf,
  repoURL,
  treePod,
} from './__testUtils__/objects';
import { TestFleet } from './__testUtils__/TestFleet';
import { releaseRoutes } from './http/releaseRoutes';
import { resourceRoutes } from './http/resourceRoutes';
import type { Route } from './http/Route';
import type { ReleaseAccess } from './permissions/ReleaseAccess';
import { HistoryService } from './releases/HistoryService';
import { ResourceService } from './sync/ResourceService';

/** How many objects are mutated; `npm run test:robustness` does a million. */
const count = mutatedObjects(20_000);
/** Git is polled: a file costs more time than an event. Every how many-th object is a file. */
const fileEvery = 100;

jest.setTimeout(60_000 + count * 20);

const tenants = ['tenant-a', 'tenant-b', 'tenant-c'];
const target = 'tenant-a';
const image = 'ghcr.io/acme/demo-api:sha-2';
const policy = `rings:
  - ring: 0
    name: canary
badVersions:
  - version: sha-9
    reason: loses orders
freezes:
  - tenants: [tenant-a]
    from: 2020-01-01T00:00:00Z
    until: 2020-01-02T00:00:00Z
    reason: audit
`;

/** Everything that a caller who may see all is answered. */
class Portal {
  readonly fleet = new TestFleet();
  readonly #routes: Route[];

  constructor() {
    const { board, commits, desired, sync, running } = this.fleet;
    const access = {
      check: async () => () => true,
      require: async (_: unknown, resource: unknown) => {
        if (!resource) throw Object.assign(new Error('No such release'), { statusCode: 404 });
      },
      holds: async () => true,
      held: async (_: unknown, permissions: unknown[]) => permissions.map(() => true),
    } as unknown as ReleaseAccess;
    const history = new HistoryService({ desired, sync, running, commits, board });
    const resources = new ResourceService({ sync, running, board });
    this.#routes = [
      ...releaseRoutes({ board, history, desired: this.fleet.fleet, access }),
      ...resourceRoutes({ board, access, resources }),
    ];
  }

  async ask(operationId: string, params: object, query: object = {}): Promise<string> {
    const route = this.#routes.find(each => each.operationId === operationId)!;
    const context = {
      params: route.params.parse(params),
      query: route.query.parse(query),
      credentials: mockCredentials.user(),
    };
    return JSON.stringify(await route.handle(context as never));
  }

  /** The rows of the tenants, by tenant. */
  async rows(): Promise<Map<string, string>> {
    const list = JSON.parse(await this.ask('listReleases', {}, { limit: '1000' }));
    return new Map(
      list.items.map((item: { tenant: string }) => [item.tenant, JSON.stringify(item)]),
    );
  }
}

const random = seeded(mutationSeed);
const portal = new Portal();
const { fleet } = portal;
let head = '';
let version = 1_000;
let baseline: Map<string, string>;
let histories: Map<string, string>;

function application(tenant: string, { spec = {}, status = {} }: Variant = {}): object {
  return applicationOf(tenant, head, {
    spec,
    status: {
      resources: [
        {
          group: 'apps',
          kind: 'Deployment',
          name: 'demo-api',
          status: 'Synced',
          health: { status: 'Healthy' },
        },
      ],
      conditions: [],
      summary: { images: [image] },
      ...status,
    },
  });
}

interface Variant {
  spec?: object;
  status?: object;
}

/** What is mutated has to hold the field first. */
const variants: Variant[] = [
  {},
  { spec: { destination: { server: 'https://k8s.example.com:6443', namespace: target } } },
  {
    spec: {
      source: undefined,
      sources: [
        {
          repoURL: 'registry.example.com/charts',
          chart: 'demo-api',
          targetRevision: '1.0.0',
          helm: {
            valueFiles: [`$values/${tenantPath(target)}`],
            parameters: [{ name: 'image.tag', value: 'sha-2' }],
            valuesObject: { image: { tag: 'sha-2' } },
            values: 'image:\n  tag: sha-2\n',
          },
        },
        { repoURL, targetRevision: 'main', ref: 'values' },
      ],
    },
    status: {
      sync: { status: 'OutOfSync', revisions: ['1.0.0', '2'.repeat(40)] },
      conditions: [{ type: 'InvalidSpecError', message: 'application destination is invalid' }],
    },
  },
  {
    spec: { syncPolicy: {} },
    status: {
      sync: { status: 'OutOfSync', revision: '3'.repeat(40) },
      health: { status: 'Suspended', lastTransitionTime: ago(9) },
      operationState: operation('Running', '4'.repeat(40), { message: 'Retrying attempt #1' }),
    },
  },
];

/** Whether it is another tenant's own: then its row is the one that may change. */
function isOthers(changed: unknown): boolean {
  const { name, namespace = 'argocd' } =
    (changed as { metadata?: Record<string, unknown> } | null)?.metadata ?? {};
  return namespace === 'argocd' && tenants.some(tenant => tenant === name) && name !== target;
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(random() * items.length)];
}

function versioned(object: object): object {
  version += 10;
  const { metadata } = object as { metadata: object };
  return { ...object, metadata: { ...metadata, resourceVersion: String(version) } };
}

/** Lets events, and what they set off, be taken in. */
async function settle(): Promise<void> {
  await turn();
  await turn();
}

async function othersOf(): Promise<Array<[string, string | undefined]>> {
  const rows = await portal.rows();
  return tenants.filter(tenant => tenant !== target).map(tenant => [tenant, rows.get(tenant)]);
}

const expectedOthers = () =>
  tenants.filter(tenant => tenant !== target).map(tenant => [tenant, baseline.get(tenant)]);

async function takeFile(path: string, text: string): Promise<void> {
  fleet.git.commit({ [path]: text });
  fleet.desired.refresh();
  for (let tries = 0; tries < 200; tries += 1) {
    await delay(1);
    const isTaken = fleet.desired.knownHead === fleet.git.headSha;
    if (isTaken) return;
  }
  throw new Error('the commit was not taken');
}

beforeAll(async () => {
  head = fleet.git.commit({
    'gitops/policy/releases.yaml': policy,
    ...Object.fromEntries(tenants.map(name => [tenantPath(name), tenantFile(name, 'sha-2')])),
  });
  for (const tenant of tenants) {
    fleet.applications.set(`argocd/${tenant}`, application(tenant));
    fleet.pods.set(`${tenant}/p`, podOf(tenant, 'p', image));
    fleet.answers.set(`argocd/${tenant}`, {
      tree: { nodes: [treePod(image)] },
      managed: { items: [managed('Deployment', { replicas: 1 })] },
    });
  }
  fleet.otherAnswers = {};
  fleet.start();
  for (let tries = 0; tries < 400; tries += 1) {
    await delay(10);
    const rows = await portal.rows();
    const isRead = [...rows.values()].every(row => /"state":"in-sync".*"reasons":\[\]/.test(row));
    if (rows.size === tenants.length && isRead && fleet.isOpen) break;
  }
  baseline = await portal.rows();
  histories = new Map();
  for (const tenant of tenants) {
    histories.set(tenant, await portal.ask('listHistory', { tenant, service: 'demo-api' }));
  }
});
afterAll(() => fleet.stop());

/** Asks for everything of the target; whatever it is, it must be an answer. */
async function askTarget(): Promise<void> {
  const params = { tenant: target, service: 'demo-api' };
  for (const operationId of ['getRelease', 'listHistory', 'listResources']) {
    await portal.ask(operationId, params).catch(error => {
      const status = error.statusCode ?? { NotFoundError: 404 }[error.name as string] ?? 500;
      if (status > 499) throw error;
    });
  }
}

const mutations = {
  async application() {
    const changed = mutate(versioned(application(target)), random, [
      'metadata.name',
      'metadata.namespace',
    ]);
    fleet.sendApplication(`argocd/${target}`, changed);
    await settle();
    return async () => {
      fleet.sendApplication(`argocd/${target}`, versioned(application(target)));
      await settle();
    };
  },
  async identity() {
    const changed = mutate(versioned(application(target, pick(variants))), random);
    if (isOthers(changed)) return async () => {};
    fleet.sendApplication('argocd/odd', changed);
    await settle();
    return async () => {
      fleet.sendApplication('argocd/odd', changed, 'DELETED');
      fleet.sendApplication(`argocd/${target}`, versioned(application(target)));
      await settle();
    };
  },
  async pod() {
    const pod = podOf(target, 'p', image);
    const changed = mutate(versioned(pod), random, ['metadata.name', 'metadata.namespace']);
    fleet.sendPod(`${target}/p`, changed);
    await settle();
    return async () => {
      fleet.sendPod(`${target}/p`, versioned(pod));
      await settle();
    };
  },
  async answers() {
    const known = fleet.answers.get(`argocd/${target}`)!;
    fleet.answers.set(`argocd/${target}`, mutate(known, random) as object);
    // No pod: then the answers are asked for.
    const pod = podOf(target, 'p', image);
    fleet.sendPod(`${target}/p`, versioned(pod), 'DELETED');
    await settle();
    return async () => {
      fleet.answers.set(`argocd/${target}`, known);
      fleet.sendPod(`${target}/p`, versioned(pod));
      await settle();
    };
  },
  async file() {
    const path = tenantPath(target);
    await takeFile(path, mutateText(tenantFile(target, 'sha-2'), random));
    return () => takeFile(path, tenantFile(target, 'sha-2'));
  },
  async policy() {
    const path = 'gitops/policy/releases.yaml';
    const changed = mutateText(policy, random);
    // What can be read is obeyed; only what cannot is nobody's business.
    if (parseReleasePolicy(changed).ok) return async () => {};
    await takeFile(path, changed);
    return () => takeFile(path, policy);
  },
};

function kindOf(index: number): keyof typeof mutations {
  if (index % fileEvery === 0) return index % (2 * fileEvery) === 0 ? 'file' : 'policy';
  return (['application', 'pod', 'application', 'identity', 'answers'] as const)[index % 5];
}

describe('one bad object', () => {
  it(`hurts its own row and no other: ${count} mutated objects`, async () => {
    const hurt: unknown[] = [];
    for (let index = 0; index < count && hurt.length === 0; index += 1) {
      const kind = kindOf(index);
      const restore = await mutations[kind]();
      if (index % 4 === 0) await askTarget();
      const others = await othersOf();
      const expected = expectedOthers();
      if (JSON.stringify(others) !== JSON.stringify(expected)) {
        hurt.push({ index, kind, others, expected });
      }
      await restore();
    }
    expect(hurt).toEqual([]);
    expect(fleet.errors).toEqual([]);
    const rows = await portal.rows();
    expect(rows.get('tenant-b')).toBe(baseline.get('tenant-b'));
    const own = await portal.ask('listHistory', { tenant: 'tenant-b', service: 'demo-api' });
    expect(JSON.parse(own).items).toEqual(JSON.parse(histories.get('tenant-b')!).items);
    // What was mended is as it was before.
    const { state, reasons } = JSON.parse(rows.get(target)!);
    expect([state, reasons]).toEqual(['in-sync', []]);
  });
});
