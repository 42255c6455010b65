import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The checkout that this file is part of. */
export const repositoryRoot = path.resolve(__dirname, '../../../..');

/** A valid tenant file. */
export function tenantText(
  name: string,
  more: { ring?: number; tag?: string; tier?: string; hold?: string } = {},
): string {
  const { ring = 1, tag = 'sha-1111111', tier = 'standard', hold } = more;
  return `# ${name}
tenant:
  name: ${name}
  displayName: Acme Corp
  owner: group:default/${name}-owners
  tier: ${tier}
  ring: ${ring}
  contact: platform@acme.example
${
  hold
    ? `  hold: { version: ${hold}, reason: errors, by: user:default/ada, since: 2026-11-23T10:00:00Z }\n`
    : ''
}image:
  repository: ghcr.io/acme/demo-api
  tag: ${tag}
`;
}

/** A GitOps tree in a temporary folder. */
export interface TestTree {
  root: string;
  /** Writes a file; the folder is made. */
  write(file: string, content: string | Uint8Array): void;
  read(file: string): string;
  /** Adds a tenant with its Argo CD files. */
  addTenant(name: string, text?: string): void;
  git(...args: string[]): string;
  /** Makes the tree a repository with everything committed; later: commits what has changed. */
  commit(message?: string): string;
  remove(): void;
}

/** Makes a tree with the repository's own charts and root, and two tenants. */
export function testTree(): TestTree {
  const root = mkdtempSync(path.join(tmpdir(), 'gitops-test-'));
  const tree: TestTree = {
    root,
    write(file, content) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), content);
    },
    read: file => readFileSync(path.join(root, file), 'utf8'),
    addTenant(name, text = tenantText(name)) {
      tree.write(`gitops/tenants/${name}-values.yaml`, text);
      for (const folder of ['apps', 'projects']) {
        const model = readFileSync(
          path.join(repositoryRoot, `gitops/${folder}/tenant-a.yaml`),
          'utf8',
        );
        tree.write(`gitops/${folder}/${name}.yaml`, model.replaceAll('tenant-a', name));
      }
    },
    git: (...args) =>
      execFileSync('git', args, {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        env: {
          PATH: process.env.PATH,
          HOME: root,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_AUTHOR_NAME: 'Otto Brandt',
          GIT_AUTHOR_EMAIL: 'otto@acme.example',
          GIT_COMMITTER_NAME: 'Otto Brandt',
          GIT_COMMITTER_EMAIL: 'otto@acme.example',
        },
      }),
    commit(message = 'change') {
      tree.git('init', '--quiet', '--initial-branch=main');
      tree.git('add', '--all');
      tree.git('commit', '--quiet', '--allow-empty', '--message', message);
      return tree.git('rev-parse', 'HEAD').trim();
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  cpSync(path.join(repositoryRoot, 'charts'), path.join(root, 'charts'), { recursive: true });
  cpSync(path.join(repositoryRoot, 'gitops/bootstrap'), path.join(root, 'gitops/bootstrap'), {
    recursive: true,
  });
  tree.write(
    'gitops/policy/releases.yaml',
    'rings:\n  - { ring: 0, name: canary }\n  - { ring: 1, name: early }\nbadVersions: []\nfreezes: []\n',
  );
  tree.addTenant('tenant-a', tenantText('tenant-a', { ring: 0 }));
  tree.addTenant('tenant-b');
  return tree;
}
