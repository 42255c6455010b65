import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { readGitopsConfig } from '@internal/gitops';
import { TenantEntityProvider } from './TenantEntityProvider';
import { startGitHost, tenantFileText, type GitHost } from './__testUtils__/gitHost';
import { withDeadline } from './withDeadline';

const pathOf = (tenant: string) => `gitops/tenants/${tenant}-values.yaml`;
const fileError = 'tenant-releases.io/file-error';

const bomb = ['a0: &a0 x']
  .concat(Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}x]`))
  .join('\n');

// Real Git and a real backend, on a machine that may be busy.
jest.setTimeout(40_000);

describe('TenantEntityProvider', () => {
  let gitHost: GitHost;
  let mutations: Entity[][];
  let connect: (lastGood?: Entity[]) => Promise<TenantEntityProvider>;
  let log: { warn: jest.Mock; info: jest.Mock };

  beforeEach(async () => {
    gitHost = await startGitHost();
    mutations = [];
    log = { warn: jest.fn(), info: jest.fn() };
    connect = async (lastGood = []) => {
      const config = mockServices.rootConfig({
        data: {
          integrations: {
            github: [
              {
                host: gitHost.host,
                apiBaseUrl: `http://${gitHost.host}/api/v3`,
                token: 'token',
              },
            ],
          },
          tenantReleases: { gitops: { repository: `http://${gitHost.host}/acme/platform` } },
        },
      });
      const logger = mockServices.logger.mock(log);
      const provider = new TenantEntityProvider({
        urlReader: withDeadline(UrlReaders.default({ config, logger }), 1000),
        gitops: readGitopsConfig(config),
        service: 'demo-api',
        logger,
        repeat: async () => {},
        loadLastGood: async () =>
          new Map(lastGood.map(entity => [entity.metadata.name, entity as never])),
      });
      await provider.connect({
        applyMutation: async mutation => {
          if (mutation.type !== 'full') throw new Error('expected a full mutation');
          mutations.push(mutation.entities.map(({ entity }) => entity));
        },
        refresh: async () => {},
      });
      return provider;
    };
  });

  afterEach(() => gitHost.close());

  const latest = () =>
    Object.fromEntries((mutations.at(-1) ?? []).map(entity => [entity.metadata.name, entity]));
  const errorOf = (name: string) => latest()[name]?.metadata.annotations?.[fileError];

  it('makes a Resource of each tenant file', async () => {
    await gitHost.commit({
      [pathOf('tenant-a')]: tenantFileText('tenant-a'),
      [pathOf('tenant-b')]: tenantFileText('tenant-b', { displayName: '"Glo: #bex"' }),
      'gitops/tenants/README.md': 'not a tenant',
      'charts/tenant/values.yaml': 'a: 1',
    });
    const provider = await connect();
    await provider.refresh();
    const url = `http://${gitHost.host}/acme/platform/blob/main/gitops/tenants/tenant-a-values.yaml`;
    expect(Object.keys(latest())).toEqual(['tenant-a', 'tenant-b']);
    expect(latest()['tenant-b'].metadata.title).toBe('Glo: #bex');
    expect(latest()['tenant-a']).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: 'tenant-a',
        title: 'Acme Corp',
        description: 'Tenant of the standard tier in ring 1, runs demo-api',
        labels: { 'tenant-releases.io/tier': 'standard', 'tenant-releases.io/ring': '1' },
        tags: ['standard', 'ring-1'],
        annotations: {
          'backstage.io/managed-by-location': `url:${url}`,
          'backstage.io/managed-by-origin-location': `url:${url}`,
          'tenant-releases.io/tenant': 'tenant-a',
          'tenant-releases.io/services': 'demo-api',
          'argocd/app-name': 'tenant-a',
          'backstage.io/kubernetes-id': 'demo-api',
          'backstage.io/kubernetes-namespace': 'tenant-a',
          'backstage.io/kubernetes-label-selector': 'tenant-releases.io/tenant=tenant-a',
        },
        links: [{ url: 'mailto:platform@example.com', title: 'Contact', icon: 'email' }],
      },
      spec: { type: 'tenant', owner: 'group:default/tenant-a-owners' },
    });
  });

  it('asks for one thing and changes nothing while the branch stands still', async () => {
    await gitHost.commit({ [pathOf('tenant-a')]: tenantFileText('tenant-a') });
    const provider = await connect();
    await provider.refresh();
    gitHost.requests.length = 0;
    await provider.refresh();
    expect(mutations).toHaveLength(1);
    expect(gitHost.requests).toEqual([
      '/api/v3/repos/acme/platform/commits/main/status?per_page=0',
    ]);
  });

  it('follows changes and removals', async () => {
    await gitHost.commit({
      [pathOf('tenant-a')]: tenantFileText('tenant-a'),
      [pathOf('tenant-b')]: tenantFileText('tenant-b'),
    });
    const provider = await connect();
    await provider.refresh();
    await gitHost.commit({
      [pathOf('tenant-a')]: tenantFileText('tenant-a', { tier: 'premium' }),
      [pathOf('tenant-b')]: undefined,
    });
    await provider.refresh();
    expect(Object.keys(latest())).toEqual(['tenant-a']);
    expect(latest()['tenant-a'].metadata.tags).toEqual(['premium', 'ring-1']);
  });

  it.each<[string, string | Buffer | { linkTo: string }, RegExp]>([
    ['is not YAML', 'tenant: {', /^line 1: /],
    ['is no mapping', '- 1', /^file: /],
    ['is empty', '', /^file: is empty or a symbolic link/],
    ['is a symbolic link', { linkTo: '../../secret' }, /^file: is empty or a symbolic link/],
    [
      'has 5 MB',
      `# ${'x'.repeat(5_000_000)}`,
      /^file: is larger than 64 KiB: remove what does not belong here, or raise/,
    ],
    ['is UTF-16', Buffer.from([0xff, 0xfe, 0x00]), /^file: is UTF-16: save it as UTF-8/],
    [
      'is Latin-1',
      Buffer.from('# M\u00fcller\n', 'latin1'),
      /^file: is not UTF-8: save it as UTF-8$/,
    ],
    ['holds a NUL byte', Buffer.from('a\0'), /^file: holds a NUL byte: it is no text: put/],
    ['is blank', Buffer.from(' \n'), /^file: is empty: write what belongs here/],
    ['is nested without end', '['.repeat(60_000), /^(file|line 1): /],
    ['is an alias bomb', bomb, /^line \d+: .*is an alias with which the file grows/],
    ['says another name', tenantFileText('tenant-b'), /^line 2: tenant\.name: is "tenant-b", but/],
    [
      'has two mistakes',
      tenantFileText('tenant-a', { tier: 'gold', ring: '10' }),
      /^line 5: tenant\.tier: .*; line 6: tenant\.ring: /,
    ],
    [
      'has a number for a tag',
      tenantFileText('tenant-a').replace('sha-1a2b3c4', '1.10'),
      /^line 10: image\.tag: is 1\.10, which YAML takes for a number \(1\.1\): put it in quotes$/,
    ],
    [
      'is encrypted with its version',
      tenantFileText('tenant-a').replace(
        'sha-1a2b3c4',
        'ENC[AES256_GCM,data:abc=,iv:xyz=,tag:uvw==,type:str]',
      ),
      /^line 10: image\.tag: is encrypted with sops; leave image\.tag in clear \(encrypted_regex\): [^=]*$/,
    ],
    ['holds two documents', `${tenantFileText('tenant-a')}---\na: 1\n`, /more than one document/],
    [
      'says latest',
      tenantFileText('tenant-a').replace('sha-1a2b3c4', 'latest'),
      /^line 10: image\.tag: /,
    ],
  ])('keeps the last good entity of a file that %s, with the error', async (_, content, error) => {
    const good = tenantFileText('tenant-a', { displayName: 'Known before' });
    await gitHost.commit({
      [pathOf('tenant-a')]: good,
      [pathOf('other')]: tenantFileText('other'),
    });
    const provider = await connect();
    await provider.refresh();
    await gitHost.commit({ [pathOf('tenant-a')]: content });
    await provider.refresh();
    expect(errorOf('tenant-a')).toMatch(error);
    expect(latest()['tenant-a'].metadata.title).toBe('Known before');
    expect(errorOf('other')).toBeUndefined();

    await gitHost.commit({ [pathOf('tenant-a')]: good });
    await provider.refresh();
    expect(errorOf('tenant-a')).toBeUndefined();
  });

  it('stands in for files that could never be read, each with its own error', async () => {
    await gitHost.commit({
      [pathOf('tenant-a')]: 'tenant: 1',
      [pathOf('kube-system')]: tenantFileText('kube-system'),
      [pathOf('Odd name 😀')]: tenantFileText('odd'),
      [pathOf('good')]: tenantFileText('good'),
    });
    await (await connect()).refresh();
    const entities = Object.values(latest());
    expect(entities).toHaveLength(4);
    expect(errorOf('good')).toBeUndefined();
    expect(latest()['tenant-a']).toMatchObject({
      metadata: { annotations: { [fileError]: expect.stringMatching(/^line 1: tenant: /) } },
      spec: { type: 'tenant', owner: 'group:default/platform' },
    });
    const odd = entities.filter(({ metadata }) => metadata.name.startsWith('unreadable-'));
    expect(odd.map(({ metadata }) => metadata.annotations?.[fileError])).toEqual([
      expect.stringMatching(/^the file's name: must start with a lower-case letter/),
      expect.stringMatching(/^the file's name: "kube-system" is reserved/),
    ]);
    for (const { metadata } of odd) {
      expect(metadata.name).toMatch(/^[a-zA-Z0-9][-a-zA-Z0-9]{0,61}[a-zA-Z0-9]$/);
      expect(metadata.annotations).not.toHaveProperty('tenant-releases.io/tenant');
    }
  });

  it('takes the last good entity from the catalog after a restart', async () => {
    await gitHost.commit({ [pathOf('tenant-a')]: tenantFileText('tenant-a') });
    await (await connect()).refresh();
    const known = mutations[0];
    await gitHost.commit({ [pathOf('tenant-a')]: 'broken' });
    await (await connect(known)).refresh();
    expect(latest()['tenant-a'].metadata.title).toBe('Acme Corp');
    expect(errorOf('tenant-a')).toMatch(/^file: /);
  });

  it.each<[string, (gitHost: GitHost) => void]>([
    [
      '500',
      host =>
        host.failWith((_, response) => {
          response.statusCode = 500;
          response.end();
        }),
    ],
    ['HTML instead of JSON', host => host.failWith((_, response) => response.end('<html>'))],
    ['a hang', host => host.failWith(() => {})],
    ['a broken connection', host => host.failWith(request => request.socket.destroy())],
  ])('removes nothing during an outage (%s) and goes on afterwards', async (_, fail) => {
    await gitHost.commit({ [pathOf('tenant-a')]: tenantFileText('tenant-a') });
    const provider = await connect();
    await provider.refresh();
    await gitHost.commit({ [pathOf('tenant-b')]: tenantFileText('tenant-b') });
    fail(gitHost);
    await provider.refresh();
    await provider.refresh();
    expect(mutations).toHaveLength(1);
    expect(log.warn).toHaveBeenCalledTimes(1);
    gitHost.failWith(undefined);
    await provider.refresh();
    expect(Object.keys(latest())).toEqual(['tenant-a', 'tenant-b']);
  });

  it('removes nothing when the archive is cut off or the branch holds no tenant file', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        pathOf(`t${index}`),
        `${tenantFileText(`t${index}`)}# ${Math.random()}\n`,
      ]),
    );
    await gitHost.commit(files);
    const provider = await connect();
    await provider.refresh();
    expect(mutations).toHaveLength(1);
    const sha = await gitHost.commit({ 'gitops/tenants/x.md': 'x' });
    gitHost.failWith((request, response) => {
      if (request.url?.includes('/status')) {
        response.end(
          JSON.stringify({
            sha,
            repository: { archive_url: `http://${gitHost.host}/{archive_format}{/ref}` },
          }),
        );
      } else {
        response.end(gitHost.lastArchive().subarray(0, 1500));
      }
    });
    await provider.refresh();
    expect(mutations).toHaveLength(1);
    expect(log.warn).toHaveBeenCalledTimes(1);

    gitHost.failWith(undefined);
    await gitHost.commit(Object.fromEntries(Object.keys(files).map(name => [name, undefined])));
    await provider.refresh();
    expect(mutations).toHaveLength(1);
    expect(log.warn).toHaveBeenLastCalledWith(expect.stringContaining('There is no file like'));
  });
});
