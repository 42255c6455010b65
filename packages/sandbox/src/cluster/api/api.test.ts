import { KubernetesObject } from '../model/objects';
import { StatusBody } from '../model/statusError';
import { TestCluster } from '../testing/testCluster';

jest.setTimeout(20_000);

const cluster = new TestCluster();
beforeAll(async () => {
  await cluster.start();
  await cluster.createNamespace('shop');
  await cluster.deploy('shop', { image: 'none:1' }, { replicas: 0 });
});
afterAll(() => cluster.close());

const maps = '/api/v1/namespaces/shop/configmaps';
const deployment = '/apis/apps/v1/namespaces/shop/deployments/web';
const applications = '/apis/argoproj.io/v1alpha1/namespaces/shop/applications';
const createMap = (name: string, more: object = {}) =>
  cluster.send('POST', maps, { body: { metadata: { name }, data: { a: '1' }, ...more } });
const failure = async (method: string, target: string, options: object = {}) => {
  const { status, body } = await cluster.send<StatusBody>(method, target, options);
  return { status, code: body.code, reason: body.reason, message: body.message };
};

describe('access', () => {
  const reader = () => ({ token: cluster.settings.tokens.kubernetes });

  it.each(['/healthz', '/readyz', '/livez', '/version', '/prometheus/targets'])(
    'lets everybody see %s',
    async target => {
      expect((await cluster.send('GET', target, { token: null })).status).toBe(200);
    },
  );

  it.each(['/api', '/apis', '/api/v1/pods', '/openapi/v3', '/nonsense'])(
    'wants a token for %s',
    async target => {
      expect(await failure('GET', target, { token: null })).toMatchObject({
        status: 401,
        code: 401,
      });
    },
  );

  it.each([
    '/api/v1/pods',
    '/api/v1/namespaces/shop',
    deployment,
    `${deployment}/scale`,
    '/apis/argoproj.io/v1alpha1/applications',
    '/apis/metrics.k8s.io/v1beta1/pods',
  ])('lets the portal read %s', async target => {
    expect((await cluster.send('GET', target, reader())).status).toBe(200);
  });

  it.each([
    ['GET', '/api/v1/secrets', 'list', 'secrets', 'at the cluster scope'],
    ['GET', '/api/v1/namespaces/shop/secrets/x', 'get', 'secrets', 'in the namespace "shop"'],
    [
      'GET',
      '/api/v1/namespaces/shop/secrets?watch=1',
      'watch',
      'secrets',
      'in the namespace "shop"',
    ],
    ['POST', maps, 'create', 'configmaps', 'in the namespace "shop"'],
    ['DELETE', deployment, 'delete', 'deployments', 'in the namespace "shop"'],
    ['PATCH', `${deployment}/scale`, 'patch', 'deployments/scale', 'in the namespace "shop"'],
    ['DELETE', maps, 'deletecollection', 'configmaps', 'in the namespace "shop"'],
    [
      'GET',
      '/api/v1/namespaces/shop/pods/x/proxy/',
      'get',
      'pods/proxy',
      'in the namespace "shop"',
    ],
  ])('does not let the portal %s %s', async (method, target, verb, resource, where) => {
    const { status, message } = await failure(method, target, reader());
    expect(status).toBe(403);
    expect(message).toContain('is forbidden: User "system:serviceaccount:portal:portal" cannot');
    expect(message).toContain(`${verb} resource "${resource}" in API group`);
    expect(message).toContain(where);
  });

  it('takes the token as a password too, for kubectl over plain HTTP', async () => {
    const basic = Buffer.from(`x:${cluster.settings.tokens.kubernetesAdmin}`).toString('base64');
    const headers = { Authorization: `Basic ${basic}` };
    const options = { token: null, headers };
    expect((await cluster.send('GET', '/api', options)).status).toBe(200);
  });

  it('answers what a caller may do', async () => {
    const review = (token: string, verb: string) =>
      cluster.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        token,
        body: { spec: { resourceAttributes: { verb, resource: 'pods' } } },
      });
    const { kubernetes, kubernetesAdmin } = cluster.settings.tokens;
    expect((await review(kubernetes, 'list')).body.status).toEqual({ allowed: true });
    expect((await review(kubernetes, 'delete')).body.status).toEqual({ allowed: false });
    expect((await review(kubernetesAdmin, 'delete')).body.status).toEqual({ allowed: true });
  });
});

