import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { edit, git, makeWorkspace, runStep } from './lib/workflows/testing/workspace.mjs';

const values = 'gitops/tenants/tenant-a-values.yaml';
const policy = 'gitops/policy/releases.yaml';
const freeze = `freezes:
  - tenants: [tenant-a]
    from: 2020-01-01T00:00:00Z
    until: 2099-01-01T00:00:00Z
    reason: sale
`;
const setTag = text => text.replace(/^( {2}tag: ).*$/m, '$1sha-3333333');

describe('the steps of gitops-check', () => {
  let workspace;
  before(async () => {
    workspace = await makeWorkspace();
  });
  after(() => workspace.remove());

  const onBranch = async (name, change) => {
    await git(workspace, 'checkout', '--quiet', '-b', name, 'main');
    await change();
    await git(workspace, 'commit', '--quiet', '--all', `--message=${name}`);
  };
  const changes = async () => {
    const env = { BASE_COMMIT: 'main', DEFAULT_BRANCH: 'main' };
    const step = await runStep(workspace, 'gitops-check', 'See what is touched', { env });
    assert.equal(step.code, 0, step.output);
    return step.outputs;
  };
  const check = async () => {
    const env = { BASE: (await changes()).base };
    const radius = await runStep(workspace, 'gitops-check', 'Write the blast radius', { env });
    assert.equal(radius.code, 0, radius.output);
    const verdict = await runStep(workspace, 'gitops-check', 'Check', { env });
    return { radius, verdict };
  };

  it('see that nothing of the platform is touched', async () => {
    await onBranch('readme', () => edit(workspace, 'README.md', text => `${text}More\n`));
    assert.equal((await changes()).touched, 'false');
  });

  it('let a release pass and say whom it reaches', async () => {
    await onBranch('release', () => edit(workspace, values, setTag));
    assert.equal((await changes()).touched, 'true');
    const { radius, verdict } = await check();
    assert.equal(verdict.code, 0, verdict.output);
    assert.match(radius.summary, /tenant-a/);
    assert.doesNotMatch(radius.summary, /tenant-b/);
  });

  it('refuse a file that the schema refuses, with its line', async () => {
    const misspell = text => text.replace('tier:', 'tear:');
    await onBranch('broken', () => edit(workspace, values, misspell));
    const { verdict } = await check();
    assert.equal(verdict.code, 1, verdict.output);
    assert.match(verdict.output, /^::error file=.*tenant-a-values\.yaml,line=\d+/m);
  });

  it('refuse a release to a tenant that is held', async () => {
    const hold =
      '  hold:\n    version: sha-1a2b3c4\n    reason: errors\n    by: user:default/ada\n    since: 2026-11-23T10:00:00Z\nimage:';
    await onBranch('held', () =>
      edit(workspace, values, text => setTag(text.replace(/^image:/m, hold))),
    );
    const { verdict } = await check();
    assert.equal(verdict.code, 1, verdict.output);
    assert.match(verdict.output, /tenant-a-values\.yaml/);
  });

  it('refuse a release to a tenant whom the base freezes, though the branch lifts the freeze', async () => {
    await git(workspace, 'checkout', '--quiet', 'main');
    await edit(workspace, policy, text => text.replace(/^freezes: \[\]$/m, freeze));
    await git(workspace, 'commit', '--quiet', '--all', '--message=freeze');
    await onBranch('frozen', async () => {
      await edit(workspace, values, setTag);
      await edit(workspace, policy, text => text.replace(freeze, 'freezes: []\n'));
    });
    const { verdict } = await check();
    assert.equal(verdict.code, 1, verdict.output);
    assert.match(verdict.output, /sale/);
  });

  it('refuse a release to a tenant whom main has frozen since the branch was cut', async () => {
    // It is the default branch that counts, also where no pull request names a commit of it.
    await git(workspace, 'checkout', '--quiet', 'main');
    await edit(workspace, policy, text => text.replace(freeze, 'freezes: []\n'));
    await git(workspace, 'commit', '--quiet', '--all', '--message=thaw');
    await onBranch('early', () => edit(workspace, values, setTag));
    await git(workspace, 'checkout', '--quiet', 'main');
    await edit(workspace, policy, text => text.replace(/^freezes: \[\]$/m, freeze));
    await git(workspace, 'commit', '--quiet', '--all', '--message=freeze again');
    await git(workspace, 'checkout', '--quiet', 'early');
    const { verdict } = await check();
    assert.equal(verdict.code, 1, verdict.output);
    assert.match(verdict.output, /sale/);
  });
});
