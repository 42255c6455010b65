import { eventually, git } from '../forge/__testUtils__/testForge';
import { startFleet, type Fleet } from './__testUtils__/fleet';

// Real Git and thousands of files, on a machine that may be busy.
jest.setTimeout(300_000);

describe('a bump of many files', () => {
  let fleet: Fleet;
  afterEach(() => fleet?.close());

  it.each([1, 300, 301, 1_000, 3_000])(
    'of %d files is opened once; run again it changes nothing',
    async size => {
      fleet = await startFleet(size);
      const first = await fleet.bump();
      expect(first).toMatchObject({ code: 0, pullRequests: [{ outcome: 'opened' }] });
      // However many files there are.
      expect(first.writes).toEqual(['POST git-receive-pack', 'POST pulls']);
      expect(first.requests).toBeLessThanOrEqual(13);
      const [{ number }] = first.pullRequests;
      await fleet.api('POST', `pulls/${number}/reviews`, { event: 'APPROVE' });
      const tip = await fleet.tip();
      for (const run of [2, 3]) {
        const again = await fleet.bump();
        expect({ run, ...again }).toMatchObject({
          code: 0,
          pullRequests: [{ outcome: 'unchanged', number }],
          writes: [],
        });
      }
      expect(await fleet.tip()).toBe(tip);
      expect(await fleet.reviews(number)).toEqual(['APPROVED']);
      const { check_runs: checks } = await eventually(async () => {
        const runs = await fleet.api('GET', `commits/${tip}/check-runs`);
        return runs.check_runs[0]?.status === 'completed' && runs;
      }, 60_000);
      // Neutral: there is no whole chart here to render.
      expect(checks).toMatchObject([{ name: 'gitops-check', conclusion: 'neutral' }]);
      expect(checks[0].output.summary.length).toBeLessThan(65_536);
      await git(fleet.clone, 'fetch', '--quiet', 'origin');
      const range = ['origin/main', 'origin/bump/demo-api/ring-1'];
      const stat = await git(fleet.clone, 'diff', '--shortstat', '--summary', ...range);
      const files =
        size === 1 ? '1 file changed, 1 insertion' : `${size} files changed, ${size} insertions`;
      // No mode is changed: there would be a line more.
      expect(stat.trim()).toMatch(new RegExp(`^${files}\\(\\+\\), ${size} deletions?\\(-\\)$`));
    },
  );
});

