/** A repository with a file for each tenant, as it is pushed to the Git host. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export const tenant = index => `tenant-${String(index).padStart(5, '0')}`;
const env = { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

function file(index, tag) {
  return `tenant:
  name: ${tenant(index)}
  displayName: Customer ${index}
  owner: group:default/${tenant(index)}-owners
  tier: ${['free', 'standard', 'premium'][index % 3]}
  ring: ${index % 4}
  contact: ops@example.com
image:
  repository: ghcr.io/acme/demo-api
  tag: ${tag}
`;
}

/**
 * @param folder - where it is made
 * @param remote - address to push to, with credentials
 * @returns `{ commit(tag, indexes), push() }`; a commit is one of the given tenants' files
 */
export function makeRepository(folder, remote) {
  const gitDir = path.join(folder, 'pushed.git');
  const git = (args, input) => {
    const options = { input, env, maxBuffer: 2 ** 30, stdio: ['pipe', 'pipe', 'pipe'] };
    return execFileSync('git', args, options);
  };
  git(['init', '-q', '--bare', '--template=', '-b', 'main', gitDir]);
  let seconds = 1_767_225_600;
  let commits = 0;
  return {
    commit(tag, indexes) {
      seconds += 60;
      commits += 1;
      const message = `Bump demo-api to ${tag} (#${commits})`;
      const parts = [
        `commit refs/heads/main
author Ada <ada@example.com> ${seconds} +0000
committer GitHub <noreply@github.com> ${seconds} +0000
data ${message.length}
${message}
${commits > 1 ? 'from refs/heads/main^0\n' : ''}`,
      ];
      for (const index of indexes) {
        const text = file(index, tag);
        const name = `gitops/tenants/${tenant(index)}-values.yaml`;
        parts.push(`M 100644 inline ${name}\ndata ${text.length}\n${text}\n`);
      }
      git(['--git-dir', gitDir, 'fast-import', '--quiet', '--force'], parts.join(''));
    },
    // Larger than a buffer, a push would go in parts of unknown length.
    push: () =>
      git([
        '-c',
        'http.postBuffer=104857600',
        '--git-dir',
        gitDir,
        'push',
        '--quiet',
        '--force',
        remote,
        'main:main',
      ]),
  };
}
