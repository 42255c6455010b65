import { tenantOfPath } from '@internal/gitops';
import { nameProblem, verdict, yamlProblem } from './gitopsCheck';
import {
  authorOf,
  eventually,
  findProgram,
  startTestForge,
  type TestForge,
} from '../__testUtils__/testForge';

const platform = { owner: 'acme', repo: 'platform' };

describe('parts of the check', () => {
  it.each([
    ['gitops/tenants/tenant-a-values.yaml', 'tenant-a'],
    ['gitops/tenants/x/tenant-a-values.yaml', undefined],
    ['gitops/tenants/tenant-a.yaml', undefined],
    ['x/gitops/tenants/tenant-a-values.yaml', undefined],
  ])('takes the tenant of %s', (file, tenant) => {
    expect(tenantOfPath(file)).toBe(tenant);
  });

  it.each([
    ['a: 1\n', undefined],
    ['a: 1\n---\nb: 2\n', undefined],
    ['', undefined],
    ['a: [1', /flow/i],
    ['a: 1\na: 2\n', /unique/i],
    ['a: b: c\n', /./],
  ])('judges the YAML %j', (text, problem) => {
    const found = yamlProblem(text);
    expect(found === undefined).toBe(problem === undefined);
    expect(found ?? '').toMatch(problem ?? '');
  });

  it.each([
    ['tenant: { name: a }', undefined],
    ['tenant: { name: b }', 'tenant.name is "b", but the file is named after "a"'],
    ['tenant: {}', 'tenant.name is absent, but the file is named after "a"'],
    ['', 'tenant.name is absent, but the file is named after "a"'],
    ['[1]', 'tenant.name is absent, but the file is named after "a"'],
  ])('compares the name in %j', (text, problem) => {
    expect(nameProblem(text, 'a')).toBe(problem);
  });

  it('fails when anything fails, is neutral when something could not be tried', () => {
    const passed = { state: 'passed', subject: 'p' } as const;
    const skipped = { state: 'skipped', subject: 's', detail: 'no Helm' } as const;
    const failed = { state: 'failed', subject: 'f', detail: 'why' } as const;
    expect(verdict([]).conclusion).toBe('success');
    expect(verdict([passed]).conclusion).toBe('success');
    expect(verdict([passed, skipped])).toMatchObject({
      conclusion: 'neutral',
      output: { title: 'no Helm' },
    });
    expect(verdict([skipped, failed, passed])).toMatchObject({
      conclusion: 'failure',
      output: { title: '1 of 3 failed: f', text: expect.stringContaining('why') },
    });
  });
});

const chart = {
  'charts/tenant/Chart.yaml': 'apiVersion: v2\nname: tenant\nversion: 1.0.0\n',
  'charts/tenant/values.yaml': 'replicas: 1\n',
  'charts/tenant/values.schema.json': JSON.stringify({
    type: 'object',
    properties: { replicas: { type: 'integer', minimum: 1 } },
  }),
  'charts/tenant/templates/map.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  replicas: "{{ .Values.replicas }}"\n',
};

/** A tenant file that the portal can read. */
function whole(name: string, tag: string, hold?: string): string {
  const held = hold
    ? `\n  hold: { version: ${hold}, reason: errors, by: user:default/ada, since: 2026-11-23T10:00:00Z }`
    : '';
  return `tenant:
  name: ${name}
  displayName: Acme
  owner: group:default/owners
  tier: free
  ring: 1
  contact: a@example.com${held}
image:
  repository: ghcr.io/acme/demo-api
  tag: ${tag}
`;
}

// Real Git and Helm, and one that waits for a freeze to begin.
jest.setTimeout(60_000);