describe('discovery', () => {
  it('names groups, versions and resources', async () => {
    const { body } = await cluster.send<{ groups: { name: string }[] }>('GET', '/apis');
    expect(body.groups.map(group => group.name)).toEqual(
      expect.arrayContaining(['apps', 'argoproj.io', 'networking.k8s.io', 'metrics.k8s.io']),
    );
    const core = await cluster.send<{ resources: { name: string }[] }>('GET', '/api/v1');
    expect(core.body.resources.map(resource => resource.name)).toEqual(
      expect.arrayContaining(['pods', 'pods/log', 'namespaces', 'namespaces/status']),
    );
    const apps = await cluster.send<{ kind: string }>('GET', '/apis/apps');
    expect(apps.body).toMatchObject({ kind: 'APIGroup', preferredVersion: { version: 'v1' } });
  });

  it.each(['/apis/none.example', '/apis/apps/v2', '/x'])(
    'answers %s with the text of the real one',
    async target => {
      expect(await cluster.send('GET', target)).toEqual({
        status: 404,
        contentType: 'text/plain; charset=utf-8',
        body: '404 page not found\n',
      });
    },
  );
});

it.each(['/api/v1/nonsense', '/apis/apps/v1/namespaces/shop/none'])(
  'says that there is no resource %s',
  async target => {
    expect(await failure('GET', target)).toEqual({
      status: 404,
      code: 404,
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
  },
);

describe('writing', () => {
  it('fills in what the system sets, whatever the writer says', async () => {
    const { status, body } = await createMap('made', {
      metadata: {
        name: 'made',
        uid: 'mine',
        resourceVersion: '',
        creationTimestamp: '2001-01-01T00:00:00Z',
      },
    });
    expect(status).toBe(201);
    expect(body.metadata).toMatchObject({
      name: 'made',
      namespace: 'shop',
      uid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
      resourceVersion: expect.stringMatching(/^\d+$/),
    });
    expect(body.metadata.uid).not.toBe('mine');
    expect(body.metadata.creationTimestamp).not.toContain('2001');
  });

  it('reads an explicit null as absent', async () => {
    const metadata = { name: 'nulls', labels: null, creationTimestamp: null };
    const spec = { clusterIP: null, ports: [{ port: 1, name: null }] };
    const { body } = await cluster.send('POST', '/api/v1/namespaces/shop/services', {
      body: { metadata, spec },
    });
    expect(body.metadata).not.toHaveProperty('labels');
    expect(body.metadata.creationTimestamp).toMatch(/Z$/);
    expect(body.spec).toMatchObject({
      clusterIP: expect.stringMatching(/^10\.96\./),
      ports: [{ port: 1, protocol: 'TCP', targetPort: 1 }],
    });
  });

  it('makes names from generateName', async () => {
    const { body } = await createMap('', { metadata: { generateName: 'made-' } });
    expect(body.metadata.name).toMatch(/^made-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it('refuses what clashes, and a namespace that is not there', async () => {
    await createMap('taken');
    expect(await failure('POST', maps, { body: { metadata: { name: 'taken' } } })).toEqual({
      status: 409,
      code: 409,
      reason: 'AlreadyExists',
      message: 'configmaps "taken" already exists',
    });
    const body = { metadata: { name: 'x' } };
    expect(await failure('POST', '/api/v1/namespaces/none/configmaps', { body })).toMatchObject({
      status: 404,
      message: 'namespaces "none" not found',
    });
  });

  it('refuses an update of an old version', async () => {
    const { body } = await createMap('raced');
    const put = (data: object) => cluster.send('PUT', `${maps}/raced`, { body: { ...body, data } });
    expect((await put({ a: '2' })).status).toBe(200);
    const second = await put({ a: '3' });
    expect(second).toMatchObject({
      status: 409,
      body: {
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on configmaps "raced": the object has been modified; please apply your changes to the latest version and try again',
      },
    });
  });

  it('keeps the version when nothing changes', async () => {
    const { body } = await createMap('same');
    const again = await cluster.send('PUT', `${maps}/same`, { body });
    expect(again.body).toEqual(body);
  });

  it('does not store a dry run', async () => {
    const dry = await cluster.send('POST', `${maps}?dryRun=All`, {
      body: { metadata: { name: 'dry' } },
    });
    expect(dry.status).toBe(201);
    expect((await cluster.send('GET', `${maps}/dry`)).status).toBe(404);
    expect(
      await failure('POST', `${maps}?dryRun=Some`, { body: { metadata: { name: 'dry' } } }),
    ).toMatchObject({
      status: 422,
      message: expect.stringContaining('CreateOptions.meta.k8s.io "" is invalid: dryRun: '),
    });
    const patched = await cluster.send('PATCH', `${deployment}?dryRun=All`, {
      type: 'application/merge-patch+json',
      body: { spec: { paused: true } },
    });
    expect(patched.body.spec).toMatchObject({ paused: true });
    expect((await cluster.send('GET', deployment)).body.spec).not.toHaveProperty('paused');
  });

  it.each([
    ['POST', maps, 'text/plain', ['application/json', 'application/yaml']],
    ['PATCH', deployment, 'application/json', ['415: Unsupported Media Type']],
    [
      'PATCH',
      `${applications}/x`,
      'application/strategic-merge-patch+json',
      ['application/merge-patch+json'],
    ],
  ])('%s %s refuses %s', async (method, target, type, accepted) => {
    const refused = await failure(method, target, { type, body: '{}' });
    expect(refused).toMatchObject({ status: 415, reason: 'UnsupportedMediaType' });
    accepted.forEach(name => expect(refused.message).toContain(name));
  });

  it('takes YAML, and JSON without a content type', async () => {
    const yaml = await cluster.send('POST', maps, {
      type: 'application/yaml',
      body: 'metadata:\n  name: from-yaml\ndata: {a: "1"}\n',
    });
    expect(yaml.status).toBe(201);
  });

  it.each(['{', '[]', '"text"', ''])('refuses the body %j with 400', async body => {
    expect(await failure('POST', maps, { body })).toMatchObject({
      status: 400,
      reason: 'BadRequest',
    });
  });

  it.each([
    [
      'a name',
      maps,
      { metadata: { name: 'Not_Good' } },
      'metadata.name: Invalid value: "Not_Good"',
    ],
    [
      'no name',
      maps,
      { metadata: {} },
      'metadata.name: Required value: name or generateName is required',
    ],
    [
      'a label',
      maps,
      { metadata: { name: 'x', labels: { a: 'b c' } } },
      'metadata.labels: Invalid value: "b c": a valid label must be',
    ],
    [
      'a service without ports',
      '/api/v1/namespaces/shop/services',
      { metadata: { name: 'x' }, spec: {} },
      'spec.ports: Required value',
    ],
    [
      'a selector that does not match',
      '/apis/apps/v1/namespaces/shop/deployments',
      {
        metadata: { name: 'x' },
        spec: {
          replicas: -1,
          selector: { matchLabels: { a: 'b' } },
          template: { spec: { containers: [{ name: 'a' }] } },
        },
      },
      'Deployment.apps "x" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.template.metadata.labels: Invalid value: {}: `selector` does not match template `labels`, spec.template.spec.containers[0].image: Required value]',
    ],
  ])('refuses %s with 422', async (_, target, body, message) => {
    const refused = await failure('POST', target, { body });
    expect(refused).toMatchObject({ status: 422, reason: 'Invalid' });
    expect(refused.message).toContain(message);
  });

  it('refuses to change a selector', async () => {
    const type = 'application/merge-patch+json';
    const body = {
      spec: {
        selector: { matchLabels: { other: 'x' } },
        template: { metadata: { labels: { other: 'x' } } },
      },
    };
    const refused = await failure('PATCH', deployment, { type, body });
    expect(refused.message).toContain('spec.selector: Invalid value');
    expect(refused.message).toContain('field is immutable');
  });

  it('counts generations of the spec, not of metadata and status', async () => {
    const type = 'application/merge-patch+json';
    const change = async (target: string, body: object) =>
      (await cluster.send('PATCH', target, { type, body })).body;
    const { generation = 0 } = (await cluster.send('GET', deployment)).body.metadata;
    const labelled = await change(deployment, {
      metadata: { labels: { x: 'y' } },
      status: { replicas: 9 },
    });
    expect(labelled.metadata.generation).toBe(generation);
    expect(labelled.status).not.toMatchObject({ replicas: 9 });
    const paused = await change(deployment, { spec: { paused: true } });
    expect(paused.metadata.generation).toBe(generation + 1);
    const status = await change(`${deployment}/status`, {
      spec: { paused: false },
      status: { replicas: 7 },
    });
    expect(status.spec).toMatchObject({ paused: true });
    expect(status.metadata.generation).toBe(generation + 1);
  });

  it('scales', async () => {
    const scale = await cluster.send('PATCH', `${deployment}/scale`, {
      type: 'application/merge-patch+json',
      body: { spec: { replicas: 0 } },
    });
    expect(scale.body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 0 },
      status: { selector: 'app=web' },
    });
    const put = await cluster.send('PUT', `${deployment}/scale`, {
      body: { ...scale.body, spec: { replicas: -1 } },
    });
    expect(put.status).toBe(400);
  });
});

describe('custom resources', () => {
  it('have no status of their own to write, count every change, and want a version', async () => {
    const made = await cluster.send('POST', applications, {
      body: {
        metadata: { name: 'a' },
        spec: { project: 'p' },
        status: { health: { status: 'Healthy' } },
      },
    });
    expect(made.body).toMatchObject({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { generation: 1 },
      status: { health: { status: 'Healthy' } },
    });
    const changed = await cluster.send('PATCH', `${applications}/a`, {
      type: 'application/merge-patch+json',
      body: { status: { health: { status: 'Degraded' } } },
    });
    expect(changed.body.metadata.generation).toBe(2);
    expect((await cluster.send('GET', `${applications}/a/status`)).status).toBe(404);
    const { resourceVersion: _version, ...metadata } = changed.body.metadata;
    expect(
      await failure('PUT', `${applications}/a`, { body: { ...changed.body, metadata } }),
    ).toMatchObject({
      status: 422,
      message: expect.stringContaining(
        'metadata.resourceVersion: Invalid value: 0: must be specified for an update',
      ),
    });
    const list = await cluster.send<{ kind: string; items: KubernetesObject[] }>(
      'GET',
      applications,
    );
    expect(list.body.kind).toBe('ApplicationList');
    expect(list.body.items[0].kind).toBe('Application');
  });
});

describe('apply', () => {
  const apply = (body: object, query = 'fieldManager=argocd', name = 'applied') =>
    cluster.send<KubernetesObject & StatusBody>('PATCH', `${maps}/${name}?${query}`, {
      type: 'application/apply-patch+yaml',
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied' }, ...body },
    });

  it('makes, changes and prunes fields', async () => {
    expect((await apply({ data: { a: '1', b: '2' } })).status).toBe(201);
    const second = await apply({ data: { a: '1' } });
    expect(second).toMatchObject({ status: 200, body: { data: { a: '1' } } });
    const third = await apply({ data: { a: '1' } });
    expect(third.body.metadata.resourceVersion).toBe(second.body.metadata.resourceVersion);
  });

  it('finds conflicts with other writers', async () => {
    await cluster.send('PATCH', `${maps}/applied?fieldManager=kubectl-edit`, {
      type: 'application/merge-patch+json',
      body: { data: { a: 'edited' } },
    });
    const refused = await apply({ data: { a: '1' } });
    expect(refused).toMatchObject({
      status: 409,
      body: { details: { causes: [{ reason: 'FieldManagerConflict', field: '.data.a' }] } },
    });
    expect((await apply({ data: { a: '1' } }, 'fieldManager=argocd&force=true')).status).toBe(200);
  });

  it.each([
    ['no manager', {}, '', 422, 'fieldManager: Required value'],
    [
      'another name',
      { metadata: { name: 'other' } },
      'fieldManager=x',
      400,
      'does not match the name on the URL',
    ],
    ['another kind', { kind: 'Secret' }, 'fieldManager=x', 400, 'does not match the expected'],
  ])('refuses %s', async (_, body, query, status, message) => {
    const refused = await apply(body, query);
    expect(refused.status).toBe(status);
    expect(refused.body.message).toContain(message);
  });
});

describe('reading', () => {
  it('gives lists in pages', async () => {
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5']) {
      await createMap(name, { metadata: { name, labels: { paged: 'yes' } } });
    }
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const { body } = await cluster.send<{
        metadata: { continue?: string; remainingItemCount?: number };
        items: KubernetesObject[];
      }>('GET', `${maps}?labelSelector=paged=yes&limit=2${next ? `&continue=${next}` : ''}`);
      seen.push(...body.items.map(item => item.metadata.name));
      // Nobody has counted what a selector takes.
      expect(body.metadata).not.toHaveProperty('remainingItemCount');
      next = body.metadata.continue;
    } while (next);
    expect(seen).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
  });

  it.each([
    ['continue=nonsense', 400],
    ['limit=x', 400],
    ['sendInitialEvents=true', 422],
    ['resourceVersionMatch=Exact', 422],
    ['resourceVersionMatch=Foo&resourceVersion=1', 422],
    ['resourceVersionMatch=Exact&resourceVersion=0', 422],
    ['labelSelector=a%20b', 400],
    ['fieldSelector=spec.x=y', 400],
    ['resourceVersion=abc', 400],
    ['resourceVersion=99999999', 504],
  ])('refuses ?%s with %d', async (query, status) => {
    expect((await failure('GET', `${maps}?${query}`)).status).toBe(status);
  });

  it('gives pages of one state, though there have been changes since', async () => {
    const list = async (query: string) =>
      (
        await cluster.send<{
          metadata: { continue: string; resourceVersion: string };
          items: KubernetesObject[];
        }>('GET', `${maps}?labelSelector=steady&${query}`)
      ).body;
    const labels = { steady: 'yes' };
    for (const name of ['s1', 's2', 's4']) await createMap(name, { metadata: { name, labels } });
    const first = await list('limit=1');
    await createMap('s3', { metadata: { name: 's3', labels } });
    await cluster.send('DELETE', `${maps}/s2`);
    await cluster.send('PATCH', `${maps}/s4`, {
      type: 'application/merge-patch+json',
      body: { data: { a: 'new' } },
    });
    const rest = await list(`limit=5&continue=${first.metadata.continue}`);
    expect(rest.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion });
    expect(rest.items.map(item => [item.metadata.name, item.data])).toEqual([
      ['s2', { a: '1' }],
      ['s4', { a: '1' }],
    ]);
    const exact = `resourceVersion=${first.metadata.resourceVersion}&resourceVersionMatch=Exact`;
    expect((await list(exact)).items.map(item => item.metadata.name)).toEqual(['s1', 's2', 's4']);
    expect((await list('')).items.map(item => item.metadata.name)).toEqual(['s1', 's3', 's4']);
  });

  it('counts what remains where nothing is selected, and takes a negative limit for none', async () => {
    const all = await cluster.send<{ items: unknown[] }>('GET', `${maps}?limit=-1`);
    const page = await cluster.send<{ metadata: object }>('GET', `${maps}?limit=1`);
    expect(page.body.metadata).toMatchObject({ remainingItemCount: all.body.items.length - 1 });
  });

  it('says 406 to who takes neither JSON nor what stands for it', async () => {
    expect(await failure('GET', maps, { headers: { accept: 'text/html' } })).toMatchObject({
      status: 406,
      reason: 'NotAcceptable',
    });
  });

  it('answers as a table when kubectl asks', async () => {
    const headers = { Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
    const target = '/apis/apps/v1/namespaces/shop/deployments';
    const { body } = await cluster.send<{
      kind: string;
      columnDefinitions: { name: string }[];
      rows: { cells: unknown[]; object: { kind: string } }[];
    }>('GET', target, { headers });
    expect(body.kind).toBe('Table');
    expect(body.columnDefinitions.map(column => column.name).slice(0, 5)).toEqual([
      'Name',
      'Ready',
      'Up-to-date',
      'Available',
      'Age',
    ]);
    expect(body.rows[0].cells.slice(0, 2)).toEqual(['web', '0/0']);
    expect(body.rows[0].object.kind).toBe('PartialObjectMetadata');
  });
});

describe('deleting', () => {
  it('answers with a Status and its uid', async () => {
    const { body: made } = await createMap('brief');
    expect(await cluster.send('DELETE', `${maps}/brief`)).toEqual({
      status: 200,
      contentType: 'application/json',
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: { name: 'brief', kind: 'configmaps', uid: made.metadata.uid },
      },
    });
    expect((await cluster.send('DELETE', `${maps}/brief`)).status).toBe(404);
  });

  it('heeds preconditions and refuses bad options', async () => {
    await createMap('kept');
    const wrong = { preconditions: { uid: 'other' } };
    expect((await failure('DELETE', `${maps}/kept`, { body: wrong })).status).toBe(409);
    const policy = { propagationPolicy: 'Sideways' };
    expect((await failure('DELETE', `${maps}/kept`, { body: policy })).status).toBe(400);
  });

  it('deletes what a selector matches', async () => {
    await createMap('d1', { metadata: { name: 'd1', labels: { drop: 'yes' } } });
    await createMap('d2', { metadata: { name: 'd2', labels: { drop: 'no' } } });
    await cluster.send('DELETE', `${maps}?labelSelector=drop=yes`);
    expect((await cluster.send('GET', `${maps}/d1`)).status).toBe(404);
    expect((await cluster.send('GET', `${maps}/d2`)).status).toBe(200);
  });
});

it.each([
  ['POST', `${maps}/x`],
  ['DELETE', `${deployment}/scale`],
  ['GET', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'],
])('does not allow %s %s', async (method, target) => {
  expect(await failure(method, target, { body: method === 'GET' ? undefined : {} })).toMatchObject({
    status: 405,
    reason: 'MethodNotAllowed',
  });
});
