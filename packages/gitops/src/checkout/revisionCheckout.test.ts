import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { application, examined } from '../__testUtils__/releases';
import { directoryCheckout } from './directoryCheckout';

it('reads a release of another branch there, and says so', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'revision-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  const pod = (tag: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: "a/api:${tag}" }] }\n`;
  try {
    git('init', '--initial-branch=staging');
    git('remote', 'add', 'origin', 'https://git.example.com/acme/platform.git');
    writeFileSync(path.join(root, 'pod.yaml'), pod('2.0.0'));
    git('add', '.');
    git('commit', '-m', 'staging');
    git('checkout', '-b', 'main');
    writeFileSync(path.join(root, 'pod.yaml'), pod('1.0.0'));
    const source = '    path: .\n    directory: { include: pod.yaml }';
    writeFileSync(
      path.join(root, 'apps.yaml'),
      ['main', 'staging', 'gone']
        .map(name => application(`api-${name}`, source, name))
        .join('---\n'),
    );
    git('add', '.');
    git('commit', '-m', 'main');
    const { releases, unmatched } = await examined(directoryCheckout(root));
    expect(
      releases.map(({ application: name, version, revision }) => [name, version, revision]),
    ).toEqual([
      ['api-main', '1.0.0', undefined],
      ['api-staging', '2.0.0', 'staging'],
    ]);
    expect(unmatched).toEqual([
      { kind: 'application', name: 'api-gone', reason: expect.stringContaining('follows gone') },
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