describe('gitops-check', () => {
  let forge: TestForge;
  beforeAll(async () => {
    const helm = findProgram('helm');
    if (!helm) {
      throw new Error('helm is not on PATH: run the tests with `npm test`, which brings it');
    }
    forge = await startTestForge({
      settings: {
        tools: { git: findProgram('git') ?? 'git', helm },
        // All that is proposed here within a minute is by one account.
        forgeLimits: { writesPerMinute: 400 },
      },
      seed: seeded =>
        seeded.commitFiles({
          repository: 'platform',
          branch: 'main',
          files: chart,
          message: 'Add the chart',
          author: authorOf('ada'),
        }),
    });
  });
  afterAll(() => forge.close());

  /** Opens a pull request that changes files and waits for its check. */
  async function propose(branch: string, files: Record<string, string>) {
    const { rest } = forge.octokit();
    const main = await rest.repos.getBranch({ ...platform, branch: 'main' });
    const tree = await rest.git.createTree({
      ...platform,
      base_tree: main.data.commit.commit.tree.sha,
      tree: Object.entries(files).map(([path, content]) => ({ path, mode: '100644', content })),
    });
    const commit = await rest.git.createCommit({
      ...platform,
      message: 'x',
      tree: tree.data.sha,
      parents: [main.data.commit.sha],
    });
    const sha = commit.data.sha;
    await rest.git.createRef({ ...platform, ref: `refs/heads/${branch}`, sha });
    const pull = await rest.pulls.create({ ...platform, title: 'x', head: branch, base: 'main' });
    const early = await rest.pulls
      .merge({ ...platform, pull_number: pull.data.number })
      .catch((error: Error) => error.message);
    const run = await eventually(async () => {
      const { data } = await rest.checks.listForRef({ ...platform, ref: sha });
      return data.check_runs.find(one => one.name === 'gitops-check' && one.status === 'completed');
    }, 30_000);
    return { number: pull.data.number, run, early };
  }

  it('passes a good tenant file, and the merge waits for it', async () => {
    const { number, run, early } = await propose('good', {
      'gitops/tenants/tenant-c-values.yaml': 'tenant: { name: tenant-c }\nreplicas: 2\n',
      'gitops/apps/tenant-c.yaml': 'kind: A\n---\nkind: B\n',
    });
    expect(early).toMatch(/Required status check "gitops-check" is (expected|in progress)\./);
    expect(run).toMatchObject({ conclusion: 'success', output: { title: '3 passed' } });
    const merged = await forge.octokit().rest.pulls.merge({ ...platform, pull_number: number });
    expect(merged.data.merged).toBe(true);
  });

  it.each([
    ['schema', 'tenant: { name: tenant-d }\nreplicas: 0\n', /minimum: got 0, want 1/],
    ['name', 'tenant: { name: tenant-x }\n', /named after "tenant-d"/],
    ['yaml', 'tenant: [\n', /flow/i],
  ])('fails a tenant file for its %s, and the merge with it', async (kind, text, reason) => {
    const { number, run } = await propose(`bad-${kind}`, {
      'gitops/tenants/tenant-d-values.yaml': text,
    });
    expect(run.conclusion).toBe('failure');
    expect(run.output.text).toMatch(reason);
    expect(run.output.text).not.toContain('/tmp/');
    await expect(
      forge.octokit().rest.pulls.merge({ ...platform, pull_number: number }),
    ).rejects.toMatchObject({
      status: 405,
      message: expect.stringContaining('Required status check "gitops-check" is failing.'),
    });
    const page = await fetch(`${forge.url}/acme/platform/pull/${number}`);
    expect(await page.text()).toMatch(/✕ failed/);
  });

  it('fails a frozen tenant, and one whose hold says another version', async () => {
    const { rest } = forge.octokit();
    const frozen = await propose('freeze', {
      'gitops/policy/releases.yaml':
        'freezes:\n  - { tenants: [tenant-f], from: 2026-01-01T00:00:00Z, until: 2999-01-01T00:00:00Z, reason: sale }\n',
      'gitops/tenants/tenant-f-values.yaml': whole('tenant-f', 'sha-1111111'),
      'gitops/tenants/tenant-g-values.yaml': whole('tenant-g', 'sha-1111111'),
    });
    expect(frozen.run.conclusion).toBe('success');
    await rest.pulls.merge({ ...platform, pull_number: frozen.number });
    const { run } = await propose('thaw', {
      'gitops/policy/releases.yaml': 'freezes: []\n',
      'gitops/tenants/tenant-f-values.yaml': whole('tenant-f', 'sha-2222222'),
      'gitops/tenants/tenant-g-values.yaml': whole('tenant-g', 'sha-2222222', 'sha-1111111'),
    });
    expect(run.conclusion).toBe('failure');
    expect(run.output.text).toMatch(/tenant-f-values\.yaml:\d+ image\.tag[^]*is frozen until 2999/);
    expect(run.output.text).toMatch(
      /tenant-g-values\.yaml:\d+ image\.tag[^]*is held at sha-1111111/,
    );
  });

  it('fails a policy that it cannot read, and a tenant while the one of the branch is so', async () => {
    const { rest } = forge.octokit();
    const path = 'gitops/policy/releases.yaml';
    const broken = await propose('broken-policy', { [path]: 'badVersion: []\n' });
    expect(broken.run.conclusion).toBe('failure');
    expect(broken.run.output.text).toMatch(
      /releases\.yaml:1 badVersion[^]*is not a key of this file/,
    );
    // Somebody with the right to do so went past the check.
    const { data } = await rest.repos.getContent({ ...platform, path });
    const now = data as { sha: string; content: string };
    const write = async (text: string, sha: string) => {
      const content = Buffer.from(text).toString('base64');
      const written = await rest.repos.createOrUpdateFileContents({
        ...platform,
        path,
        message: 'x',
        content,
        sha,
      });
      return written.data.content?.sha ?? '';
    };
    const before = Buffer.from(now.content, 'base64').toString();
    await write('badVersion: []\n', now.sha);
    const { run } = await propose('beside-it', {
      'gitops/tenants/tenant-f-values.yaml': whole('tenant-f', 'sha-3333333'),
    });
    expect(run.conclusion).toBe('failure');
    expect(run.output.text).toMatch(
      /cannot be read on the branch[^]*correct the policy there first/,
    );
    const cure = await propose('cured', { [path]: before });
    expect(cure.run.conclusion).toBe('success');
    await rest.pulls.merge({ ...platform, pull_number: cure.number });
  });

  describe('after its verdict', () => {
    const until = '2999-01-01T00:00:00Z';
    const freeze = (tenant: string, from: Date) =>
      `  - { tenants: [${tenant}], from: ${from.toISOString()}, until: ${until}, reason: sale }\n`;
    /** Waits until the check of a commit has failed, and the merge with it. */
    const fails = async (number: number, sha: string) => {
      const { rest } = forge.octokit();
      await eventually(async () => {
        const { data } = await rest.checks.listForRef({ ...platform, ref: sha });
        return data.check_runs.some(({ conclusion }) => conclusion === 'failure') || undefined;
      }, 30_000);
      await expect(rest.pulls.merge({ ...platform, pull_number: number })).rejects.toMatchObject({
        message: expect.stringContaining('"gitops-check" is failing'),
      });
    };
    let policy: string;

    beforeAll(async () => {
      const { rest } = forge.octokit();
      const where = { ...platform, path: 'gitops/policy/releases.yaml' };
      const { data } = await rest.repos.getContent({ ...where, mediaType: { format: 'raw' } });
      policy = String(data);
      const { number } = await propose('soon-frozen', {
        'gitops/tenants/tenant-h-values.yaml': whole('tenant-h', 'sha-1111111'),
        'gitops/tenants/tenant-i-values.yaml': whole('tenant-i', 'sha-1111111'),
      });
      await rest.pulls.merge({ ...platform, pull_number: number });
    });

    it('judges anew when a freeze begins', async () => {
      const { rest } = forge.octokit();
      const rules = await propose('announce', {
        'gitops/policy/releases.yaml': `${policy}${freeze(
          'tenant-h',
          new Date(Date.now() + 4_000),
        )}`,
      });
      await rest.pulls.merge({ ...platform, pull_number: rules.number });
      const { number, run } = await propose('before', {
        'gitops/tenants/tenant-h-values.yaml': whole('tenant-h', 'sha-2222222'),
      });
      expect(run.conclusion).toBe('success');
      await fails(number, run.head_sha);
    });

    it('judges anew when the rules of the base are others', async () => {
      const { rest } = forge.octokit();
      const { number, run } = await propose('green', {
        'gitops/tenants/tenant-i-values.yaml': whole('tenant-i', 'sha-2222222'),
      });
      expect(run.conclusion).toBe('success');
      const bad =
        'badVersions:\n  - { version: sha-2222222, reason: leaks, by: user:default/ada, since: 2026-01-01T00:00:00Z }\n';
      const rules = await propose('worse', {
        'gitops/policy/releases.yaml': `${policy}${bad}`,
      });
      await rest.pulls.merge({ ...platform, pull_number: rules.number });
      await fails(number, run.head_sha);
    });
  });

  it('tries a change of a chart with every tenant', async () => {
    const { run } = await propose('chart', {
      'charts/tenant/templates/broken.yaml': '{{ fail "no" }}\n',
    });
    expect(run.conclusion).toBe('failure');
    expect(run.output.summary).toContain('helm template tenant-a charts/tenant');
    expect(run.output.summary).toContain('helm template tenant-b charts/tenant');
  });

  it('renders one tenant of each kind of many', async () => {
    const fleet = (odd: string) =>
      Object.fromEntries(
        Array.from({ length: 320 }, (_, index) => {
          const name = `fleet-${index}`;
          const text = `${whole(name, 'sha-1111111')}${index === 310 ? odd : ''}`;
          return [`gitops/tenants/${name}-values.yaml`, text];
        }),
      );
    const good = await propose('fleet', fleet('replicas: 2\n'));
    expect(good.run.conclusion).toBe('success');
    expect(good.run.output.summary).toContain('helm template fleet-310 charts/tenant');
    expect(good.run.output.summary).toContain('and 123 more');
    const bad = await propose('bad-fleet', fleet('replicas: 0\n'));
    expect(bad.run.conclusion).toBe('failure');
    expect(bad.run.output.summary).toContain('**failed**: helm template fleet-310 charts/tenant');
  });

  it('does not follow a symbolic link out of the tree', async () => {
    const { rest } = forge.octokit();
    const main = await rest.repos.getBranch({ ...platform, branch: 'main' });
    const tree = await rest.git.createTree({
      ...platform,
      base_tree: main.data.commit.commit.tree.sha,
      tree: [
        { path: 'gitops/tenants/tenant-e-values.yaml', mode: '120000', content: '/etc/hostname' },
      ],
    });
    const commit = await rest.git.createCommit({
      ...platform,
      message: 'x',
      tree: tree.data.sha,
      parents: [main.data.commit.sha],
    });
    await rest.git.createRef({ ...platform, ref: 'refs/heads/link', sha: commit.data.sha });
    await rest.pulls.create({ ...platform, title: 'x', head: 'link', base: 'main' });
    const run = await eventually(async () => {
      const { data } = await rest.checks.listForRef({ ...platform, ref: commit.data.sha });
      return data.check_runs.find(one => one.status === 'completed');
    });
    expect(run).toMatchObject({ conclusion: 'failure' });
    expect(run.output.text).toMatch(/tenant\.name is absent/);
  });
});

describe('gitops-check without Helm', () => {
  it('is neutral with the reason, and the merge is possible', async () => {
    const forge = await startTestForge({
      seed: async seeded => {
        const change = { repository: 'platform', author: authorOf('ada'), message: 'x' };
        await seeded.commitFiles({ ...change, branch: 'main', files: chart });
        const files = { 'gitops/tenants/tenant-a-values.yaml': 'tenant: { name: tenant-a }\n' };
        await seeded.commitFiles({ ...change, branch: 'left-open', files });
        await seeded.openPullRequest({
          repository: 'platform',
          title: 'Left open by the seed',
          body: '',
          head: 'left-open',
          author: 'dev',
        });
      },
    });
    const { rest } = forge.octokit();
    const run = await eventually(async () => {
      const { data } = await rest.checks.listForRef({ ...platform, ref: 'left-open' });
      return data.check_runs.find(one => one.status === 'completed');
    });
    expect(run).toMatchObject({
      conclusion: 'neutral',
      output: { title: 'Helm is not installed: charts are not rendered' },
    });
    expect((await rest.pulls.merge({ ...platform, pull_number: 1 })).data.merged).toBe(true);
    await forge.close();
  });
});
