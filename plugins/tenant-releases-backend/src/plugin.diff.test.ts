import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import {
  configFor,
  startTestPortal,
  startUpstreams,
  type TestPortal,
} from './__testUtils__/startTestPortal';

jest.setTimeout(60_000);

/** Stands for helm: every template with the tag of the values put in, and a note of each run. */
const helm = `
const fs = require('fs');
const path = require('path');
const [, , command, release] = process.argv;
fs.appendFileSync(path.join(__dirname, 'runs'), command + ' ' + release + '\\n');
const tag = /tag: (\\S+)/.exec(fs.readFileSync('values.yaml', 'utf8'))[1];
const folder = 'chart/templates';
for (const name of fs.readdirSync(folder).sort()) {
  const text = fs.readFileSync(path.join(folder, name), 'utf8');
  if (text.includes('refuse')) {
    console.error('Error: tenant.ring: is too large');
    process.exit(1);
  }
  if (text.includes('endless')) for (;;);
  if (text.includes('slow')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
  console.log('---\\n' + text.replaceAll('TAG', tag));
}
`;
const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { image: "demo:TAG" }\n';
const secret =
  'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData: { password: hunter-TAG }\n';
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web }\n';
const charts = (more: Record<string, string> = {}) => ({
  'charts/tenant/Chart.yaml': 'name: tenant\n',
  'charts/tenant/templates/deployment.yaml': deployment,
  'charts/tenant/templates/secret.yaml': secret,
  'charts/tenant/ci/huge-values.yaml': 'x'.repeat(3_000_000),
  'charts/tenant-fence/templates/account.yaml': account,
  ...more,
});

