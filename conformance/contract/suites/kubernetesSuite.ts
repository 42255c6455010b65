import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractNamespace } from '../servers/ContractNamespace.ts';
import type { Answer } from '../servers/request.ts';
import { request } from '../servers/request.ts';
import type { Context } from './contract.ts';

const signal = AbortSignal.timeout(300_000);
const labelRule =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/** Selectors that are none, and what is said of them. */
const badSelectors: Array<[string, string]> = [
  ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
  ['-a=b', `unable to parse requirement: <nil>: Invalid value: "-a": ${labelRule}`],
  ['a=b,,c', "found ',', expected: identifier after ','"],
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a=!b', "unable to parse requirement: found '!', expected: identifier"],
  ['a=b\nc', "found 'c', expected: ',' or 'end of string'"],
  [
    `a=${'x'.repeat(64)}`,
    `unable to parse requirement: values[0][a]: Invalid value: "${'x'.repeat(
      64,
    )}": must be no more than 63 bytes`,
  ],
];

/** Checks that an answer is a Status. */
export function assertStatus(
  answer: Answer,
  code: number,
  expected: { reason?: string; message?: string | RegExp; details?: object } = {},
): void {
  assert.equal(answer.status, code, answer.text);
  assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
  const { kind, apiVersion, status, metadata, message, reason, details } = answer.body;
  assert.deepEqual(
    { kind, apiVersion, status },
    { kind: 'Status', apiVersion: 'v1', status: 'Failure' },
  );
  assert.equal(typeof metadata, 'object');
  assert.equal(answer.body.code, code);
  if (expected.reason !== undefined) assert.equal(reason, expected.reason);
  if (expected.details) assert.deepEqual(details, expected.details);
  if (typeof expected.message === 'string') assert.equal(message, expected.message);
  if (expected.message instanceof RegExp) assert.match(message, expected.message);
}

