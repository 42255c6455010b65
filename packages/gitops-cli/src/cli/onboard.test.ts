import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';

const made: string[] = [];
afterAll(() => made.forEach(folder => rmSync(folder, { recursive: true, force: true })));

function checkoutOf(name: string, layout: object): string {
  const root = mkdtempSync(path.join(tmpdir(), 'gitops-onboard-'));
  made.push(root);
  cpSync(path.join(repositoryRoot, 'examples', name), root, { recursive: true });
  writeFileSync(path.join(root, 'layouts.json'), JSON.stringify({ layouts: [layout] }));
  return root;
}

const copy = [
  ...['onboard', '--layouts', 'layouts.json', '--tenant', 'charlie', '--from', 'acme'],
  ...['--service', 'api', '--version', '2.0.0'],
];
const overlay = 'overlays/charlie/kustomization.yaml';

describe('gitops onboard', () => {
  it('writes what doctor then finds, and once only', async () => {
    const root = checkoutOf('kustomize-overlays', { preset: 'kustomize-overlays' });
    const dry = await runGitops(root, [...copy, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out.split('\n').slice(0, 3)).toEqual([
      `new ${overlay} (dry run)`,
      `charlie/api 2.0.0 ${overlay}:9`,
      `charlie/web 20260114 ${overlay}:11`,
    ]);
    expect(existsSync(path.join(root, overlay))).toBe(false);
    const done = await runGitops(root, [...copy, '--output', 'json']);
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out)).toMatchObject({
      command: 'onboard',
      tenant: 'charlie',
      dryRun: false,
      files: [{ path: overlay, isNew: true, text: readFileSync(path.join(root, overlay), 'utf8') }],
      releases: [{ service: 'api', version: '2.0.0' }, { service: 'web' }],
    });
    const doctor = await runGitops(root, ['doctor', '--layouts', 'layouts.json']);
    expect(doctor).toMatchObject({ code: 0, out: expect.stringContaining('2.0.0') });
    expect(await runGitops(root, copy)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('gitops: tenant charlie: runs api already'),
    });
  });

  it('takes what a tenant gets from the layouts, as YAML too', async () => {
    const root = checkoutOf('values-per-tenant', {});
    writeFileSync(
      path.join(root, 'layouts.yaml'),
      `layouts:
  - preset: values-per-tenant
    onboarding:
      files:
        - path: tenants/{tenant}/values.yaml
          text: |
            tenantName: {tenant} # {tier}
            images:
              order: { repository: docker.io/acme/order, tag: {version} }
      defaults: { tier: standard }
`,
    );
    const args = [
      ...['onboard', '--layouts', 'layouts.yaml', '--tenant', 'charlie', '--service', 'order'],
      ...['--version', '20260101', '--set', 'tier=gold'],
    ];
    const { code, err } = await runGitops(root, args, { PATH: process.env.PATH });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(readFileSync(path.join(root, 'tenants/charlie/values.yaml'), 'utf8')).toBe(
      'tenantName: charlie # gold\nimages:\n  order: { repository: docker.io/acme/order, tag: "20260101" }\n',
    );
  });

  it.each([
    [['--set', 'tier'], '--set tier: must be name=value'],
    [['--set', 'tier=a', '--set', 'tier=b'], '--set tier: is given twice'],
    [['--layouts', 'none.json'], '--layouts none.json: cannot be read'],
    [['--dir', 'nowhere'], '--dir nowhere: is no folder that can be read'],
    [['--open-pr'], '--open-pr: say where with --repository owner/name'],
    [['--version', 'latest'], 'It must be an immutable image tag'],
  ])('takes no call with %j', async (more, message) => {
    const root = checkoutOf('kustomize-overlays', { preset: 'kustomize-overlays' });
    const ran = await runGitops(root, [...copy, ...more]);
    expect(ran).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });

  it('follows no link', async () => {
    const root = checkoutOf('kustomize-overlays', { preset: 'kustomize-overlays' });
    const outside = mkdtempSync(path.join(tmpdir(), 'gitops-outside-'));
    made.push(outside);
    symlinkSync(outside, path.join(root, 'overlays/charlie'));
    expect(await runGitops(root, copy)).toMatchObject({
      code: 1,
      err: expect.stringContaining('overlays/charlie: is a symbolic link'),
    });
    expect(readdirSync(outside)).toEqual([]);
  });
});
