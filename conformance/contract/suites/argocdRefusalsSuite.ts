import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { ContractApplications } from '../servers/ContractApplications.ts';
import { PortalReader } from '../servers/PortalReader.ts';
import type { Context } from './contract.ts';

const applications = '/api/v1/applications';
const signal = AbortSignal.timeout(300_000);

/** How Argo CD refuses: what is not there, not for you, or makes no sense. */
export function argocdRefusalsSuite(context: Context<'argocd'>): void {
  const { workspace, servers } = context;
  const world = new ContractApplications(servers);
  const portal = new PortalReader(context, world);
  const { client } = portal;
  const good = `${world.project}-good`;

  before(async () => {
    await world.create();
    await world.deploy(good);
  });
  after(() => world.remove());

  const denied = 'permission denied';
  const refusals: Array<[string, string, number, number, string | RegExp]> = [
    [
      'an Application that is not there, as one that is not for you',
      '/contract-none',
      403,
      7,
      denied,
    ],
    ['a name that is none', '/Not%20A%20Name', 403, 7, denied],
    ['a name that JavaScript knows', '/__proto__', 403, 7, denied],
    ['a long name', `/${'x'.repeat(3000)}`, 403, 7, denied],
    ['the tree of what is not there', '/contract-none/resource-tree', 403, 7, denied],
    ['the states of what is not there', '/contract-none/managed-resources', 403, 7, denied],
    [
      'a commit of what is not there',
      `/contract-none/revisions/${'0'.repeat(40)}/metadata`,
      403,
      7,
      denied,
    ],
    [
      'another project',
      `/GOOD?project=default`,
      404,
      5,
      /^applications\.argoproj\.io ".*-good" not found$/,
    ],
    ['two projects', `/GOOD?project=a&project=b`, 400, 3, /^multiple projects specified/],
    ['another namespace', '/GOOD?appNamespace=other', 403, 7, denied],
    [
      'a selector that is none',
      '?selector=a%20b',
      500,
      2,
      "error parsing the selector: unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
    ],
    [
      'a selector that is cut off',
      '?selector=a%20in%20(b',
      500,
      2,
      "error parsing the selector: unable to parse requirement: found '', expected: ',' or ')'",
    ],
    [
      'a selector with a wrong name',
      '?selector=-a',
      500,
      2,
      /^error parsing the selector: unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of/,
    ],
    [
      'a selector with a long value',
      `?selector=a%3D${'x'.repeat(64)}`,
      500,
      2,
      /must be no more than 63 characters$/,
    ],
  ];
  for (const [what, target, status, code, message] of refusals) {
    it(`refuses ${what}`, async () => {
      const answer = await world.ask(applications + target.replace('GOOD', good));
      assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
      assert.deepEqual([answer.status, answer.body.code], [status, code], answer.text);
      assert.equal(answer.body.error, answer.body.message);
      if (typeof message === 'string') assert.equal(answer.body.message, message);
      else assert.match(answer.body.message, message);
    });
  }

  const strangers: Array<[string, string | undefined, string]> = [
    ['nobody', undefined, 'no session information'],
    ['a token that is no token', 'nonsense', 'no session information'],
    [
      'a malformed token',
      'a.b.c',
      'invalid session: token is malformed: could not base64 decode header: illegal base64 data at input byte 0',
    ],
    [
      'a token of another signer',
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZG1pbiIsImlzcyI6ImFyZ29jZCJ9.abcdef',
      'invalid session: token signature is invalid: signature is invalid',
    ],
  ];
  for (const [who, token, message] of strangers) {
    it(`refuses ${who}`, async () => {
      const answer = await world.ask(applications, { token });
      assert.deepEqual([answer.status, answer.body], [401, { code: 16, error: message, message }]);
    });
  }

  it('refuses to the portal’s account every change, in words that are not for people', async () => {
    const change = (method: string, target: string) =>
      world.ask(applications + target, {
        method,
        headers: { 'content-type': 'application/json' },
        body: target.endsWith('/rollback') ? '{"id":1}' : '{}',
      });
    const sync = await change('POST', `/${good}/sync`);
    assert.deepEqual([sync.status, sync.body.code], [403, 7]);
    assert.match(
      sync.body.message,
      new RegExp(
        `^permission denied: applications, sync, ${world.project}/${good}, sub: backstage, iat: `,
      ),
    );
    for (const [method, target] of [
      ['DELETE', `/${good}`],
      ['POST', `/${good}/rollback`],
      ['PUT', `/${good}/spec`],
      ['POST', '/contract-none/sync'],
    ]) {
      assert.equal((await change(method, target)).status, 403, `${method} ${target}`);
    }
    assert.equal((await change('PUT', `/${good}/resource-tree`)).status, 405);
    const form = await world.ask(`${applications}/${good}/sync`, { method: 'POST', body: '{}' });
    assert.equal(form.status, 415);
  });

  it('does not let a path climb', async () => {
    const encoded = await world.ask(`${applications}/..%2Fclusters`);
    assert.deepEqual([encoded.status, encoded.text], [404, 'Not Found\n']);
    const raw = await world.ask(`${applications}/../clusters`);
    assert.deepEqual([raw.status, raw.headers.location], [307, '/api/v1/clusters']);
    for (const name of ['..', '../clusters']) {
      await assert.rejects(async () => client.get(portal.ref(name)), { errorClass: 'not-found' });
    }
  });

  it('is judged by the portal’s client by class', async () => {
    const { project, ...nowhere } = portal.ref('contract-none');
    await assert.rejects(client.get(nowhere), { errorClass: 'forbidden' });
    // Who may read a project's Applications is told that one is not there.
    await assert.rejects(client.get({ ...nowhere, project }), { errorClass: 'not-found' });
    await assert.rejects(client.revisionMetadata(portal.ref(good), 'main'), {
      errorClass: 'server-error',
    });
    const stranger = new workspace.ArgocdClient({ ...servers.argocd, token: 'nonsense' });
    await assert.rejects(stranger.list(signal), { errorClass: 'unauthorized' });
  });
}
