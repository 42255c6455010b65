import { eventually } from '../__testUtils__/eventually';
import { FakeGithub, tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { startDesiredIndex } from '../__testUtils__/startDesiredIndex';

/** What GitHub says of a branch that cannot be read. */
describe('DesiredIndex of a branch that is refused', () => {
  let github: FakeGithub;
  let started: ReturnType<typeof startDesiredIndex> | undefined;

  const status = () => started!.index.status();
  const commit = () => github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') });

  beforeEach(async () => {
    github = await new FakeGithub().start();
  });

  afterEach(async () => {
    await started?.index.stop();
    await github.stop();
  });

  it('says what to do about a repository without a commit, and takes the first one', async () => {
    started = startDesiredIndex(github);
    expect(await eventually(() => status().error, 'misconfigured')).toBe('misconfigured');
    expect(status().detail).toBe(
      'The repository holds no commit yet: push the first one to branch "main".',
    );
    commit();
    started.index.refresh();
    expect(await eventually(() => status().state, 'ok')).toBe('ok');
    expect(status()).not.toHaveProperty('detail');
  });

  it.each([404, 422])('says what to correct where a branch is not found: %d', async code => {
    commit();
    github.fault = { fault: { kind: 'status', status: code }, path: /commits/ };
    started = startDesiredIndex(github, { branch: 'absent' });
    expect(await eventually(() => status().error, 'not-found')).toBe('not-found');
    expect(status().detail).toMatch(
      /^There is no branch "absent", or no such repository that the token may see: correct /,
    );
  });

  it('reads the head from the list of commits, so that GitHub makes no diff of it', async () => {
    const head = commit();
    started = startDesiredIndex(github);
    expect(await eventually(() => started!.index.knownHead, head)).toBe(head);
    expect(github.requests).not.toContainEqual(expect.stringContaining(`/commits/main`));
    github.rewrite = (url, body) =>
      url.pathname.endsWith('/commits') ? [{ sha: 'not a commit' }] : body;
    commit();
    started.index.refresh();
    expect(await eventually(() => status().error, 'bad-answer')).toBe('bad-answer');
  });
});
