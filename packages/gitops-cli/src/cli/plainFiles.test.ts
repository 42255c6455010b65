import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';
import type { Finding } from '@internal/gitops';

let tree: TestTree;

beforeEach(() => {
  tree = testTree();
});
afterEach(() => tree.remove());

const file = 'gitops/tenants/tenant-a-values.yaml';
const good = tenantText('tenant-a', { ring: 0 });

async function check(
  ...args: string[]
): Promise<{ code: number; findings: Finding[]; out: string }> {
  const { code, out } = await runGitops(tree.root, ['check', '--output', 'json', ...args]);
  expect(out).not.toContain(tree.root);
  return { code, out, findings: JSON.parse(out).findings };
}

describe('what is no plain file', () => {
  const outside = mkdtempSync(path.join(tmpdir(), 'gitops-outside-'));
  beforeAll(() => writeFileSync(path.join(outside, 'secret.yaml'), 'secret: hunter2\n'));
  afterAll(() => rmSync(outside, { recursive: true, force: true }));
  const within = (name: string) => path.join(tree.root, name);

  it.each<[string, () => void, string, string]>([
    [
      'a link out of the tree',
      () => {
        rmSync(within(file));
        symlinkSync(path.join(outside, 'secret.yaml'), within(file));
      },
      'symlink',
      file,
    ],
    [
      'a link within the tree',
      () => {
        rmSync(within(file));
        symlinkSync('tenant-b-values.yaml', within(file));
      },
      'symlink',
      file,
    ],
    [
      'a link that dangles',
      () => {
        rmSync(within(file));
        symlinkSync('nowhere', within(file));
      },
      'symlink',
      file,
    ],
    [
      'a link of another name',
      () => symlinkSync(outside, within('gitops/tenants/more')),
      'symlink',
      'gitops/tenants/more',
    ],
    [
      'a linked folder of tenants',
      () => {
        renameSync(within('gitops/tenants'), within('elsewhere'));
        symlinkSync('../elsewhere', within('gitops/tenants'));
      },
      'symlink',
      'gitops/tenants',
    ],
    [
      'a linked gitops folder',
      () => {
        renameSync(within('gitops'), within('elsewhere'));
        symlinkSync('elsewhere', within('gitops'));
      },
      'symlink',
      'gitops/tenants',
    ],
    [
      'a linked Application',
      () => {
        rmSync(within('gitops/apps/tenant-a.yaml'));
        symlinkSync('tenant-b.yaml', within('gitops/apps/tenant-a.yaml'));
      },
      'symlink',
      'gitops/apps/tenant-a.yaml',
    ],
    [
      'a link in a chart',
      () => symlinkSync('/etc/passwd', within('charts/tenant/templates/x.yaml')),
      'symlink',
      'charts/tenant/templates/x.yaml',
    ],
    [
      'a linked policy',
      () => {
        rmSync(within('gitops/policy/releases.yaml'));
        symlinkSync(path.join(outside, 'secret.yaml'), within('gitops/policy/releases.yaml'));
      },
      'symlink',
      'gitops/policy/releases.yaml',
    ],
    [
      'a folder',
      () => {
        rmSync(within(file));
        mkdirSync(within(file));
      },
      'not-a-file',
      file,
    ],
    [
      'a pipe',
      () => {
        rmSync(within(file));
        execFileSync('mkfifo', [within(file)]);
      },
      'not-a-file',
      file,
    ],
    [
      'a file for the folder',
      () => {
        rmSync(within('gitops/projects'), { recursive: true });
        writeFileSync(within('gitops/projects'), 'x');
      },
      'not-a-file',
      'gitops/projects',
    ],
    [
      'a file of another name',
      () => writeFileSync(within('gitops/tenants/tenant-c.yaml'), good),
      'unexpected-file',
      'gitops/tenants/tenant-c.yaml',
    ],
    [
      'a folder of tenants',
      () => mkdirSync(within('gitops/tenants/more')),
      'unexpected-file',
      'gitops/tenants/more',
    ],
  ])('refuses %s', async (_, change, rule, where) => {
    change();
    const { code, findings, out } = await check();
    expect(code).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({ rule, file: where, severity: 'error' }),
    );
    expect(out).not.toContain('hunter2');
    expect(out).not.toContain(outside);
  });

  it.each([
    ['UPPER', /must start with a lower-case letter/],
    ['..', /must start with a lower-case letter/],
    ['kube-x', /: "kube-x" is reserved for the platform/],
    ['a'.repeat(41), /at most 40 characters/],
    ['evil\n::error::x', /must start with/],
  ])('refuses a file that is named after %j', async (name, problem) => {
    writeFileSync(within(`gitops/tenants/${name}-values.yaml`), good);
    const { code, findings } = await check();
    const mine = findings.filter(one => one.file === `gitops/tenants/${name}-values.yaml`);
    expect({ code, rules: mine.map(one => one.rule) }).toEqual({
      code: 1,
      rules: ['name-mismatch', 'name-mismatch'],
    });
    expect(mine[0].problem).toMatch(problem);
  });

  it('refuses a name that is no text', async () => {
    const folder = Buffer.from(`${within('gitops/tenants')}/`);
    writeFileSync(
      Buffer.concat([folder, Buffer.from([0x78, 0xff]), Buffer.from('-values.yaml')]),
      good,
    );
    const { code, findings } = await check();
    expect(code).toBe(1);
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'unreadable' }));
  });

  it('refuses what it may not read', async () => {
    chmodSync(path.join(tree.root, file), 0o000);
    chmodSync(tree.root, 0o755);
    // The system's administrator may read everything: then somebody else looks.
    const script = `require('node:fs').readFileSync(process.argv[1])`;
    const uid = process.getuid?.() === 0 ? 65534 : undefined;
    expect(() =>
      execFileSync(process.execPath, ['-e', script, path.join(tree.root, file)], {
        uid,
        stdio: 'ignore',
      }),
    ).toThrow();
    const euid = process.geteuid?.();
    if (uid !== undefined) process.seteuid?.(uid);
    const { code, findings } = await check().finally(() => {
      if (uid !== undefined && euid !== undefined) process.seteuid?.(euid);
    });
    expect(code).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'unreadable', file, problem: 'cannot be read (EACCES)' }),
    );
  });
});
