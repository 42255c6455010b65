import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readPluginConfig } from './readPluginConfig';

const gitops = { repository: 'https://git.example.com/acme/platform' };
const argocd = (...instances: object[]) => ({
  appLocatorMethods: [{ type: 'config', instances }],
});
const kubernetes = (...clusters: object[]) => ({
  clusterLocatorMethods: [{ type: 'config', clusters }],
});
const instance = { name: 'main', url: 'https://argocd.example.com/', token: 'argo-secret' };
const cluster = {
  name: 'one',
  url: 'https://kube.example.com',
  serviceAccountToken: 'kube-secret',
};

const read = (more: object = {}, tenantReleases: object = {}) =>
  readPluginConfig(
    new ConfigReader({ tenantReleases: { gitops, ...tenantReleases }, ...more } as JsonObject),
  );

describe('readPluginConfig', () => {
  it('reads everything', () => {
    const config = read(
      {
        argocd: argocd(instance, {
          ...instance,
          name: 'two',
          frontendUrl: 'https://argocd.acme.com',
        }),
        kubernetes: kubernetes({ ...cluster, caData: Buffer.from('PEM').toString('base64') }),
      },
      {
        service: 'shop',
        telemetry: [
          {
            cluster: 'one',
            prometheus: { url: 'http://p:9090/', headers: { 'X-Key': 'k' } },
            loki: { url: 'http://l:3100', orgId: '{tenant}' },
          },
        ],
        grafana: { url: 'https://grafana.example.com/' },
      },
    );
    expect(config).toMatchObject({
      service: 'shop',
      argocd: [
        {
          name: 'main',
          url: 'https://argocd.example.com',
          frontendUrl: 'https://argocd.example.com',
          token: 'argo-secret',
        },
        { name: 'two', frontendUrl: 'https://argocd.acme.com' },
      ],
      kubernetes: [{ name: 'one', token: 'kube-secret', ca: 'PEM', skipTlsVerify: false }],
      telemetry: [
        { kind: 'prometheus', cluster: 'one', url: 'http://p:9090', headers: { 'X-Key': 'k' } },
        { kind: 'loki', cluster: 'one', url: 'http://l:3100', orgId: '{tenant}' },
      ],
      grafana: { url: 'https://grafana.example.com', dashboard: 'tenant-release' },
      problems: [],
      warnings: [],
    });
  });

  it('does without every optional part, and says which', () => {
    const { problems, ...config } = read();
    expect(config).toMatchObject({
      service: 'demo-api',
      argocd: [],
      kubernetes: [],
      telemetry: [],
    });
    expect(config.grafana).toBeUndefined();
    expect(problems.map(({ source }) => source.id)).toEqual([
      'argocd',
      'kubernetes',
      'prometheus',
      'loki',
    ]);
    expect(problems[0].message).toMatch(/^argocd\.appLocatorMethods: no instance .* add one/);
  });

  it.each([
    [
      'a service that is no name',
      {},
      { service: 'a b' },
      /tenantReleases\.service "a b" .* set it/,
    ],
    ['no repository', {}, { gitops: {} }, /tenantReleases\.gitops\.repository is missing; set it/],
  ])('does not start with %s', (_, more, settings, message) => {
    expect(() => read(more, settings)).toThrow(message);
  });

  const at = 'argocd.appLocatorMethods[0].instances';
  const wrongInstances: Array<[string, object[], string, string]> = [
    [
      'no token',
      [{ ...instance, token: undefined }],
      'argocd:main',
      `${at}[0].token is missing; set it`,
    ],
    [
      'a user alone',
      [{ ...instance, token: undefined, username: 'reader' }],
      'argocd:main',
      `${at}[0].password is missing; set it beside username`,
    ],
    [
      'a password alone',
      [{ ...instance, token: undefined, password: 'argo-secret' }],
      'argocd:main',
      `${at}[0].username is missing; set it beside password`,
    ],
    ['no name', [{ ...instance, name: '' }], 'argocd:', `${at}[0].name is missing; give`],
    ['no URL', [{ ...instance, url: undefined }], 'argocd:main', `${at}[0].url is missing; set it`],
    [
      'a bad URL',
      [{ ...instance, url: 'argo' }],
      'argocd:main',
      `${at}[0].url is not a URL; write`,
    ],
    [
      'a file',
      [{ ...instance, url: 'file:///x' }],
      'argocd:main',
      `${at}[0].url must start with http`,
    ],
    [
      'credentials in the URL',
      [{ ...instance, url: 'https://me:pass@argo' }],
      'argocd:main',
      `${at}[0].url holds credentials; take them out`,
    ],
    [
      'a bad address for people',
      [{ ...instance, frontendUrl: 'ftp://x' }],
      'argocd:main',
      `${at}[0].frontendUrl must start with http`,
    ],
    [
      'wrong types',
      [{ ...instance, url: 17 }],
      'argocd:main',
      `${at}[0].url has the wrong type: expected string, received number; correct it`,
    ],
    ['no keys', [['argo-secret']], 'argocd:0', `${at}[0] has the wrong type: expected object`],
    ['a name twice', [instance, instance], 'argocd:main', `${at}[1].name "main" is used twice`],
  ];

  it.each(wrongInstances)('leaves out an Argo CD with %s', (_, instances, id, message) => {
    const { problems } = read({ argocd: argocd(...instances) });
    const [problem] = problems.filter(({ source }) => source.kind === 'argocd');
    expect(problem.source.id).toBe(id);
    expect(problem.message.slice(0, message.length)).toBe(message);
    expect(JSON.stringify(problems)).not.toMatch(/argo-secret|:pass/);
  });

  it.each([
    ['its own', { username: 'own', password: 'p' }, { username: 'common', password: 'c' }, 'own'],
    ['the common ones', {}, { username: 'common', password: 'c' }, 'common'],
  ])('takes user and password of an Argo CD: %s', (_, own, common, username) => {
    const { token: __, ...bare } = instance;
    const config = read({ argocd: { ...common, ...argocd({ ...bare, ...own }, instance) } });
    expect(config.argocd[0]).toMatchObject({ login: { username } });
    expect(config.argocd[0]).not.toHaveProperty('token');
  });

  it('takes the token of an Argo CD before user and password', () => {
    const config = read({ argocd: { username: 'u', password: 'p', ...argocd(instance) } });
    expect(config.argocd[0]).toMatchObject({ token: 'argo-secret' });
    expect(config.argocd[0]).not.toHaveProperty('login');
  });

  it('keeps the instances that can be used', () => {
    const config = read({ argocd: argocd({ name: 'broken' }, { token: [1] }, instance) });
    expect(config.argocd.map(({ name }) => name)).toEqual(['main']);
  });

  const clusters = 'kubernetes.clusterLocatorMethods[0].clusters';
  it.each([
    [
      'no token',
      { ...cluster, serviceAccountToken: '' },
      `${clusters}[0].serviceAccountToken is missing`,
    ],
    ['no URL', { ...cluster, url: undefined }, `${clusters}[0].url is missing`],
    ['no name', { ...cluster, name: undefined }, `${clusters}[0].name is missing`],
    ['wrong types', { ...cluster, skipTLSVerify: 'x' }, `${clusters}[0].skipTLSVerify has the`],
  ])('leaves out a cluster with %s', (_, wrong, message) => {
    const { problems, kubernetes: usable } = read({ kubernetes: kubernetes(wrong, cluster) });
    expect(usable).toHaveLength(1);
    const [problem] = problems.filter(({ source }) => source.kind === 'kubernetes');
    expect(problem.message.slice(0, message.length)).toBe(message);
    expect(problem.message).not.toContain('kube-secret');
  });

  it.each([
    [
      'a bad URL',
      [{ prometheus: { url: 'x' } }],
      'tenantReleases.telemetry[0].prometheus.url is not',
    ],
    ['no list', { prometheus: {} }, 'tenantReleases.telemetry'],
    [
      'a bad header',
      [{ prometheus: { url: 'http://p', headers: { 'a b': 'c' } } }],
      'tenantReleases.telemetry[0].prometheus.headers has names',
    ],
    ...(
      [
        [{ orgId: '{tennant}' }, 'orgId has an unknown placeholder; use {tenant} and {service}'],
        [{ orgId: 'a\r\nb: c' }, 'orgId has characters that no header may have'],
        [{ query: { query: 'up' } }, 'query.query is a parameter that the portal sends itself'],
        [{ query: { 'a&b': 'c' } }, 'query.a&b is not a parameter’s name'],
        [{ query: { namespace: '{namespace}' } }, 'query.namespace has an unknown placeholder'],
        [{ query: { a: ['b'] } }, 'query.a has the wrong type'],
        [{ labels: { namespace: 'a"b' } }, 'labels.namespace is not a label'],
        [{ labels: { service: '__name__' } }, 'labels.service is not a label'],
        [{ labels: { namespace: 'a', service: 'a' } }, 'labels names one label twice'],
        [{ labels: { tenant: 'a' } }, 'labels has the wrong type'],
        [
          { url: 'http://thanos?partial_response=false' },
          'url holds parameters, which would not be sent; set them under tenantReleases.telemetry[0].prometheus.query',
        ],
        [{ url: 'http://p#x' }, 'url holds more than an address; take out what begins with ? or #'],
        ...[0, 3601, 'often', ''].map(
          scrapeSeconds =>
            [
              { scrapeSeconds },
              'scrapeSeconds must be a number of seconds from 1 to 3600; leave it out for 60',
            ] as const,
        ),
        [{ scrapeSeconds: true }, 'scrapeSeconds has the wrong type'],
        [{ preset: 'micrometer' }, 'preset is not known; set it to one of prom-client, open'],
      ] as const
    ).map(([wrong, text]): [string, object[], string] => [
      JSON.stringify(wrong),
      [{ prometheus: { url: 'http://p', ...wrong } }],
      `tenantReleases.telemetry[0].prometheus.${text}`,
    ]),
    ['no keys', [{ prometheus: 'x' }], 'tenantReleases.telemetry[0].prometheus has the wrong type'],
  ])('leaves out a Prometheus with %s', (_, telemetry, message) => {
    const { problems, telemetry: usable } = read({}, { telemetry });
    expect(usable).toEqual([]);
    const [problem] = problems.filter(({ source }) => source.id === 'prometheus');
    expect(problem.message.slice(0, message.length)).toBe(message);
  });

  it('reads what tenancy proxies and other names need', () => {
    const settings = {
      url: 'http://p',
      orgId: 'org-{tenant}',
      query: { namespace: '{tenant}', dedup: true },
      labels: { namespace: 'exported_namespace' },
      preset: 'spring',
      scrapeSeconds: '30',
    };
    const { telemetry } = read({}, { telemetry: [{ prometheus: settings, loki: settings }] });
    const { preset, scrapeSeconds, ...shared } = {
      ...settings,
      query: { namespace: '{tenant}', dedup: 'true' },
    };
    const server = { ...shared, cluster: '*', headers: {} };
    expect(telemetry).toEqual([
      { kind: 'prometheus', preset, scrapeSeconds: Number(scrapeSeconds), ...server },
      { kind: 'loki', ...server },
    ]);
  });

  it('keeps a Loki beside a Prometheus that is wrong', () => {
    const { telemetry } = read(
      {},
      { telemetry: [{ prometheus: { url: 17 }, loki: { url: 'http://l' } }] },
    );
    expect(telemetry.map(({ kind }) => kind)).toEqual(['loki']);
  });

  it.each(['argocd', 'kubernetes'])('starts when %s is no block at all', part => {
    const { problems } = read({ [part]: 'text' });
    const [problem] = problems.filter(({ source }) => source.id === part);
    expect(problem.message).toMatch(/LocatorMethods cannot be read, because a key above it/);
  });

  it('does without Grafana when its address is wrong', () => {
    const config = read({}, { grafana: { url: 'nowhere' } });
    expect(config.grafana).toBeUndefined();
    expect(config.warnings).toEqual([
      'tenantReleases.grafana.url is not a URL; write it with http:// or https://',
    ]);
  });
});
