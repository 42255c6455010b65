import { GitRemote } from '@internal/gitops/testUtils';
import type { JsonObject } from '@backstage/types';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { GithubOverGit } from './__testUtils__/GithubOverGit';
import {
  configFor,
  startTestPortal,
  startUpstreams,
  type TestPortal,
  type Upstreams,
} from './__testUtils__/startTestPortal';

jest.setTimeout(60_000);

/** A portal that reads its repository by Git, with the token of integrations.github. */
describe('reader: mirror', () => {
  const password = 'git-token';
  let upstreams: Upstreams;
  let remote: GitRemote;
  let github: GithubOverGit;
  let directory: string;
  let portal: TestPortal | undefined;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'mirror-'));
    upstreams = await startUpstreams();
    remote = await new GitRemote().start();
    remote.authorization = `Basic ${Buffer.from(`x-access-token:${password}`).toString('base64')}`;
    github = await new GithubOverGit(remote).start();
    portal = undefined;
  });

  afterEach(async () => {
    if (portal) await portal.stop();
    else await Promise.all(Object.values(upstreams).map(upstream => upstream.stop()));
    await github.stop();
    await remote.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  const config = (gitops: JsonObject = {}): JsonObject => {
    const { host, origin } = new URL(remote.url);
    return {
      ...configFor(upstreams),
      integrations: { github: [{ host, apiBaseUrl: github.url, token: password }] },
      tenantReleases: {
        gitops: {
          repository: `${origin}/acme/platform`,
          pollSeconds: 1,
          reader: 'mirror',
          mirrorDirectory: directory,
          ...gitops,
        },
      },
    };
  };
  const get = async (route: string) =>
    (await request(portal!.server).get(`/api/tenant-releases${route}`)).body;
  const version = async () => (await get('/releases/tenant-a/demo-api')).desired?.version;

  it('shows releases and their history, and asks nothing for what is known', async () => {
    const file = tenantPath('tenant-a');
    remote.commit({ [file]: tenantFile('tenant-a', 'sha-1') }, { author: 'Lin' });
    const bump = remote.commit(
      { [file]: tenantFile('tenant-a', 'sha-2') },
      { author: 'Ada', committer: 'GitHub', message: 'Bump demo-api (#4)' },
    );
    portal = await startTestPortal(upstreams, { config: config({ pollSeconds: 3600 }) });
    expect(await eventually(version, 'sha-2')).toBe('sha-2');
    const author = async () => (await get('/releases/tenant-a/demo-api')).desired?.author;
    expect(await eventually(author, 'Ada')).toBe('Ada');
    await get('/releases/tenant-a/demo-api/history');
    // Behind the answer the host is asked who merged the squash, and whether a pull request brought the other commit.
    const asked = () => github.requests.filter(line => /\/pulls\/4$|\/pulls$/.test(line)).length;
    expect(await eventually(asked, 2)).toBe(2);
    remote.forget();
    const before = github.requests.length;
    const { items } = await get('/releases/tenant-a/demo-api/history');
    expect(items).toMatchObject([
      {
        version: 'sha-2',
        commit: bump,
        pullRequest: {
          number: 4,
          title: 'Bump demo-api',
          url: `${new URL(remote.url).origin}/acme/platform/pull/4`,
        },
      },
      { version: 'sha-1', author: 'Lin' },
    ]);
    expect([remote.requests, github.requests.length - before]).toEqual([[], 0]);
  });

  it('keeps what it knows while the host is away, and tells nobody the token', async () => {
    remote.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') });
    portal = await startTestPortal(upstreams, { config: config() });
    await eventually(version, 'sha-1');
    remote.fault = { kind: 'status', status: 500, body: password };
    const source = async () =>
      (await get('/sources')).items.find(({ id }: { id: string }) => id === 'git');
    const error = async () => (await source()).error;
    expect(await eventually(error, 'server-error')).toBe('server-error');
    expect(await version()).toBe('sha-1');
    expect(JSON.stringify(await source())).not.toContain(password);
    remote.fault = undefined;
    remote.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-2') });
    expect(await eventually(version, 'sha-2')).toBe('sha-2');
  });

  it('tells of onboardings, although their branches are not in the mirror', async () => {
    remote.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') });
    const sha = remote.commit(
      { [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-2') },
      { branch: 'onboard/tenant-b', from: remote.head() },
    );
    const repo = { full_name: 'acme/platform' };
    github.open.push({
      number: 5,
      html_url: 'https://git.example.com/acme/platform/pull/5',
      title: 'Onboard tenant-b',
      created_at: '2026-01-02T00:00:00Z',
      head: { ref: 'onboard/tenant-b', sha, repo },
      base: { ref: 'main', repo },
    });
    portal = await startTestPortal(upstreams, { config: config() });
    const pending = async () =>
      (await get('/pending-tenants')).items?.map(({ tenant, version: wanted }: JsonObject) => [
        tenant,
        wanted,
      ]);
    const expected = [['tenant-b', 'sha-2']];
    expect(await eventually(pending, expected)).toEqual(expected);
  });

  it('reads a host whose API it does not speak, and says what it cannot tell of it', async () => {
    remote.commit(
      { [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') },
      { message: "Merge branch 'x'\n\nBump\n\nSee merge request acme/platform!5" },
    );
    const signIn = Buffer.from(`oauth2:${password}`).toString('base64');
    remote.authorization = `Basic ${signIn}`;
    const { host, origin } = new URL(remote.url);
    const gitlab = { host, baseUrl: origin, apiBaseUrl: `${origin}/api/v4`, token: password };
    portal = await startTestPortal(upstreams, {
      config: { ...config(), integrations: { gitlab: [gitlab] } },
    });
    expect(await eventually(version, 'sha-1')).toBe('sha-1');
    const page = async () => (await get('/releases/tenant-a/demo-api')).desired?.pullRequest?.url;
    const expected = `${origin}/acme/platform/-/merge_requests/5`;
    expect(await eventually(page, expected)).toBe(expected);
    expect(await get('/pending-tenants')).toMatchObject({
      error: { message: expect.stringContaining('the GitOps repository has another host') },
      response: { statusCode: 501 },
    });
    expect(github.requests).toEqual([]);
  });

  it('does not start on a repository without a commit, or with a token that is refused', async () => {
    const start = () => startTestPortal(upstreams, { config: config() });
    await expect(start()).rejects.toThrow('it holds no commit yet; push the first one');
    remote.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') });
    remote.authorization = 'Basic other';
    await expect(start()).rejects.toThrow('is refused; set it to a valid one');
  });
});
