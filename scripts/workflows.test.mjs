import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { listFiles } from './lib/hash.mjs';
import { exists, root } from './lib/paths.mjs';
import { checks } from './lib/platform/checks.mjs';
import { parseYaml, readWorkflows } from './lib/workflows/read.mjs';
import { pinsOf, problemsOf, writesOf } from './lib/workflows/rules.mjs';

const workflows = await readWorkflows();
const workflow = name => workflows.find(entry => entry.name === name).workflow;
const readText = file => readFile(path.join(root, file), 'utf8');

/** Every right to write that a job has; whoever adds one adds it here. */
const writes = {
  'bump/bump': ['actions', 'contents', 'pull-requests'],
  'gitops-check/comment': ['pull-requests'],
  'gitops-recheck/recheck': ['actions'],
  'image/build': ['packages'],
  'image/bump': ['actions', 'contents', 'pull-requests'],
  'image/release': ['attestations', 'id-token', 'packages'],
  'security/codeql': ['security-events'],
};

describe('every workflow', () => {
  for (const { name, text, workflow: parsed } of workflows) {
    it(`${name} keeps the rules`, () => assert.deepEqual(problemsOf(parsed, text), []));
  }

  it('pins an action to one commit everywhere', () => {
    const commits = new Map();
    for (const { action, commit, release } of workflows.flatMap(({ text }) => pinsOf(text))) {
      const pin = `${commit} ${release}`;
      assert.equal(commits.get(action) ?? pin, pin, action);
      commits.set(action, pin);
    }
    assert.ok(commits.size > 10);
  });

  it('writes no more than it has to', () => {
    const found = {};
    for (const { name, workflow: parsed } of workflows) {
      for (const [job, definition] of Object.entries(parsed.jobs)) {
        const scopes = writesOf(definition);
        if (scopes.length > 0) found[`${name}/${job}`] = scopes;
      }
    }
    assert.deepEqual(found, writes);
  });
});

describe('ci', () => {
  it('runs what a developer runs', () => {
    const runs = workflow('ci')
      .jobs.test.steps.map(step => step.run)
      .filter(Boolean);
    assert.deepEqual(runs, ['npm test']);
  });
  it('runs on pushes to main and on pull requests', () => {
    assert.deepEqual(workflow('ci').on.push.branches, ['main']);
    assert.ok('pull_request' in workflow('ci').on);
  });
});

describe('image', () => {
  it('tags only what is scanned, attested and signed', () => {
    const { scan, release } = workflow('image').jobs;
    assert.deepEqual(release.needs, ['build', 'scan']);
    assert.equal(scan.needs, 'build');
    const text = release.steps.map(step => `${step.uses ?? ''} ${step.run ?? ''}`);
    const at = pattern => text.findIndex(line => pattern.test(line));
    for (const evidence of [/attest-build-provenance@/, /actions\/attest@/, /cosign sign/]) {
      assert.ok(at(evidence) >= 0 && at(evidence) < at(/imagetools create/), String(evidence));
    }
  });
  it('lets no job both build and sign', () => {
    for (const [name, job] of Object.entries(workflow('image').jobs)) {
      const builds = (job.steps ?? []).some(step => step.uses?.startsWith('docker/build-push'));
      assert.ok(!(builds && job.permissions['id-token']), name);
    }
  });
});

describe('security', () => {
  it('runs every check of npm run test:platform', () => {
    const { configuration, trivy } = workflow('security').jobs;
    assert.equal(trivy.steps.at(-1).run, 'npm run test:platform -- trivy');
    const tools = [...configuration.strategy.matrix.tool, 'trivy'];
    assert.deepEqual(tools.sort(), Object.keys(checks).sort());
  });
  it('runs weekly, too', () => assert.match(workflow('security').on.schedule[0].cron, / \d$/));
});

describe('the required checks', async () => {
  const ruleset = JSON.parse(await readText('.github/rulesets/main.json'));
  it('are what the ruleset of main asks for', () => {
    const rule = ruleset.rules.find(({ type }) => type === 'required_status_checks');
    const contexts = rule.parameters.required_status_checks.map(({ context }) => context);
    const jobs = [workflow('ci').jobs.test.name, workflow('gitops-check').jobs.check.name];
    assert.deepEqual(contexts, jobs);
  });
  for (const name of ['ci', 'gitops-check']) {
    it(`${name} has no path filter and can be started for a pull request of bump`, () => {
      const { on } = workflow(name);
      assert.equal(on.pull_request?.paths, undefined);
      assert.equal(on.pull_request?.['paths-ignore'], undefined);
      assert.ok('workflow_dispatch' in on && 'merge_group' in on);
      const script = workflow('bump').jobs.bump.steps.at(-1).run;
      assert.match(script, new RegExp(`gh workflow run ${name}\\.yml`));
    });
  }
});

