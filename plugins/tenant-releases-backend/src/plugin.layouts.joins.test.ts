import { eventually } from './__testUtils__/eventually';
import { treePod } from './__testUtils__/objects';
import { exampleAddress, LayoutPortal } from './__testUtils__/startLayoutPortal';

jest.setTimeout(60_000);

const chart = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 0.1.0\n',
  'chart/templates/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: api }\nspec: { containers: [{ name: api, image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}" }] }\n',
};
const values = (tag: string) => `image: { repository: acme/api, tag: "${tag}" }\n`;
const layouts = [{ path: 'tenants/{tenant}.yaml' }];
const instance = 'app.kubernetes.io/instance';

/** Releases, Applications and pods of repositories that nobody has made for the portal. */
describe('what layouts find in Argo CD and in the cluster', () => {
  let portal: LayoutPortal;
  let revision: string;

  beforeEach(async () => {
    portal = await new LayoutPortal().open();
  });
  afterEach(() => portal.stop());

  function commit(files: Record<string, string>) {
    revision = portal.remote.commit({ ...chart, ...files });
  }

  function deploy(name: string, file: string, namespace: string, more: object = {}) {
    portal.upstreams.argocd.set(name, {
      revision,
      namespace,
      project: 'customers',
      spec: {
        project: 'customers',
        source: {
          repoURL: exampleAddress,
          path: 'chart',
          targetRevision: 'main',
          helm: { valueFiles: [`/${file}`] },
        },
        destination: { name: 'in-cluster', namespace },
      },
      ...more,
    });
  }

  function run(name: string, namespace: string, image: string, labels: Record<string, string>) {
    const containers = [{ name: 'main', image }];
    portal.upstreams.kubernetes.set(name, {
      tenant: '',
      version: '',
      namespace,
      labels,
      containers,
    });
  }

  const release = (place: string) => portal.get(`/releases/${place}`);
  const running = async (place: string) =>
    ((await release(place)).running ?? []).map(
      ({ version, pods }: { version: string; pods: number }) => `${version} x${pods}`,
    );

  it('finds an Application that is called otherwise by its file, and pods by its name', async () => {
    commit({ 'tenants/acme.yaml': values('1.0.0') });
    deploy('prod-eu-acme', 'tenants/acme.yaml', 'acme-prod');
    run('api-1', 'acme-prod', 'ghcr.io/acme/api:1.0.0', { [instance]: 'prod-eu-acme' });
    run('api-2', 'acme-prod', 'ghcr.io/acme/api:1.0.0', { [instance]: 'prod-eu-acme' });
    run('other', 'acme-prod', 'ghcr.io/acme/api:0.9.0', { [instance]: 'other' });
    run('away', 'elsewhere', 'ghcr.io/acme/api:0.8.0', { [instance]: 'prod-eu-acme' });
    await portal.start(layouts);
    expect(await eventually(() => running('acme/api'), ['1.0.0 x2'])).toEqual(['1.0.0 x2']);
    expect(await release('acme/api')).toMatchObject({ state: 'in-sync', namespace: 'acme-prod' });
    run('api-3', 'acme-prod', 'ghcr.io/acme/api:1.0.0', { [instance]: 'prod-eu-acme' });
    expect(await eventually(() => running('acme/api'), ['1.0.0 x3'])).toEqual(['1.0.0 x3']);
  });

  it('takes the labels that a layout names', async () => {
    commit({ 'tenants/Acme.yaml': values('1.0.0'), 'tenants/bravo.yaml': values('1.0.0') });
    deploy('one', 'tenants/Acme.yaml', 'pool');
    deploy('two', 'tenants/bravo.yaml', 'pool');
    run('a', 'pool', 'acme/api:1.0.0', { customer: 'Acme', app: 'api' });
    run('b', 'pool', 'acme/api:0.9.0', { customer: 'bravo', app: 'api' });
    run('c', 'pool', 'acme/api:0.8.0', { customer: 'bravo', app: 'tool' });
    const pods = { labelSelector: 'customer={tenant},app={service}' };
    await portal.start([{ ...layouts[0], pods }]);
    expect(await eventually(() => running('acme/api'), ['1.0.0 x1'])).toEqual(['1.0.0 x1']);
    expect(await running('bravo/api')).toEqual(['0.9.0 x1']);
    expect((await release('bravo/api')).state).toBe('drifted');
  });

  it('takes pods without such labels from Argo CD’s tree, also in a namespace of many tenants', async () => {
    commit({ 'tenants/acme.yaml': values('1.0.0'), 'tenants/bravo.yaml': values('2.0.0') });
    const tree = (version: string) => ({ tree: { nodes: [treePod(`acme/api:${version}`)] } });
    deploy('acme', 'tenants/acme.yaml', 'pool', tree('1.0.0'));
    deploy('bravo', 'tenants/bravo.yaml', 'pool', tree('2.0.0'));
    run('x', 'pool', 'acme/api:1.0.0', { app: 'api' });
    await portal.start(layouts);
    expect(await eventually(() => running('acme/api'), ['1.0.0 x1'])).toEqual(['1.0.0 x1']);
    expect(await eventually(() => running('bravo/api'), ['2.0.0 x1'])).toEqual(['2.0.0 x1']);
  });

  it('tells the services of one Application apart by their images', async () => {
    const two =
      'images:\n  api: { repository: acme/api, tag: "1.0.0" }\n  web: { repository: acme/web, tag: "7" }\n';
    commit({ 'tenants/acme.yaml': two });
    deploy('acme', 'tenants/acme.yaml', 'acme');
    run('api', 'acme', 'acme/api:1.0.0', { [instance]: 'acme' });
    run('web', 'acme', 'acme/web:6', { [instance]: 'acme' });
    const versions = [{ locator: 'yaml:images.{service}.tag' }];
    await portal.start([{ ...layouts[0], versions }]);
    expect(await eventually(() => running('acme/api'), ['1.0.0 x1'])).toEqual(['1.0.0 x1']);
    expect(await running('acme/web')).toEqual(['6 x1']);
  });

  it('measures a tenant by its own namespace, and by none that others share', async () => {
    const tenants = ['acme', 'bravo', 'cora'].map(name => `tenants/${name}.yaml`);
    commit(Object.fromEntries(tenants.map(file => [file, values('1.0.0')])));
    deploy('one', tenants[0], 'acme-prod');
    deploy('two', tenants[1], 'pool');
    deploy('three', tenants[2], 'pool');
    await portal.start(layouts);
    const places = async () =>
      ((await portal.get('/releases')).items ?? []).map((item: any) => item.namespace);
    const wanted = ['acme-prod', 'pool', 'pool'];
    expect(await eventually(places, wanted)).toEqual(wanted);
    const asked = () => portal.upstreams.loki.requests.map(decodeURIComponent).join('\n');
    await eventually(async () => {
      await portal.get('/releases/acme/api/logs');
      return asked().includes('namespace="acme-prod"');
    }, true);
    expect(asked()).toContain('namespace="acme-prod"');
    expect(await portal.get('/releases/bravo/api/panels')).toEqual({ items: [] });
    const { error } = await portal.get('/releases/bravo/api/logs');
    expect(error.message).toMatch(/^Logs are told apart by namespaces/);
    expect(asked()).not.toMatch(/namespace="(pool|bravo|acme)"/);
  });

  it('does not count an Application that goes elsewhere than the repository says', async () => {
    commit({
      'tenants/acme.yaml': values('1.0.0'),
      'apps/acme.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: acme-api }
spec:
  project: customers
  source: { repoURL: ${exampleAddress}, path: chart, targetRevision: main, helm: { valueFiles: [/tenants/acme.yaml] } }
  destination: { name: in-cluster, namespace: acme }
`,
    });
    deploy('acme-api', 'tenants/acme.yaml', 'bravo');
    await portal.start(layouts);
    const code = async () => (await release('acme/api')).reasons?.[0].code;
    expect(await eventually(code, 'APPLICATION_MISMATCH')).toBe('APPLICATION_MISMATCH');
    const { items } = await portal.get('/sources');
    expect(JSON.stringify(items)).toContain(
      'Not counted for acme/api: it deploys to another namespace than the repository says.',
    );
    deploy('acme-api', 'tenants/acme.yaml', 'acme');
    expect(await eventually(async () => (await release('acme/api')).namespace, 'acme')).toBe(
      'acme',
    );
    const link = async () => (await release('acme/api')).links.argocd?.split('/').at(-1);
    expect(await eventually(link, 'acme-api')).toBe('acme-api');
    deploy('acme-copy', 'tenants/acme.yaml', 'acme');
    expect(await eventually(link, 'acme-api')).toBe('acme-api');
  });

  it('knows of no Application, namespace or pods where there are none', async () => {
    commit({ 'tenants/acme.yaml': values('1.0.0') });
    deploy('acme', 'tenants/other.yaml', 'acme');
    run('api', 'acme', 'acme/api:0.9.0', { [instance]: 'acme' });
    await portal.start(layouts);
    expect(await eventually(() => portal.rows(), ['acme/api 1.0.0'])).toEqual(['acme/api 1.0.0']);
    expect(await release('acme/api')).toMatchObject({ namespace: '', running: [], owner: '' });
  });

  it('does not hold pods against the version of a chart', async () => {
    commit({
      'apps/acme.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: acme }
spec:
  project: customers
  source: { repoURL: https://charts.example.com, chart: shop, targetRevision: 4.1.0 }
  destination: { name: in-cluster, namespace: acme }
`,
    });
    portal.upstreams.argocd.set('acme', {
      revision: '4.1.0',
      spec: {
        project: 'customers',
        source: { repoURL: 'https://charts.example.com', chart: 'shop', targetRevision: '4.1.0' },
        destination: { name: 'in-cluster', namespace: 'acme' },
      },
    });
    run('shop', 'acme', 'ghcr.io/shop/shop:v9', { [instance]: 'acme' });
    await portal.start([{ path: 'apps/{tenant}.yaml' }]);
    expect(await eventually(() => portal.rows(), ['acme/shop 4.1.0'])).toEqual(['acme/shop 4.1.0']);
    const state = async () => (await release('acme/shop')).state;
    expect(await eventually(state, 'in-sync')).toBe('in-sync');
  });

  it('tells one tenant nothing of another whose version stands in the same file', async () => {
    const set = (acme: string, bravo: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all }
spec:
  goTemplate: true
  generators:
    - list:
        elements:
          - { tenant: acme, tag: "${acme}" }
          - { tenant: bravo, tag: "${bravo}" }
  template:
    metadata: { name: '{{.tenant}}' }
    spec:
      project: customers
      source:
        repoURL: ${exampleAddress}
        path: chart
        targetRevision: main
        helm: { valuesObject: { image: { repository: acme/api, tag: '{{.tag}}' } } }
      destination: { name: in-cluster, namespace: '{{.tenant}}' }
`;
    commit({ 'set.yaml': set('1.0.0', '2.0.0') });
    portal.remote.commit({ 'set.yaml': set('1.0.0', '2.1.0') }, { message: 'bravo to 2.1.0' });
    const last = portal.remote.commit({ 'set.yaml': set('1.1.0', '2.1.0') }, { message: 'acme' });
    await portal.start([{ application: '{tenant}' }]);
    const rows = ['acme/api 1.1.0', 'bravo/api 2.1.0'];
    expect(await eventually(() => portal.rows(), rows)).toEqual(rows);
    const versions = async () =>
      ((await portal.get('/releases/acme/api/history')).items ?? []).map(
        (item: any) => item.version,
      );
    expect(await eventually(versions, ['1.1.0', '1.0.0'])).toEqual(['1.1.0', '1.0.0']);
    const diff = await portal.get(`/releases/acme/api/diff?from=${revision}&to=${last}`);
    expect(JSON.stringify(diff)).toContain('1.1.0');
    expect(JSON.stringify(diff)).not.toContain('bravo');
  });
});