describe('the difference between two releases', () => {
  const usual = tmpdir();
  let folder: string;
  let portal: TestPortal;
  const commits: string[] = [];

  const get = (query: string, tenant = 'tenant-a') =>
    request(portal.server).get(`/api/tenant-releases/releases/${tenant}/demo-api/diff${query}`);
  const diff = (from: number, to: number) => get(`?from=${commits[from]}&to=${commits[to]}`);
  const done = async (from: number, to: number) => {
    const isPending = async () => 'pending' in (await diff(from, to)).body.manifests;
    await eventually(isPending, false, 15_000);
    return (await diff(from, to)).body;
  };
  const runs = async () =>
    (await readFile(path.join(folder, 'runs'), 'utf8').catch(() => '')).split('\n');
  const temporary = async () => (await readdir(path.join(folder, 'tmp'))).length;
  const start = async (helmPath: string) => {
    const upstreams = await startUpstreams();
    const { github, argocd } = upstreams;
    const a = tenantPath('tenant-a');
    commits.splice(0);
    const commit = (files: Record<string, string | undefined>) =>
      commits.push(github.commit(files));
    commit({ ...charts(), [a]: tenantFile('tenant-a', 'sha-1') });
    commit({ [a]: tenantFile('tenant-a', 'sha-2') });
    commit({
      ...charts({ 'charts/tenant/templates/x.yaml': 'refuse' }),
      [a]: tenantFile('tenant-a', 'sha-3'),
    });
    commit({
      ...charts({ 'charts/tenant/templates/x.yaml': '# slow' }),
      [a]: tenantFile('tenant-a', 'sha-4'),
    });
    commit({
      ...charts({ 'charts/tenant/templates/x.yaml': '- no object' }),
      [a]: tenantFile('tenant-a', 'sha-5'),
    });
    commit({ [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-1') });
    argocd.set('tenant-a', { revision: commits[4] });
    const config = configFor(upstreams) as { tenantReleases: object };
    portal = await startTestPortal(upstreams, {
      config: { ...config, tenantReleases: { ...config.tenantReleases, helm: { path: helmPath } } },
    });
    await eventually(async () => (await diff(0, 1)).status, 200, 15_000);
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'diff-test-'));
    await mkdir(path.join(folder, 'tmp'));
    process.env.TMPDIR = path.join(folder, 'tmp');
    const program = path.join(folder, 'helm');
    await writeFile(program, `#!${process.execPath}\n${helm}`, { mode: 0o755 });
    await start(program);
  });

  afterAll(async () => {
    await portal.stop();
    process.env.TMPDIR = usual;
    await rm(folder, { recursive: true, force: true });
  });

  it('tells what differs in the values and in what the charts make', async () => {
    const { from, to, values, manifests } = await done(0, 1);
    expect(from).toMatchObject({ commit: commits[0], version: 'sha-1', author: 'Ada' });
    expect(to).toMatchObject({ commit: commits[1], version: 'sha-2' });
    expect(values).toEqual({
      path: tenantPath('tenant-a'),
      diff: expect.stringContaining('-  tag: sha-1\n+  tag: sha-2\n'),
      keys: [{ key: 'image.tag', change: 'changed', from: 'sha-1', to: 'sha-2' }],
      truncated: false,
    });
    expect(manifests).toMatchObject({
      unchanged: 1,
      truncated: false,
      objects: [
        { chart: 'charts/tenant', kind: 'Deployment', name: 'web', change: 'changed' },
        { chart: 'charts/tenant', kind: 'Secret', name: 'db', change: 'changed' },
      ],
    });
    expect(manifests.objects[0].diff).toContain('-  image: demo:sha-1\n+  image: demo:sha-2\n');
  });

  it('never shows what a Secret holds', async () => {
    expect(JSON.stringify(await done(0, 1))).not.toContain('hunter');
  });

  it('renders a chart with a file once, and asks nobody when it is known', async () => {
    await done(0, 1);
    // Polls of the branch and of onboardings under way go on meanwhile.
    const asked = () =>
      portal.github.requests.filter(
        line => !/commits\/main|commits\?sha=main|\/pulls\?/.test(line),
      );
    const before = [await runs(), asked()];
    const { body } = await diff(1, 0);
    expect(body.manifests.objects[0].diff).toContain(
      '-  image: demo:sha-2\n+  image: demo:sha-1\n',
    );
    expect([await runs(), asked()]).toEqual(before);
    expect((await runs()).filter(line => line === 'template tenant-a-fence')).toHaveLength(2);
  });

  it('says that rendering goes on, and has it when it is asked again', async () => {
    const startedAt = Date.now();
    const { body } = await diff(1, 3);
    expect(Date.now() - startedAt).toBeLessThan(2_000);
    expect(body.manifests).toEqual({ pending: true, retrySeconds: 1 });
    expect(body.values.keys).toHaveLength(1);
    expect((await done(1, 3)).manifests.objects).toHaveLength(2);
  });

  it.each([
    [2, 'refuses the file: tenant.ring: is too large'],
    [4, 'what it makes are no Kubernetes objects'],
  ])('says why a chart cannot be rendered (%i)', async (commit, reason) => {
    expect((await done(0, commit)).manifests).toEqual({
      unavailable: expect.stringMatching(
        new RegExp(`^charts/tenant at [0-9a-f]{7} cannot be rendered: .*${reason}`),
      ),
    });
  });

  it('shows no ciphertext of sops, only that it is another', async () => {
    const encrypted = (data: string) =>
      `secrets:\n  password: ENC[AES256_GCM,data:${data},iv:aXY=,tag:dGFn,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:${data},iv:aXY=,tag:dGFn,type:str]\n  version: 3.9.0\n`;
    for (const data of ['b2xk', 'bmV3']) {
      const text = `${tenantFile('tenant-b', 'sha-1')}${encrypted(data)}`;
      commits.push(portal.github.commit({ [tenantPath('tenant-b')]: text }));
    }
    const compare = () => get(`?from=${commits.at(-2)}&to=${commits.at(-1)}`, 'tenant-b');
    expect(await eventually(async () => (await compare()).status, 200, 15_000)).toBe(200);
    const { body } = await compare();
    expect(body.values).toMatchObject({
      diff: expect.stringContaining(
        '-  password: (encrypted)\n+  password: (encrypted, changed)\n',
      ),
      keys: [{ key: 'secrets.password', from: '(encrypted)', to: '(encrypted)' }],
    });
    const answers = await Promise.all(
      ['releases', 'sources'].map(name =>
        request(portal.server).get(`/api/tenant-releases/${name}`),
      ),
    );
    expect(JSON.stringify([body, ...answers.map(answer => answer.body)])).not.toMatch(
      /ENC\[|data:|3\.9\.0/,
    );
  });

  it('leaves nothing behind', async () => {
    await done(0, 3);
    expect(await eventually(temporary, 0)).toBe(0);
  });

  it.each([
    ['', 'from'],
    [`?from=${'a'.repeat(40)}`, 'to'],
    [`?from=main&to=${'a'.repeat(40)}`, 'from'],
    [`?from=${'a'.repeat(40)}&to=..%2F..`, 'to'],
    [`?from=${'a'.repeat(40)}&to=${'A'.repeat(40)}`, 'to'],
    [`?from=${'a'.repeat(40)}&to=${'a'.repeat(40)}%0A`, 'to'],
    [`?from=${'a'.repeat(40)}&to=${'a'.repeat(40)}&helm=x`, 'helm'],
  ])('refuses %s and names the parameter', async (query, name) => {
    const { status, body } = await get(query);
    expect([status, body.error.message]).toEqual([400, expect.stringContaining(`"${name}"`)]);
  });

  it('answers 404 to a commit that is not in this tenant’s history', async () => {
    for (const other of ['a'.repeat(40), commits[5]]) {
      expect((await get(`?from=${commits[0]}&to=${other}`)).status).toBe(404);
    }
    expect((await get(`?from=${commits[0]}&to=${commits[1]}`, 'absent')).status).toBe(404);
  });

  it('goes on with what is known while Git is away, and says what is not', async () => {
    await done(0, 1);
    portal.github.fault = { fault: { kind: 'hang' } };
    portal.github.dropConnections();
    try {
      expect((await diff(0, 1)).body.manifests.objects).toHaveLength(2);
    } finally {
      portal.github.fault = undefined;
    }
  });

  it('compares the values where there is no helm', async () => {
    await portal.stop();
    await start(path.join(folder, 'no-helm'));
    const { body } = await diff(0, 1);
    expect(body.values.keys).toHaveLength(1);
    expect(body.manifests).toEqual({
      unavailable: expect.stringContaining('tenantReleases.helm.path leads to no program'),
    });
    expect(JSON.stringify(body)).not.toContain(folder);
  });
});
