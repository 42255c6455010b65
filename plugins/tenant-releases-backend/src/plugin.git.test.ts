import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';

jest.setTimeout(30_000);

/** A repository that was transferred, with a file that was moved and a version that a bot has set. */
describe('a Git host as it is', () => {
  const path = tenantPath('tenant-a');
  const former = 'tenants/tenant-a.yaml';
  let portal: TestPortal;
  let first: string;
  let bump: string;

  const get = async (route: string) =>
    (await request(portal.server).get(`/api/tenant-releases${route}`)).body;

  beforeAll(async () => {
    const upstreams = await startUpstreams();
    const { github, argocd } = upstreams;
    const one = tenantFile('tenant-a', 'sha-1');
    first = github.commit({ [former]: one }, { author: 'Lin' });
    github.commit({ [former]: undefined, [path]: one }, { renames: { [path]: former } });
    bump = github.commit(
      { [path]: tenantFile('tenant-a', 'sha-2') },
      { author: 'renovate[bot]', mergedBy: 'jdoe', pullRequest: 4, message: 'bump' },
    );
    github.movedTo = 'acme-eu/platform';
    argocd.set('tenant-a', { revision: first });
    portal = await startTestPortal(upstreams);
  });

  afterAll(() => portal.stop());

  it('tells the new name of the repository at the source', async () => {
    const git = async () =>
      (await get('/sources')).items.find(({ id }: { id: string }) => id === 'git');
    const state = async () => (await git()).state;
    expect(await eventually(state, 'ok')).toBe('ok');
    expect((await git()).detail).toBe(
      'The repository is now acme-eu/platform: set tenantReleases.gitops.repository to its new address',
    );
  });

  it('names the bot and who merged, in the release and in its history', async () => {
    const change = async () => (await get('/releases/tenant-a/demo-api')).desired?.author;
    expect(await eventually(change, 'renovate[bot]')).toBe('renovate[bot]');
    expect((await get('/releases/tenant-a/demo-api')).desired).toMatchObject({
      commit: bump,
      pullRequest: { number: 4, mergedBy: 'Jo Doe' },
    });
    const { items } = await get('/releases/tenant-a/demo-api/history');
    expect(items).toMatchObject([
      { version: 'sha-2', author: 'renovate[bot]', pullRequest: { mergedBy: 'Jo Doe' } },
      { version: 'sha-1', kind: 'settings', movedFrom: former },
      { version: 'sha-1', kind: 'release', author: 'Lin', commit: first },
    ]);
  });

  it('knows what was synced before the file was moved', async () => {
    const synced = async () => (await get('/releases/tenant-a/demo-api')).synced?.version;
    expect(await eventually(synced, 'sha-1')).toBe('sha-1');
  });

  it('compares across the move', async () => {
    const { values } = await get(`/releases/tenant-a/demo-api/diff?from=${first}&to=${bump}`);
    expect(values.keys).toEqual([
      { key: 'image.tag', change: 'changed', from: 'sha-1', to: 'sha-2' },
    ]);
  });
});
