import { application, deployment, examined, testCheckout } from '../__testUtils__/releases';

const image = (name: string, tag: string) =>
  `image:\n  repository: ghcr.io/acme/${name}\n  tag: ${tag}\n`;

/** What real repositories look like, in small. */
const cases: Array<[string, Record<string, string>, object[], string[]]> = [
  [
    'overlays a tenant whose base is elsewhere',
    {
      'overlays/acme/kustomization.yaml':
        'resources: [../../base]\nimages:\n  - name: demo-api\n    newName: ghcr.io/acme/demo-api\n    newTag: 1.14.2\n',
      'overlays/bravo/kustomization.yaml':
        'resources: [../../base]\nimages:\n  - { name: demo-api, newTag: 1.0.0 }\n',
    },
    [{ preset: 'kustomize-overlays', path: 'overlays/{tenant}' }],
    [
      'acme/demo-api 1.14.2 overlays/acme/kustomization.yaml:5',
      'bravo/demo-api 1.0.0 overlays/bravo/kustomization.yaml:3',
    ],
  ],
  [
    'a values file a tenant, in which tenant is a text',
    { 'helm/values/acme-values.yaml': `tenant: acme\n${image('api', 'b435db2')}` },
    [{ path: 'helm/values/{tenant}-values.yaml' }],
    ['acme/api b435db2 helm/values/acme-values.yaml:4'],
  ],
  [
    'an image as one text',
    {
      'customers/acme/values.yaml':
        'app:\n  container:\n    image: registry.example.com:5000/shop/api:2.1.0\n',
    },
    [{ path: 'customers/{tenant}/values.yaml' }],
    ['acme/app 2.1.0 customers/acme/values.yaml:3'],
  ],
  [
    'flat files without an extension',
    {
      'image-tags/production/account-api': 'image_tag: v737\n',
      'image-tags/staging/account-api': 'image_tag: v741\n',
    },
    [{ path: 'image-tags/{environment}/{service}' }],
    [
      'production/account-api/production v737 image-tags/production/account-api:1',
      'staging/account-api/staging v741 image-tags/staging/account-api:1',
    ],
  ],
  [
    'an umbrella chart with an alias, a key with a dot and a shared tag',
    {
      'tenants/acme/Chart.yaml':
        'name: acme\ndependencies:\n  - { name: api, version: 3.2.1, repository: oci://x }\n  - { name: worker, alias: worker.v2, version: 3.2.1, repository: oci://x }\n',
      'tenants/acme/values.yaml':
        'global:\n  tag: 1.6.0\napi:\n  image:\n    tag: 1.8.0\nworker.v2:\n  image:\n    tag: 1.7.3\nweb:\n  enabled: true\n',
    },
    [{ path: 'tenants/{tenant}/Chart.yaml' }],
    [
      'acme/api 1.8.0 tenants/acme/values.yaml:5',
      'acme/worker.v2 1.7.3 tenants/acme/values.yaml:8',
      'acme/web 1.6.0 tenants/acme/values.yaml:2',
    ],
  ],
  [
    'a tenant in two environments',
    {
      'environments/production/acme.yaml': image('api', '1.8.4'),
      'environments/staging/acme.yaml': image('api', '1.9.0'),
    },
    [{ preset: 'environment-folders', path: 'environments/{environment}/{tenant}.yaml' }],
    [
      'acme/api/production 1.8.4 environments/production/acme.yaml:3',
      'acme/api/staging 1.9.0 environments/staging/acme.yaml:3',
    ],
  ],
  [
    'folders a cluster and tenant',
    {
      'clusters/eu-1/acme/values.yaml': image('api', 'a'),
      'clusters/us-1/bravo/values.yaml': image('api', 'b'),
    },
    [{ preset: 'cluster-tenant-folders', path: 'clusters/{cluster}/{tenant}/values.yaml' }],
    [
      'acme/api/eu-1 a clusters/eu-1/acme/values.yaml:3',
      'bravo/api/us-1 b clusters/us-1/bravo/values.yaml:3',
    ],
  ],
  [
    'values an environment beside a chart’s own',
    {
      'chart/Chart.yaml': 'name: shop\n',
      'chart/values.yaml': image('shop', '0.1.0'),
      'chart/values-prod.yaml': 'image:\n  tag: 1.0.0\n',
      'chart/values-example.yaml': 'image:\n  tag: 9.9.9\n',
      'chart/templates/a.yaml': 'image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"\n',
    },
    [{ path: 'chart/values-{environment}.yaml', exclude: ['chart/values-example.yaml'] }],
    ['prod/shop/prod 1.0.0 chart/values-prod.yaml:2'],
  ],
  [
    'services by environment, with a number in front that only sorts',
    {
      'apps/api/01-dev/kustomization.yaml': 'resources: [../base]\n',
      'apps/api/02-prod/kustomization.yaml':
        'resources: [../base]\nimages: [{ name: a/api, newTag: 1.0.0 }]\n',
      'apps/api/base/kustomization.yaml': 'resources: [a.yaml]\n',
      'apps/api/base/a.yaml': deployment('api', 'a/api:0.1.0'),
    },
    [{ path: 'apps/{service}/*-{environment}' }],
    [
      'dev/api/dev 0.1.0 apps/api/base/a.yaml:9',
      'prod/api/prod 1.0.0 apps/api/02-prod/kustomization.yaml:2',
    ],
  ],
  [
    'Applications that share everything but their name',
    {
      'plain/a.yaml': deployment('api', 'a/api:1'),
      'apps/all.yaml': [
        application('one-prod', '    path: plain'),
        application('two', '    path: plain'),
      ].join('---\n'),
    },
    [
      { application: 'one-{environment}', tenant: 'one' },
      { application: 'two', tenant: 'two' },
    ],
    ['one/api/prod 1 plain/a.yaml:9', 'two/api 1 plain/a.yaml:9'],
  ],
];