describe('an open pull request', () => {
  let fleet: Fleet;
  let number: number;
  beforeEach(async () => {
    fleet = await startFleet(4);
    [{ number }] = (await fleet.bump()).pullRequests;
    await fleet.api('POST', `pulls/${number}/reviews`, { event: 'APPROVE' });
  });
  afterEach(() => fleet.close());

  /** Runs it again and says what became of the pull request. */
  const again = async (version?: string) => {
    const before = await fleet.tip();
    const { code, pullRequests, writes } = await fleet.bump(version);
    const [{ outcome, number: same, reason }] = pullRequests;
    return {
      code,
      outcome,
      ...(same === number ? {} : { another: true }),
      ...(reason === undefined ? {} : { reason }),
      writes: writes.length,
      moved: (await fleet.tip()) !== before,
      reviews: await fleet.reviews(number),
    };
  };
  const kept = { code: 0, outcome: 'unchanged', writes: 0, moved: false, reviews: ['APPROVED'] };
  // The branch and the text.
  const updated = { code: 0, outcome: 'updated', writes: 2, moved: true, reviews: ['DISMISSED'] };
  const leftAlone = {
    code: 1,
    outcome: 'left-alone',
    writes: 0,
    moved: false,
    reason: expect.stringContaining('holds commits of somebody else: merge or delete it first'),
    reviews: ['DISMISSED'],
  };
  const onBranch = async () => {
    await git(fleet.clone, 'fetch', '--quiet', 'origin');
    await git(fleet.clone, 'checkout', '--quiet', 'bump/demo-api/ring-1');
  };

  it('stays when main moves on in another file', async () => {
    await fleet.api('PUT', 'contents/NOTES.md', {
      message: 'Notes',
      content: Buffer.from('x').toString('base64'),
      branch: 'main',
    });
    expect(await again()).toEqual(kept);
  });

  it('stays when main moves on in other lines of a file that it changes', async () => {
    await fleet.onMain({ name: 't0001', edit: text => text.replace('replicas: 2', 'replicas: 3') });
    expect(await again()).toEqual(kept);
  });

  it('stays when a tenant got the version on main by itself; only its text is another one', async () => {
    await fleet.onMain({ name: 't0001', edit: text => text.replace('sha-1111111', 'sha-2222222') });
    expect(await again()).toEqual({ ...kept, writes: 1 });
    expect(await again()).toEqual(kept);
  });

  it('is made anew when main moves on in the very line', async () => {
    await fleet.onMain({ name: 't0001', edit: text => text.replace('sha-1111111', 'sha-3333333') });
    expect(await again()).toEqual(updated);
    expect(await again()).toMatchObject({ outcome: 'unchanged', writes: 0 });
  });

  it('is made anew without a tenant that is held by now', async () => {
    const hold =
      'tenant:\n  hold: { version: sha-1111111, reason: errors, by: "user:default/ada", since: "2026-11-23T10:00:00Z" }\n';
    await fleet.onMain({ name: 't0001', edit: text => text.replace('tenant:\n', hold) });
    const { pullRequests } = await fleet.bump();
    expect(pullRequests).toMatchObject([
      { outcome: 'updated', tenants: ['t0000', 't0002', 't0003'] },
    ]);
  });

  it('is made anew for a later version, which dismisses the approvals', async () => {
    expect(await again('sha-3333333')).toEqual(updated);
  });

  it('stays after "Update branch", and a later version still goes over that', async () => {
    await fleet.onMain({ name: 't0001', edit: text => text.replace('replicas: 2', 'replicas: 3') });
    await fleet.onMain({ name: 't0002', edit: text => text.replace('sha-1111111', 'sha-2222222') });
    await onBranch();
    await git(fleet.clone, 'merge', '--quiet', '--no-edit', 'origin/main');
    await fleet.push('HEAD');
    // The push dismissed the approval, not the bump.
    expect(await again()).toEqual({ ...kept, writes: 1, reviews: ['DISMISSED'] });
    expect(await again('sha-3333333')).toEqual(updated);
  });

  it('keeps what a person wrote into its description', async () => {
    const { body } = await fleet.api('GET', `pulls/${number}`);
    await fleet.api('PATCH', `pulls/${number}`, {
      title: 'Mine',
      body: `Mind the queue.\n\n${body}`,
    });
    expect(await again()).toEqual(kept);
    expect(await fleet.api('GET', `pulls/${number}`)).toMatchObject({
      title: 'Mine',
      body: expect.stringContaining('Mind the queue.'),
    });
  });

  it.each<[string, () => Promise<void>]>([
    [
      'a commit on top',
      async () => {
        await git(fleet.clone, 'commit', '--quiet', '--allow-empty', '--message', 'Nothing yet');
        await git(fleet.clone, 'mv', 'README.md', 'READ.md');
        await git(fleet.clone, 'commit', '--quiet', '--message', 'My own');
      },
    ],
    [
      'an amended commit, which keeps the message',
      async () => {
        await git(fleet.clone, 'mv', 'README.md', 'READ.md');
        await git(fleet.clone, 'commit', '--quiet', '--amend', '--no-edit');
      },
    ],
    [
      'a merge that changes something by itself',
      async () => {
        await fleet.onMain({ name: 't0001', edit: text => text.replace(': 2', ': 3') });
        await git(fleet.clone, 'fetch', '--quiet', 'origin');
        await git(fleet.clone, 'merge', '--quiet', '--no-commit', 'origin/main');
        await git(fleet.clone, 'mv', 'README.md', 'READ.md');
        await git(fleet.clone, 'commit', '--quiet', '--message', 'Merge');
      },
    ],
    [
      'a commit below the bump',
      async () => {
        const bumped = (await git(fleet.clone, 'rev-parse', 'HEAD')).trim();
        await git(fleet.clone, 'reset', '--quiet', '--hard', 'origin/main');
        await git(fleet.clone, 'mv', 'README.md', 'READ.md');
        await git(fleet.clone, 'commit', '--quiet', '--message', 'My own');
        await git(fleet.clone, 'cherry-pick', bumped);
      },
    ],
  ])('is left alone when its branch holds %s', async (_, work) => {
    await onBranch();
    await work();
    await fleet.push('--force', 'HEAD');
    expect(await again('sha-2222222')).toEqual(leftAlone);
    expect(await again('sha-3333333')).toEqual(leftAlone);
  });

  it('that was closed is opened anew, without a push', async () => {
    const tip = await fleet.tip();
    await fleet.api('PATCH', `pulls/${number}`, { state: 'closed' });
    const rerun = await fleet.bump();
    expect(rerun).toMatchObject({
      code: 0,
      pullRequests: [{ outcome: 'opened' }],
      writes: ['POST pulls'],
    });
    expect(rerun.pullRequests[0].number).not.toBe(number);
    expect(await fleet.tip()).toBe(tip);
  });

  it('that was merged leaves nothing to do; its branch is taken for the next version', async () => {
    await eventually(() => fleet.api('PUT', `pulls/${number}/merge`, {}).catch(() => false));
    expect(await fleet.bump()).toMatchObject({ code: 0, pullRequests: [], writes: [] });
    const next = await fleet.bump('sha-3333333');
    expect(next).toMatchObject({ code: 0, pullRequests: [{ outcome: 'opened' }] });
    expect((await fleet.bump('sha-3333333')).writes).toEqual([]);
  });

  it('of a hold stays, though the hold would begin later now', async () => {
    const more = ['--tenant', 't0003', '--hold', 'errors', '--by', 'user:default/ada'];
    const first = await fleet.bump('sha-0000001', { more });
    expect(first.pullRequests).toMatchObject([{ outcome: 'opened' }]);
    const rerun = await fleet.bump('sha-0000001', { more, at: '13:00' });
    expect(rerun.pullRequests).toMatchObject([{ outcome: 'unchanged' }]);
    expect(rerun.writes).toEqual([]);
    const other = ['--tenant', 't0003', '--hold', 'latency', '--by', 'user:default/ada'];
    expect((await fleet.bump('sha-0000001', { more: other })).pullRequests).toMatchObject([
      { outcome: 'updated' },
    ]);
  });
});

describe('a limit of the host', () => {
  it('opens nothing, and a rerun takes the branch that is there', async () => {
    const fleet = await startFleet(3, { writesPerHour: 0 });
    try {
      const stopped = await fleet.bump();
      expect(stopped).toMatchObject({
        code: 1,
        pullRequests: [],
        failed: expect.stringMatching(
          /limits how much this token may do .*wait \d+ minutes and run the same command again/,
        ),
      });
      expect(await fleet.api('GET', 'pulls')).toEqual([]);
      delete fleet.forge.settings.forgeLimits;
      await fleet.forge.restart();
      const rerun = await fleet.bump();
      expect(rerun).toMatchObject({
        code: 0,
        pullRequests: [{ outcome: 'opened' }],
        writes: ['POST pulls'],
      });
      const [{ number }] = rerun.pullRequests;
      expect(await fleet.api('GET', `pulls/${number}/files`)).toHaveLength(3);
      expect((await fleet.bump()).writes).toEqual([]);
    } finally {
      await fleet.close();
    }
  });
});
