/** The steps that call GitHub's CLI, with a stand-in that writes its calls down and gives prepared answers. */
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { makeWorkspace, runStep } from './lib/workflows/testing/workspace.mjs';

const gh = `#!/bin/sh
echo "$@" >> "$CALLS"
case "$1 $2" in
  "pr list") printf '%s' "$PULLS" ;;
  "api --paginate") printf '%s' "$COMMENTS" ;;
  *"/check-runs?per_page=100") case "$2" in *"$CHECKED"*) echo false ;; *) echo true ;; esac ;;
esac
`;

describe('steps that call gh', () => {
  let workspace;
  let calls;
  before(async () => {
    workspace = await makeWorkspace();
    calls = path.join(workspace.folder, 'calls');
    await writeFile(path.join(workspace.folder, 'bin', 'gh'), gh, { mode: 0o755 });
  });
  beforeEach(() => rm(calls, { force: true }));
  after(() => workspace.remove());

  const run = async (workflow, step, env) => {
    const result = await runStep(workspace, workflow, step, { env: { CALLS: calls, ...env } });
    assert.equal(result.code, 0, result.output);
    return (await readFile(calls, 'utf8')).trim().split('\n');
  };

  it('start both required checks of each pull request that does not have them', async () => {
    const made = await run('bump', 'Start the required checks of the pull requests', {
      SERVICE: 'demo-api',
      GH_REPO: 'acme/platform',
      PULLS: 'bump/demo-api/ring-0 aaa\nbump/demo-api/ring-1 bbb\nbump/demo-api/ring-2 ccc\n',
      CHECKED: '/commits/ccc/',
    });
    const started = made.filter(call => call.startsWith('workflow run'));
    assert.deepEqual(started, [
      'workflow run gitops-check.yml --ref bump/demo-api/ring-0',
      'workflow run ci.yml --ref bump/demo-api/ring-0',
      'workflow run gitops-check.yml --ref bump/demo-api/ring-1',
      'workflow run ci.yml --ref bump/demo-api/ring-1',
    ]);
  });

  describe('comment with the blast radius', () => {
    const comment = async env => {
      await writeFile(
        path.join(workspace.folder, 'blast-radius.md'),
        `| tenant-a |\n${'ärger\n'.repeat(20000)}`,
      );
      return run('gitops-check', 'Write or update the comment', {
        GH_REPO: 'acme/platform',
        MARKER: '<!-- gitops-check:blast-radius -->',
        RESULT: 'failure',
        RUN: 'https://github.com/acme/platform/actions/runs/1',
        BRANCH: 'bump/demo-api/ring-0',
        ...env,
      });
    };
    const text = () => readFile(path.join(workspace.folder, 'comment.md'), 'utf8');

    it('once, within what a comment holds', async () => {
      const made = await comment({ NUMBER: '7' });
      assert.match(
        made.at(-1),
        /^api --silent --method POST repos\/acme\/platform\/issues\/7\/comments /,
      );
      const written = await text();
      assert.match(written, /^<!-- gitops-check:blast-radius -->\n\*\*gitops check: failure\*\*/);
      assert.ok(written.length < 65536);
      assert.ok(!written.includes('\uFFFD'));
    });
    it('again, in the same place', async () => {
      const made = await comment({ NUMBER: '7', COMMENTS: '4711\n' });
      assert.match(
        made.at(-1),
        /^api --silent --method PATCH repos\/acme\/platform\/issues\/comments\/4711 /,
      );
    });
    it('of the pull request that bump opened', async () => {
      const made = await comment({ NUMBER: '', PULLS: '8\n' });
      assert.match(made[0], /^pr list --state open --head bump\/demo-api\/ring-0 /);
      assert.match(made.at(-1), /issues\/8\/comments/);
    });
    it('not, where there is no pull request', async () => {
      const made = await comment({ NUMBER: '', PULLS: '' });
      assert.equal(made.length, 1);
    });
  });
});
