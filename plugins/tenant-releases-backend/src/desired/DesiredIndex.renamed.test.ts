import { eventually } from '../__testUtils__/eventually';
import { FakeGithub, tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { startDesiredIndex } from '../__testUtils__/startDesiredIndex';

/** GitHub answers 301 with `/repositories/<id>/...` after a rename or a transfer. */
describe('DesiredIndex of a repository that was renamed', () => {
  let github: FakeGithub;
  let started: ReturnType<typeof startDesiredIndex>;

  const version = () => started.index.get('tenant-a', 'demo-api')?.file?.image.tag;
  const toOldName = () => github.requests.filter(line => / \/repos\//.test(line));
  const warning =
    'The repository is now acme-eu/platform: set tenantReleases.gitops.repository to its new address';

  beforeEach(async () => {
    github = await new FakeGithub().start();
    github.commit(
      { [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') },
      { pullRequest: 7 },
    );
  });

  afterEach(async () => {
    await started.index.stop();
    await github.stop();
  });

  it('reads it, warns once with the new name and tells it as the detail of the source', async () => {
    github.movedTo = 'acme-eu/platform';
    started = startDesiredIndex(github);
    const { index, logger } = started;
    expect(await eventually(version, 'sha-1')).toBe('sha-1');
    const change = () =>
      index.state(index.get('tenant-a', 'demo-api')!).change?.pullRequest?.number;
    expect(await eventually(change, 7)).toBe(7);
    github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-2') });
    index.refresh();
    expect(await eventually(version, 'sha-2')).toBe('sha-2');
    expect(index.status()).toMatchObject({ state: 'ok', detail: warning });
    expect(jest.mocked(logger.warn).mock.calls).toEqual([[warning]]);
    // Only the branch's head goes by the old name, and once the question for the new one.
    expect(new Set(toOldName())).toEqual(
      new Set(['GET /repos/acme/platform/commits?sha=main&per_page=1', 'GET /repos/acme/platform']),
    );
    expect(toOldName().filter(line => line.endsWith('/platform'))).toHaveLength(1);
  });

  it('notices a rename while it runs, and that the name stands for a repository again', async () => {
    started = startDesiredIndex(github);
    const { index } = started;
    expect(await eventually(version, 'sha-1')).toBe('sha-1');
    expect(index.status()).not.toHaveProperty('detail');
    github.movedTo = 'acme-eu/platform';
    index.refresh();
    const detail = () => index.status().detail;
    expect(await eventually(detail, warning)).toBe(warning);
    github.movedTo = undefined;
    index.refresh();
    expect(await eventually(detail, undefined)).toBeUndefined();
  });

  it('says that it has moved also when GitHub does not tell where to', async () => {
    github.movedTo = 'no name at all';
    started = startDesiredIndex(github);
    expect(await eventually(version, 'sha-1')).toBe('sha-1');
    expect(started.index.status().detail).toBe(
      'The repository was moved: set tenantReleases.gitops.repository to its new address',
    );
  });

  it('never follows to another host', async () => {
    const other = await new FakeGithub().start();
    const location = `${other.url}/repositories/42/commits?sha=main&per_page=1`;
    github.fault = { fault: { kind: 'redirect', location } };
    started = startDesiredIndex(github);
    const error = () => started.index.status().error;
    expect(await eventually(error, 'bad-answer')).toBe('bad-answer');
    expect(other.requests).toEqual([]);
    await other.stop();
  });
});
