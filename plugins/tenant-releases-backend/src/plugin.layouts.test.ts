import { eventually } from './__testUtils__/eventually';
import {
  exampleAddress,
  exampleFiles,
  LayoutPortal,
  proposedLayouts,
} from './__testUtils__/startLayoutPortal';

jest.setTimeout(60_000);

interface LiveApplication {
  name: string;
  namespace: string;
  path: string;
  files?: string[];
}

/** Each repository of `examples/` as it is deployed, and its rows: release, version, Application, namespace. */
const examples: Array<{ name: string; live: LiveApplication[]; rows: string[] }> = [
  {
    name: 'tenant-values',
    live: ['acme', 'bravo'].map(tenant => ({
      name: tenant,
      namespace: tenant,
      path: 'charts/tenant',
      files: [`/gitops/tenants/${tenant}-values.yaml`],
    })),
    rows: ['acme/demo-api sha-1a2b3c4 acme acme', 'bravo/demo-api sha-0f0f0f0 bravo bravo'],
  },
  {
    name: 'kustomize-overlays',
    live: ['acme', 'bravo'].map(tenant => ({
      name: tenant,
      namespace: tenant,
      path: `overlays/${tenant}`,
    })),
    rows: [
      'acme/api 1.14.2 acme acme',
      'acme/web 20260114 acme acme',
      `bravo/api sha256:${'b'.repeat(64)} bravo bravo`,
      'bravo/web 2.0.1 bravo bravo',
    ],
  },
  {
    name: 'values-per-tenant',
    live: ['acme', 'bravo'].map(tenant => ({
      name: tenant,
      namespace: tenant,
      path: 'chart',
      files: [`../tenants/${tenant}/values.yaml`],
    })),
    rows: [
      'acme/inventory 20260626214519 acme acme',
      'acme/order 20260626214519 acme acme',
      'bravo/inventory 1.10 bravo bravo',
      'bravo/order 20260501090000 bravo bravo',
    ],
  },
  {
    name: 'tenant-service-folders',
    live: [
      ['acme', 'api'],
      ['acme', 'web'],
      ['bravo', 'api'],
    ].map(([tenant, service]) => ({
      name: `${tenant}-${service}`,
      namespace: tenant,
      path: 'charts/service',
      files: [`/tenants/${tenant}/${service}/values.yaml`],
    })),
    rows: [
      'acme/api 2.3.0 acme-api acme',
      'acme/web sha-7c6d5e4 acme-web acme',
      'bravo/api 2.2.9 bravo-api bravo',
    ],
  },
  {
    name: 'cluster-tenant-folders',
    live: [
      ['eu-1', 'acme'],
      ['eu-1', 'bravo'],
      ['us-1', 'acme'],
    ].map(([cluster, tenant]) => ({
      name: `${cluster}-${tenant}`,
      namespace: tenant,
      path: 'chart',
      files: [`/clusters/${cluster}/${tenant}/values.yaml`],
    })),
    rows: [
      'acme/app/eu-1 3.1.0 eu-1-acme acme',
      'acme/app/us-1 3.1.1 us-1-acme acme',
      'bravo/app/eu-1 3.0.4 eu-1-bravo bravo',
    ],
  },
  {
    name: 'environment-folders',
    live: [
      ['acme', 'production'],
      ['acme', 'staging'],
      ['bravo', 'staging'],
    ].map(([tenant, environment]) => ({
      name: `${tenant}-${environment}`,
      namespace: `${tenant}-${environment}`,
      path: 'chart',
      files: [`../environments/${environment}/${tenant}.yaml`],
    })),
    rows: [
      'acme/demo-api/production 1.8.4 acme-production acme-production',
      'acme/demo-api/staging 1.9.0 acme-staging acme-staging',
      'bravo/demo-api/staging 1.9.0 bravo-staging bravo-staging',
    ],
  },
  {
    name: 'chart-per-environment',
    live: ['dev', 'prod'].map(environment => ({
      name: `shop-${environment}`,
      namespace: `shop-${environment}`,
      path: `environments/${environment}`,
    })),
    rows: [
      'dev/api/dev 3.3.0 shop-dev shop-dev',
      'dev/worker-v2/dev 1.9.0-rc.1 shop-dev shop-dev',
      'prod/api/prod 3.2.1 shop-prod shop-prod',
      'prod/worker-v2/prod 1.8.0 shop-prod shop-prod',
    ],
  },
  {
    name: 'application-inline',
    live: ['acme', 'bravo'].map(tenant => ({
      name: `${tenant}-shop`,
      namespace: tenant,
      path: '',
    })),
    rows: [
      'acme/shop 1.10 acme-shop acme',
      'acme/shop-cache 4.1.0 acme-shop acme',
      'bravo/shop 1.9 bravo-shop bravo',
      'bravo/shop-cache 4.0.2 bravo-shop bravo',
    ],
  },
];

describe.each(examples)(
  'examples/$name, by the layouts that are proposed for it',
  ({ name, live, rows }) => {
    let portal: LayoutPortal;

    beforeAll(async () => {
      portal = await new LayoutPortal().open();
      const revision = portal.remote.commit(exampleFiles(name), {
        committer: 'GitHub',
        message: 'Begin (#7)',
      });
      for (const { name: application, namespace, path, files } of live) {
        portal.upstreams.argocd.set(application, {
          revision,
          namespace,
          spec: {
            project: 'default',
            source: {
              repoURL: path === '' ? 'https://charts.example.com' : exampleAddress,
              ...(path === '' ? { chart: 'shop' } : { path }),
              targetRevision: 'main',
              ...(files ? { helm: { valueFiles: files } } : {}),
            },
            destination: { name: 'in-cluster', namespace },
          },
        });
      }
      await portal.start(await proposedLayouts(name));
    });

    afterAll(() => portal.stop());

    it('has a row for each release, with its Application and namespace', async () => {
      const found = async () => {
        const { items = [] } = await portal.get('/releases?limit=1000');
        return items.map(({ tenant, service, environment, desired, links, namespace }: any) =>
          [
            [tenant, service, environment].filter(Boolean).join('/'),
            desired?.version,
            links.argocd?.split('/').at(-1),
            namespace,
          ].join(' '),
        );
      };
      expect(await eventually(found, rows)).toEqual(rows);
      expect((await portal.git()).leftOut ?? []).toEqual([]);
    });

    it('knows who set each version, and when', async () => {
      const [row] = rows;
      const [place] = row.split(' ');
      const [tenant, service, environment] = place.split('/');
      const query = environment ? `?environment=${environment}` : '';
      const pull = async () =>
        (await portal.get(`/releases/${tenant}/${service}${query}`)).desired?.pullRequest?.number;
      expect(await eventually(pull, 7)).toBe(7);
      const { items } = await portal.get(`/releases/${tenant}/${service}/history${query}`);
      expect(items).toMatchObject([{ author: 'Ada', kind: 'release', version: row.split(' ')[1] }]);
    });
  },
);