describe('gitops-recheck', { skip: process.platform !== 'linux' && 'it needs GNU date' }, () => {
  const { recheck } = workflow('gitops-recheck').jobs;

  /** Runs its script where gh answers with this; gives what it says and starts. */
  async function run({ policy, merged = '', pulls, judged }) {
    const folder = await mkdtemp(path.join(tmpdir(), 'recheck-'));
    try {
      await mkdir(path.join(folder, 'gitops/policy'), { recursive: true });
      await writeFile(path.join(folder, 'gitops/policy/releases.yaml'), policy);
      const gh = `#!/bin/bash
case "$*" in
  "api repos/o/r/commits?path="*) echo '${merged}' ;;
  "pr list"*) printf '${pulls.map(line => `${line}\\n`).join('')}' ;;
  "api repos/o/r/commits/"*) echo '${judged}' ;;
  "workflow run"*) echo "started: $*" ;;
  *) exit 1 ;;
esac
`;
      await writeFile(path.join(folder, 'gh'), gh, { mode: 0o755 });
      const PATH = `${folder}:${process.env.PATH}`;
      const { stdout } = await promisify(execFile)(
        'bash',
        ['-e', '-o', 'pipefail', '-c', recheck.steps.at(-1).run],
        { cwd: folder, env: { PATH, GH_REPO: 'o/r', BASE: 'main' } },
      );
      return stdout.trim().split('\n').filter(Boolean);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const pulls = ['7 false c0ffee bump/demo-api/ring-1', '8 true c0ffee theirs'];
  const freeze = (from, until) =>
    `freezes:\n  - { all: true, from: ${from}, until: '${until}', reason: x }\n`;
  const judged = Date.parse('2026-03-01T00:00:00Z') / 1000;
  const started = [
    'Check of #7',
    'started: workflow run gitops-check.yml --ref bump/demo-api/ring-1',
    '::warning::#8 comes from a fork and was judged by older rules: let its author update the branch',
  ];

  for (const [what, rules, expected] of [
    ['began', { policy: freeze('2026-03-01T01:00:00+00:30', '2999-01-01T00:00:00Z') }, started],
    ['ended', { policy: freeze('2026-01-01T00:00:00Z', '2026-04-01T00:00Z') }, started],
    ['is to come', { policy: freeze('2999-01-01T00:00:00Z', '2999-02-01T00:00:00Z') }, []],
    ['was there', { policy: freeze('2026-02-01T00:00:00Z', '2999-02-01T00:00:00Z') }, []],
    ['came to main', { policy: 'freezes: []\n', merged: '2026-03-02T00:00:00Z' }, started],
    ['came before', { policy: '{}', merged: '2026-02-02T00:00:00Z' }, []],
  ]) {
    it(`${expected.length > 0 ? 'starts' : 'leaves'} checks where a rule ${what}`, async () =>
      assert.deepEqual(await run({ ...rules, pulls, judged }), expected));
  }
  it('leaves alone what was never judged', async () => {
    const rules = { policy: '{}', merged: '2026-03-02T00:00:00Z' };
    assert.deepEqual(await run({ ...rules, pulls, judged: 0 }), []);
  });
});

describe('dependabot', async () => {
  const { updates } = parseYaml(await readText('.github/dependabot.yml'));
  const manifests = {
    'github-actions': '.github/workflows',
    npm: 'package.json',
    docker: 'Dockerfile',
    pip: 'requirements.txt',
  };
  it('covers every kind of dependency', () => {
    const kinds = new Set(updates.map(update => update['package-ecosystem']));
    assert.deepEqual([...kinds].sort(), Object.keys(manifests).sort());
  });
  for (const update of updates) {
    const kind = update['package-ecosystem'];
    it(`${kind} waits a week`, () => assert.ok(update.cooldown['default-days'] >= 7));
    if (update.directory === undefined) continue;
    it(`${kind} finds its files`, async () =>
      assert.ok(await exists(path.join(root, update.directory, manifests[kind]))));
  }
  it("looks at every folder of the platform's images", async () => {
    const files = await listFiles(root, ['gitops/platform']);
    const folders = new Set();
    for (const file of files.filter(name => name.endsWith('.yaml'))) {
      if (/^ *(- )?image: /m.test(await readText(file))) folders.add(`/${path.dirname(file)}`);
    }
    const watched = updates.flatMap(update => update.directories ?? []);
    assert.deepEqual(watched.sort(), [...folders].sort());
  });
});

describe('CODEOWNERS', async () => {
  const lines = (await readText('.github/CODEOWNERS')).split('\n');
  const entries = lines
    .filter(line => line && !line.startsWith('#'))
    .map(line => line.split(/\s+/));
  /** GitHub's rule: the last pattern that matches. Ours are folders, files and one `*` in a name. */
  const ownersOf = file => {
    const matches = entries.filter(([pattern]) => {
      const expression = pattern.replace(/[.+?]/g, '\\$&').replace(/\*/g, '[^/]*');
      return pattern === '*' || new RegExp(`^${expression}`).test(`/${file}`);
    });
    return matches.at(-1).slice(1);
  };
  for (const file of [
    '.github/workflows/ci.yml',
    '.github/CODEOWNERS',
    'charts/tenant/values.yaml',
    'gitops/policy/releases.yaml',
    'gitops/projects/tenant-a.yaml',
    'packages/gitops/src/index.ts',
    'packages/gitops-cli/src/main.ts',
    'services/demo-api/Dockerfile',
    '.gitleaks.toml',
  ]) {
    it(`${file} needs the platform group`, () =>
      assert.deepEqual(ownersOf(file), ['@acme/platform']));
  }
  it("a tenant's file can be approved by its owners", () =>
    assert.deepEqual(ownersOf('gitops/tenants/tenant-a-values.yaml'), [
      '@acme/tenant-a-owners',
      '@acme/platform',
    ]));
});