it.each(cases)('proposes layouts for %s', async (_, files, layouts, lines) => {
  const found = await examined(testCheckout(files));
  expect(found.layouts).toEqual(layouts);
  expect(found.lines).toEqual(lines);
  expect(found.unmatched).toEqual([]);
});

it('proposes our own layout where tenant files are ours, with tenants of any name', async () => {
  const file = (name: string) => `tenant:\n  name: ${name}\n${image('api', 'a')}`;
  const names = ['I00001', '4ever', 'acme.com', 'acme_eu', 'platform'];
  const files = names.map(name => [`gitops/tenants/${name}-values.yaml`, `\ufeff${file(name)}`]);
  const { layouts, releases } = await examined(testCheckout(Object.fromEntries(files)));
  expect(layouts).toEqual([{ preset: 'tenant-values' }]);
  expect(releases.map(({ tenant }) => tenant).sort()).toEqual([...names].sort());
});

it('leaves out no file whose version is refused', async () => {
  const { layouts, lines, unmatched } = await examined(
    testCheckout({
      'tenants/acme/values.yaml': image('api', '0o17'),
      'tenants/bravo/values.yaml': image('api', '"017"'),
    }),
  );
  expect(layouts).toEqual([{ preset: 'values-per-tenant', path: 'tenants/{tenant}/values.yaml' }]);
  expect(lines).toEqual(['bravo/api 017 tenants/bravo/values.yaml:3']);
  expect(unmatched).toEqual([
    expect.objectContaining({ reason: expect.stringContaining('put it in quotes') }),
  ]);
});

it.each([
  ['12:30', 'no version'],
  ['1.5 beta', 'no version'],
  ['ENC[AES256_GCM,data:x]', 'encrypted with sops'],
  ['"1.2.3@sha256:ABC"', 'no version'],
  ['*nowhere', 'no YAML that can be read'],
])('names a file with the tag %s, and leaves it to the layout', async (tag, reason) => {
  const { layouts, lines, unmatched } = await examined(
    testCheckout({
      'tenants/acme/values.yaml': image('api', tag),
      'tenants/bravo/values.yaml': image('api', '1.0.0'),
    }),
  );
  expect(layouts).toEqual([{ preset: 'values-per-tenant', path: 'tenants/{tenant}/values.yaml' }]);
  expect(lines).toEqual(['bravo/api 1.0.0 tenants/bravo/values.yaml:3']);
  expect(unmatched).toEqual([
    {
      kind: 'file',
      name: 'tenants/acme/values.yaml',
      reason: expect.stringContaining(reason),
    },
  ]);
});

it('takes the name of a tenant from what is left beside the environment', async () => {
  const files = Object.fromEntries(
    ['dev', 'prod'].flatMap(name => [
      [`envs/${name}/kustomization.yaml`, 'resources: [../../a.yaml]\n'],
      [
        `apps/${name}.yaml`,
        ['api', 'web']
          .map((one, index) =>
            application(
              `shop-${name}-${one}`,
              `    path: envs/${name}\n    kustomize: { images: ["a/api:${index}.0"] }`,
            ),
          )
          .join('---\n'),
      ],
    ]),
  );
  const { releases } = await examined(
    testCheckout({ ...files, 'a.yaml': deployment('api', 'a/api:1') }),
  );
  expect(releases.map(({ tenant, environment }) => `${tenant} ${environment}`).sort()).toEqual([
    'shop-api dev',
    'shop-api prod',
    'shop-web dev',
    'shop-web prod',
  ]);
});

it('names what is not supported, and proposes nothing for it', async () => {
  const { layouts, proposals } = await examined(
    testCheckout({
      'apps/a.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: {values: {image: {tag: 1.0.0}}}\n',
      'helmfile.yaml': 'releases: []\n',
    }),
  );
  expect(layouts).toEqual([]);
  expect(proposals.slice(0, 2)).toEqual([
    'Flux is not supported: apps/a.yaml',
    'helmfile is not supported: helmfile.yaml',
  ]);
});
