import { eventually } from './__testUtils__/eventually';
import { exampleAddress, LayoutPortal } from './__testUtils__/startLayoutPortal';

jest.setTimeout(60_000);

const values = (tag: string) => `image: { repository: acme/api, tag: "${tag}" }\n`;

/** Applications that render a folder of many tenants by a plugin, so that only what they are called tells whose they are. */
describe('Applications that a layout names', () => {
  let portal: LayoutPortal;
  let revision: string;

  beforeEach(async () => {
    portal = await new LayoutPortal().open();
    revision = portal.remote.commit({
      'eu/Acme/api.yaml': values('1.0.0'),
      'eu/Acme/web.yaml': values('2.0.0'),
      'eu/bravo/api.yaml': values('3.0.0'),
    });
  });
  afterEach(() => portal.stop());

  function deploy(name: string, labels: Record<string, string>, path = 'eu') {
    portal.upstreams.argocd.set(name, {
      revision,
      namespace: 'pool',
      project: 'customers',
      labels,
      spec: {
        project: 'customers',
        source: { repoURL: exampleAddress, path, targetRevision: 'main', plugin: { name: 'x' } },
        destination: { name: 'in-cluster', namespace: 'pool' },
      },
    });
  }

  const found = async () =>
    ((await portal.get('/releases')).items ?? []).map(
      ({ tenant, service, synced, namespace, links }: any) =>
        [`${tenant}/${service}`, synced?.version, namespace, links.argocd?.split('/').at(-1)]
          .filter(Boolean)
          .join(' '),
    );
  const start = (applications: { name?: string; labelSelector?: string }) =>
    portal.start([{ path: 'eu/{tenant}/{service}.yaml', applications }]);

  it('are found by their labels, also those that come later', async () => {
    deploy('a-1', { customer: 'Acme', app: 'api' });
    deploy('a-2', { customer: 'bravo', app: 'api' });
    deploy('a-3', { customer: 'Acme', app: 'tool' });
    await start({ labelSelector: 'customer={tenant},app={service}' });
    const first = ['acme/api 1.0.0 pool a-1', 'acme/web', 'bravo/api 3.0.0 pool a-2'];
    expect(await eventually(found, first)).toEqual(first);
    deploy('a-4', { customer: 'Acme', app: 'web' });
    const all = [first[0], 'acme/web 2.0.0 pool a-4', first[2]];
    expect(await eventually(found, all)).toEqual(all);
    deploy('a-4', { customer: 'bravo', app: 'web' });
    expect(await eventually(found, first)).toEqual(first);
  });

  it('are found by their names, and not counted when they render something else', async () => {
    deploy('prod-Acme-api', {});
    deploy('prod-Acme-web', {}, 'us');
    deploy('prod-api', {});
    await start({ name: 'prod-{tenant}-{service}' });
    const rows = ['acme/api 1.0.0 pool prod-Acme-api', 'acme/web', 'bravo/api'];
    expect(await eventually(found, rows)).toEqual(rows);
    const { items } = await portal.get('/sources');
    expect(JSON.stringify(items)).toContain(
      'Not counted for acme/web: it does not render what the repository says.',
    );
  });

  it('are told to be ambiguous when two have the labels', async () => {
    deploy('a-1', { customer: 'bravo' });
    deploy('a-2', { customer: 'bravo' });
    await start({ labelSelector: 'customer={tenant}' });
    const codes = async () =>
      ((await portal.get('/releases/bravo/api')).reasons ?? []).map(({ code }: any) => code);
    const isTold = async () => (await codes()).includes('APPLICATION_AMBIGUOUS');
    await eventually(isTold, true);
    expect(await codes()).toContain('APPLICATION_AMBIGUOUS');
  });

  it.each([
    [{ labelSelector: 'app={application}' }, 'applications.labelSelector'],
    [{ labelSelector: 'app in (a)' }, 'applications.labelSelector'],
    [{ name: '{team}-api' }, 'applications.name'],
  ])('refuses to start with %j, and names the setting', async (applications, key) => {
    await expect(start(applications)).rejects.toThrow(`tenantReleases.gitops.layouts[0].${key}`);
  });
});
