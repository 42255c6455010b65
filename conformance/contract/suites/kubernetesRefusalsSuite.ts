import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { ContractNamespace } from '../servers/ContractNamespace.ts';
import { request } from '../servers/request.ts';
import { assertStatus } from './assertStatus.ts';
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

/** How the API server refuses: every time with a Status. */
export function kubernetesRefusalsSuite({ workspace, servers }: Context<'kubernetes'>): void {
  const { url, ca } = servers.kubernetes;
  const space = new ContractNamespace(servers.kubernetes);

  before(async () => {
    await space.create();
    await space.configMap('one');
  });
  after(() => space.remove());

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