/** Reading pods, and how the API server refuses. */
export function kubernetesSuite({ workspace, servers }: Context<'kubernetes'>): void {
  const { url, ca, token } = servers.kubernetes;
  const space = new ContractNamespace(servers.kubernetes);
  const client = new workspace.KubernetesClient({
    name: 'contract',
    url,
    token,
    ...(ca ? { ca } : {}),
    skipTlsVerify: false,
  });
  /** The portal's records of this namespace's pods. */
  const records = async () =>
    (await client.list(signal)).items
      .flatMap(pod => workspace.toPodRecord(pod) ?? [])
      .filter(({ tenant }) => tenant === space.name);

  before(async () => {
    await space.create();
    await space.deploy('web', 3);
    await eventually(
      async () => assert.equal((await records()).filter(({ ready }) => ready).length, 3),
      60,
      'three ready pods',
    );
  });
  after(() => space.remove());

  it('shows that it lives, without more rights than everybody’s', async () => {
    await client.probe();
  });

  it('lists pods that the portal’s parser reads', async () => {
    const found = await records();
    for (const record of found) {
      assert.match(record.name, /^web-[a-z0-9]+-[a-z0-9]{5}$/);
      assert.equal(record.service, 'web');
      assert.equal(record.version, '1.0.0');
      assert.equal(record.counts, true);
      assert.ok(Date.parse(record.startedAt ?? '') > 0);
      assert.ok(Date.parse(record.readySince ?? '') > 0);
      assert.equal(record.waiting, undefined);
    }
    assert.match((await client.list(signal)).version ?? '', /^\d+$/);
  });

  it('tells why a pod does not start', async () => {
    await space.deploy('missing', 1, '9.9.9-missing');
    await eventually(
      async () => {
        const [record] = (await records()).filter(({ service }) => service === 'missing');
        assert.match(record?.waiting ?? '', /^(ErrImagePull|ImagePullBackOff)$/);
        assert.equal(record.ready, false);
        assert.equal(record.counts, true);
      },
      30,
      'the reason',
    );
  });

  it('hands out a list in pages, which are one state of one version', async () => {
    for (const name of ['one', 'two', 'zero'])
      await space.configMap(name, { page: '1' }, { v: 'old' });
    const path = space.path('configmaps');
    const page = { labelSelector: 'page', limit: 2 };
    const first = await space.reader(path, { query: page });
    assert.equal(first.body.kind, 'ConfigMapList');
    assert.equal(first.body.items.length, 2);
    // With a selector nobody has counted what remains.
    assert.deepEqual(Object.keys(first.body.metadata).sort(), ['continue', 'resourceVersion']);
    assert.ok(!('kind' in first.body.items[0]) && !('apiVersion' in first.body.items[0]));
    await space.change('zero', { data: { v: 'new' } });
    await space.configMap('zzz', { page: '1' }, { v: 'new' });
    const { continue: next, resourceVersion } = first.body.metadata;
    const second = await space.reader(path, { query: { ...page, continue: next } });
    assert.deepEqual(second.body.metadata, { resourceVersion });
    assert.deepEqual(
      second.body.items.map((item: { metadata: { name: string }; data: object }) => [
        item.metadata.name,
        item.data,
      ]),
      [['zero', { v: 'old' }]],
    );
    const exact = await space.reader(path, {
      query: { labelSelector: 'page', resourceVersion, resourceVersionMatch: 'Exact' },
    });
    assert.deepEqual(exact.body.metadata, { resourceVersion });
    assert.equal(exact.body.items.length, 3);
    const newer = await space.reader(path, {
      query: { labelSelector: 'page', resourceVersion, resourceVersionMatch: 'NotOlderThan' },
    });
    assert.equal(newer.body.items.length, 4);
  });

  it('counts what remains where nothing is left out', async () => {
    const { body } = await space.reader(space.path('configmaps'), { query: { limit: 1 } });
    const all = await space.reader(space.path('configmaps'), { query: { limit: -1 } });
    assert.equal(body.metadata.remainingItemCount, all.body.items.length - 1);
  });

  it('answers an empty list with an empty list', async () => {
    const { body } = await space.reader(space.path('pods'), {
      query: { labelSelector: 'nothing=there' },
    });
    assert.deepEqual([body.kind, body.apiVersion, body.items], ['PodList', 'v1', []]);
    const absent = await space.reader('/api/v1/namespaces/contract-is-not-there/pods');
    assert.deepEqual([absent.status, absent.body.items], [200, []]);
  });

  it('understands every form of selector', async () => {
    const count = async (labelSelector: string) =>
      (await space.reader(space.path('pods'), { query: { labelSelector } })).body.items.length;
    assert.equal(await count('app=web'), 3);
    assert.equal(await count('app==web,tenant-releases.io/service'), 3);
    assert.equal(await count('app in (web, missing)'), 4);
    assert.equal(await count('app notin (web)'), 1);
    assert.equal(await count('app!=web'), 1);
    assert.equal(await count('!app'), 0);
    assert.equal(await count('app>5'), 0);
    assert.equal(await count(''), 4);
  });

  for (const [labelSelector, message] of badSelectors) {
    it(`refuses the selector ${JSON.stringify(labelSelector.slice(0, 12))}`, async () => {
      const answer = await space.reader('/api/v1/pods', { query: { labelSelector } });
      assertStatus(answer, 400, { reason: 'BadRequest', message });
    });
  }

  const badQueries: Array<[string, number, string | RegExp]> = [
    ['limit=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
    ['limit=1&continue=abc', 400, /^invalid continue token: continue key is not valid/],
    ['fieldSelector=spec.nothing%3D1', 400, 'field label not supported: spec.nothing'],
    [
      'resourceVersion=abc',
      400,
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    [
      'resourceVersionMatch=Exact',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'resourceVersionMatch=Foo&resourceVersion=1',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Unsupported value: "Foo": supported values: "Exact", "NotOlderThan", ""',
    ],
    [
      'resourceVersion=99999999999',
      504,
      /^Timeout: Too large resource version: 99999999999, current: \d+$/,
    ],
  ];
  for (const [query, code, message] of badQueries) {
    it(`refuses a list with ${query}`, async () => {
      assertStatus(await space.reader(`${space.path('pods')}?${query}`), code, { message });
    });
  }

  it('refuses a token that nobody has with 401', async () => {
    assertStatus(await space.reader('/api/v1/pods', { token: 'nobody' }), 401, {
      reason: 'Unauthorized',
      message: 'Unauthorized',
    });
    const wrong = new workspace.KubernetesClient({
      name: 'wrong',
      url,
      token: 'nobody',
      ...(ca ? { ca } : {}),
      skipTlsVerify: false,
    });
    await assert.rejects(wrong.list(signal), { errorClass: 'unauthorized' });
  });

  it('refuses who shows no token: as nobody, or as anonymous where that is allowed', async () => {
    const answer = await request(url, '/api/v1/pods', { ca });
    assertStatus(answer, answer.status === 401 ? 401 : 403);
  });

  it('refuses with 403 and the words of RBAC what the portal may not do', async () => {
    const forbidden: Array<[string, string, string, RegExp]> = [
      [
        'GET',
        '/api/v1/secrets',
        'secrets',
        /cannot list resource "secrets" in API group "" at the cluster scope$/,
      ],
      [
        'GET',
        space.path('secrets/any'),
        'secrets',
        /^secrets "any" is forbidden: User "system:serviceaccount:[^"]+" cannot get resource "secrets"/,
      ],
      [
        'DELETE',
        space.path('pods/any'),
        'pods',
        /cannot delete resource "pods" in API group "" in the namespace "contract-/,
      ],
      ['POST', space.path('pods/any/exec'), 'pods', /cannot create resource "pods\/exec"/],
      [
        'POST',
        space.path('apps/v1/deployments'),
        'deployments',
        /^deployments.apps is forbidden: .* in API group "apps"/,
      ],
    ];
    for (const [method, path, kind, message] of forbidden) {
      const object =
        method === 'POST'
          ? { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' } }
          : undefined;
      const answer = await space.reader(path, { object, method });
      assertStatus(answer, 403, { reason: 'Forbidden', message });
      assert.equal(answer.body.details.kind, kind);
    }
  });

  it('says 404 of what is not there', async () => {
    assertStatus(await space.reader(space.path('pods/none')), 404, {
      reason: 'NotFound',
      message: 'pods "none" not found',
      details: { name: 'none', kind: 'pods' },
    });
    assertStatus(await space.reader(space.path('apps/v1/deployments/none')), 404, {
      message: 'deployments.apps "none" not found',
      details: { name: 'none', group: 'apps', kind: 'deployments' },
    });
    assertStatus(await space.administrator('/api/v1/nothing'), 404, {
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
    const path = await space.administrator('/apis/nothing.example.com/v1/things');
    assert.deepEqual([path.status, path.text], [404, '404 page not found\n']);
  });

  it('says 406 and 415 of forms that it does not speak', async () => {
    const html = await space.reader(space.path('pods'), { headers: { accept: 'text/html' } });
    assertStatus(html, 406, { reason: 'NotAcceptable' });
    const path = space.path('configmaps/any');
    const patch = { method: 'PATCH', type: 'text/plain', object: {} };
    assertStatus(await space.administrator(path, patch), 415, { reason: 'UnsupportedMediaType' });
  });

  it('refuses what is invalid, with the field', async () => {
    const metadata = { name: 'Not_Ok' };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    const answer = await space.administrator(space.path('configmaps'), { object });
    assertStatus(answer, 422, {
      reason: 'Invalid',
      message: /^ConfigMap "Not_Ok" is invalid: metadata\.name: /,
    });
    assert.equal(answer.body.details.causes[0].field, 'metadata.name');
    const again = { ...object, metadata: { name: 'one' } };
    assertStatus(await space.administrator(space.path('configmaps'), { object: again }), 409, {
      reason: 'AlreadyExists',
      message: 'configmaps "one" already exists',
    });
    const stale = { ...again, metadata: { name: 'one', resourceVersion: '1' } };
    const put = { method: 'PUT', object: stale };
    assertStatus(await space.administrator(space.path('configmaps/one'), put), 409, {
      reason: 'Conflict',
    });
  });
}
