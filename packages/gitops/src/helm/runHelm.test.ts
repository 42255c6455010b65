import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChartRefusal, HelmError, reasonOf, runHelm } from './runHelm';

describe('runHelm', () => {
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'run-helm-'));
  });

  afterEach(() => rm(home, { recursive: true, force: true }));

  /** Runs a program that stands for helm. */
  const run = async (program: string, more: { timeoutMs?: number; maxBytes?: number } = {}) => {
    const helm = path.join(home, 'helm');
    await writeFile(helm, `#!${process.execPath}\n${program}`, { mode: 0o755 });
    return runHelm({
      helm,
      args: ['template', 'a b', '$(id)'],
      home,
      timeoutMs: 10_000,
      maxBytes: 10_000,
      ...more,
    });
  };

  it('hands on the arguments as they are, and nothing of the portal’s environment', async () => {
    process.env.PORTAL_SECRET = 'hunter2';
    const said = await run(
      'console.log(JSON.stringify([process.argv.slice(2), process.env, process.cwd()]))',
    );
    const [args, env, cwd] = JSON.parse(said);
    expect(args).toEqual(['template', 'a b', '$(id)']);
    expect(env).toMatchObject({ HOME: home });
    expect(said).not.toContain('hunter2');
    expect(path.basename(cwd)).toBe(path.basename(home));
  });

  it('says in Helm’s words why a chart is refused, without paths of this machine', async () => {
    const refused = run(
      'console.error("Error: execution error at (/tmp/x/charts/tenant/templates/a.yaml:3): no\\nUse --debug"); process.exit(1)',
    );
    await expect(refused).rejects.toThrow(new ChartRefusal('execution error at (a.yaml:3): no'));
  });

  it.each<[string, string, { timeoutMs?: number }, string]>([
    ['prints without end', 'for (;;) console.log("x".repeat(1e5))', {}, 'it makes too much output'],
    ['never ends', 'for (;;);', { timeoutMs: 1_000 }, 'it takes longer than 1 seconds'],
    [
      'ignores that it should end',
      'process.on("SIGTERM", () => 0); setInterval(() => 0, 1e3)',
      { timeoutMs: 1_000 },
      'it takes longer than 1 seconds',
    ],
  ])(
    'ends one that %s',
    async (_, program, more, message) => {
      await expect(run(program, more)).rejects.toThrow(new HelmError(message));
    },
    20_000,
  );

  it('says that there is no such program', async () => {
    const absent = runHelm({
      helm: path.join(home, 'no'),
      args: [],
      home,
      timeoutMs: 1_000,
      maxBytes: 1,
    });
    await expect(absent).rejects.toThrow(HelmError);
  });
});

it.each([
  [
    'Error: execution error at (tenant/templates/x.yaml:1:4): no\n',
    'execution error at (tenant/templates/x.yaml:1:4): no',
  ],
  [
    'Error: open /tmp/x/y/values.yaml: no such file\nUse --debug\n',
    'open values.yaml: no such file',
  ],
  [
    '==> Linting ./charts/tenant\n[ERROR] values.yaml: - tenant: nope\n\nError: 1 chart(s) linted, 1 chart(s) failed\n',
    '[ERROR] values.yaml: - tenant: nope',
  ],
  [
    "Error: values don't meet the specifications\ntenant:\n- at '/tenant/ring': got string, want integer\n",
    "values don't meet the specifications tenant: - at '/tenant/ring': got string, want integer",
  ],
  ["Error: cannot read '/tmp/x/y'\n", "cannot read 'y'"],
])('tells %j without paths of the machine', (said, expected) => {
  expect(reasonOf(said, '/tree')).toBe(expected);
});
