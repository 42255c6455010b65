import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  eventsServiceFactory,
  eventsServiceRef,
  type EventsService,
} from '@backstage/plugin-events-node';
import catalogModuleTenants from '.';
import { startGitHost, tenantFileText, type GitHost } from './__testUtils__/gitHost';

const pathOf = (tenant: string) => `gitops/tenants/${tenant}-values.yaml`;

// Real Git and a real backend, on a machine that may be busy.
jest.setTimeout(40_000);

type Knex = Awaited<ReturnType<TestDatabases['init']>>;

describe('catalogModuleTenants', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let gitHost: GitHost;
  let events: EventsService;
  let stop: (() => Promise<void>) | undefined;

  beforeEach(async () => {
    gitHost = await startGitHost();
  });

  afterEach(async () => {
    await stop?.();
    stop = undefined;
    await gitHost.close();
  });

  const integration = () => ({
    host: gitHost.host,
    apiBaseUrl: `http://${gitHost.host}/api/v3`,
    token: 'token',
  });

  async function start(
    settings: { pollSeconds?: number; gitops?: object; github?: object[]; knex?: Knex } = {},
  ) {
    const backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: {
            catalog: { processingInterval: { seconds: 5 } },
            events: { useEventBus: 'never' },
            integrations: { github: settings.github ?? [integration()] },
            tenantReleases: {
              gitops: settings.gitops ?? {
                repository: `http://${gitHost.host}/acme/platform`,
                pollSeconds: settings.pollSeconds ?? 3600,
              },
            },
          },
        }),
        ...(settings.knex ? [mockServices.database.factory({ knex: settings.knex })] : []),
        schedulerServiceFactory,
        urlReaderServiceFactory,
        eventsServiceFactory,
        createBackendPlugin({
          pluginId: 'pusher',
          register(env) {
            env.registerInit({
              deps: { service: eventsServiceRef, lifecycle: coreServices.lifecycle },
              init: async ({ service }) => {
                events = service;
              },
            });
          },
        }),
        catalogPlugin,
        catalogModuleTenants,
      ],
    });
    stop = () => backend.stop();
    const url = `http://localhost:${backend.server.port()}/api/catalog/entities`;
    return async (): Promise<Record<string, Entity>> => {
      const response = await fetch(url, {
        headers: { authorization: mockCredentials.user.header() },
      });
      const entities: Entity[] = await response.json();
      return Object.fromEntries(entities.map(entity => [entity.metadata.name, entity]));
    };
  }

  async function eventually<T>(look: () => Promise<T>, check: (value: T) => void): Promise<void> {
    const end = Date.now() + 15_000;
    for (;;) {
      const value = await look();
      try {
        check(value);
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  const push = (ref: string, full_name = 'acme/platform') =>
    events.publish({
      topic: 'github.push',
      metadata: { 'x-github-event': 'push' },
      eventPayload: { ref, repository: { full_name } },
    });

  it('brings the tenants into a real catalog, and a new one at once after a push', async () => {
    await gitHost.commit({ [pathOf('tenant-a')]: tenantFileText('tenant-a') });
    const catalog = await start();
    await eventually(catalog, entities => {
      expect(entities['tenant-a']?.relations).toEqual([
        { type: 'ownedBy', targetRef: 'group:default/tenant-a-owners' },
      ]);
    });
    expect((await catalog())['tenant-a']).toMatchObject({
      metadata: { annotations: { 'tenant-releases.io/services': 'demo-api' } },
      spec: { type: 'tenant', owner: 'group:default/tenant-a-owners' },
    });
    // Owners read it, and the repository is not theirs to know.
    expect(JSON.stringify(await catalog())).not.toContain(gitHost.host);
    await gitHost.commit({
      [pathOf('tenant-b')]: tenantFileText('tenant-b'),
      [pathOf('tenant-a')]: 'broken',
    });
    gitHost.requests.length = 0;
    await push('refs/heads/other');
    await push('refs/heads/main', 'acme/other');
    expect(gitHost.requests).toEqual([]);
    await push('refs/heads/main');
    await eventually(catalog, entities => {
      expect(entities['tenant-b']?.metadata.title).toBe('Acme Corp');
      expect(entities['tenant-a'].metadata.title).toBe('Acme Corp');
      expect(entities['tenant-a'].metadata.annotations).toHaveProperty([
        'tenant-releases.io/file-error',
      ]);
    });
  });

  it('brings the groups that came with tenants, whatever else their folder holds', async () => {
    const folder = 'gitops/owners';
    const group = (name: string, more = '') =>
      `apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: ${name}, title: Owners of Acme }\n` +
      `spec: { type: team, children: [], members: [user:default/ada]${more} }\n`;
    await gitHost.commit({
      [pathOf('tenant-a')]: tenantFileText('tenant-a'),
      [`${folder}/acme-owners.yaml`]: group('acme-owners'),
      [`${folder}/b-owners.yaml`]: group('b-owners'),
    });
    const catalog = await start();
    await eventually(catalog, entities => {
      expect(entities['acme-owners']).toMatchObject({
        kind: 'Group',
        metadata: { title: 'Owners of Acme' },
        spec: { members: ['user:default/ada'] },
        relations: [{ type: 'hasMember', targetRef: 'user:default/ada' }],
      });
      expect(JSON.stringify(entities['acme-owners'])).not.toContain(gitHost.host);
    });
    // A broken file leaves its group, and all others; one that asks for more rights is none.
    await gitHost.commit({
      [`${folder}/acme-owners.yaml`]: 'broken',
      [`${folder}/c-owners.yaml`]: group('c-owners'),
      [`${folder}/platform.yaml`]: group('platform'),
      [`${folder}/d-owners.yaml`]: group('d-owners', ', parent: platform'),
    });
    await push('refs/heads/main');
    await eventually(catalog, entities => {
      expect(
        Object.keys(entities)
          .filter(name => /owners|platform/.test(name))
          .sort(),
      ).toEqual(['acme-owners', 'b-owners', 'c-owners']);
    });
    // Offboarded: the file goes, and so does the group.
    await gitHost.commit({
      [`${folder}/acme-owners.yaml`]: undefined,
      [`${folder}/platform.yaml`]: undefined,
      [`${folder}/d-owners.yaml`]: undefined,
    });
    await push('refs/heads/main');
    await eventually(catalog, entities => {
      expect(entities['acme-owners']).toBeUndefined();
      expect(entities['b-owners']).toBeDefined();
    });
  });

  it('follows a repository that was transferred', async () => {
    await gitHost.commit({ [pathOf('tenant-a')]: tenantFileText('tenant-a') });
    gitHost.rename();
    const catalog = await start();
    await eventually(catalog, entities => {
      expect(entities['tenant-a']?.metadata.title).toBe('Acme Corp');
    });
  });

  it('keeps the last good entity of a broken file over a restart', async () => {
    const knex = await databases.init('SQLITE_3');
    await gitHost.commit({ [pathOf('tenant-a')]: tenantFileText('tenant-a') });
    const before = await start({ knex });
    await eventually(before, entities => expect(entities).toHaveProperty('tenant-a'));
    // As after a crash: the first portal is not told, it only never gets to see the next commit.
    await gitHost.commit({
      [pathOf('tenant-a')]: 'broken',
      [pathOf('tenant-b')]: tenantFileText('tenant-b'),
    });
    const stopFirst = stop;
    const after = await start({ knex });
    await eventually(after, entities => {
      expect(entities).toHaveProperty('tenant-b');
      expect(entities['tenant-a'].metadata).toMatchObject({
        title: 'Acme Corp',
        annotations: { 'tenant-releases.io/file-error': expect.stringMatching(/^file: /) },
      });
    });
    await stopFirst?.();
  });

  it('polls', async () => {
    await gitHost.commit({ [pathOf('tenant-a')]: tenantFileText('tenant-a') });
    const catalog = await start({ pollSeconds: 1 });
    await eventually(catalog, entities => expect(entities).toHaveProperty('tenant-a'));
    await gitHost.commit({ [pathOf('tenant-a')]: tenantFileText('tenant-a', { tier: 'free' }) });
    await eventually(catalog, entities =>
      expect(entities['tenant-a'].metadata.tags).toContain('free'),
    );
  });

  it.each<[string, () => Parameters<typeof start>[0], RegExp]>([
    ['no repository', () => ({ gitops: {} }), /tenantReleases\.gitops\.repository is missing/],
    ['a host without integration', () => ({ github: [] }), /integrations\.github has no entry for/],
    [
      'no token',
      () => ({ github: [{ ...integration(), token: undefined }] }),
      /integrations\.github has no token for host/,
    ],
    [
      'a repository that is not there',
      () => ({ gitops: { repository: `http://${gitHost.host}/acme/nothing` } }),
      /tenantReleases\.gitops\.repository .*acme\/nothing cannot be read: there is no such repository or no branch "main"/,
    ],
  ])('does not start with %s, and says why', async (_, settings, message) => {
    await gitHost.commit({ [pathOf('tenant-a')]: tenantFileText('tenant-a') });
    await expect(start(settings())).rejects.toThrow(message);
  });

  it('does not start with a token that is refused', async () => {
    gitHost.failWith((_, response) => {
      response.statusCode = 401;
      response.end();
    });
    await expect(start()).rejects.toThrow(
      /tenantReleases\.gitops\.repository .* cannot be read: the token .* is refused; set it/,
    );
  });

  it('starts while the Git host is down, and catches up', async () => {
    await gitHost.commit({ [pathOf('tenant-a')]: tenantFileText('tenant-a') });
    gitHost.failWith(request => request.socket.destroy());
    const catalog = await start({ pollSeconds: 1 });
    expect(await catalog()).toEqual({});
    gitHost.failWith(undefined);
    await eventually(catalog, entities => expect(entities).toHaveProperty('tenant-a'));
  });
});
