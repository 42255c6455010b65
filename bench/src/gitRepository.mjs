/** A repository with a file for each tenant, in our own layout or another, as it is pushed to the Git host. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export const tenant = index => `tenant-${String(index).padStart(5, '0')}`;
const env = { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

const ours = {
  name: 'tenant files',
  path: index => `gitops/tenants/${tenant(index)}-values.yaml`,
  file: (index, tag) => `tenant:
  name: ${tenant(index)}
  displayName: Customer ${index}
  owner: group:default/${tenant(index)}-owners
  tier: ${['free', 'standard', 'premium'][index % 3]}
  ring: ${index % 4}
  contact: ops@example.com
image:
  repository: ghcr.io/acme/demo-api
  tag: ${tag}
`,
  shared: {},
};

const deployment = image => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: demo-api
spec:
  selector:
    matchLabels: { app: demo-api }
  template:
    metadata:
      labels: { app: demo-api }
    spec:
      containers:
        - name: demo-api
          image: ${image}
`;

/** @param source - of the Application, after its `targetRevision` */
const applicationSet = (repository, generator, source) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: tenants
  namespace: argocd
spec:
  goTemplate: true
  generators:
    - git:
        repoURL: ${repository}
        revision: main
        ${generator}
  template:
    metadata:
      name: '{{.path.basename}}'
    spec:
      project: default
      source:
        repoURL: ${repository}
        targetRevision: main
        ${source}
      destination:
        name: in-cluster
        namespace: '{{.path.basename}}'
`;

const overlays = repository => ({
  name: 'kustomize overlays',
  layouts: [{ preset: 'kustomize-overlays' }],
  path: index => `overlays/${tenant(index)}/kustomization.yaml`,
  file: (index, tag) => `resources: [../../base]
namespace: ${tenant(index)}
images:
  - name: ghcr.io/acme/demo-api
    newTag: ${tag}
`,
  shared: {
    'base/kustomization.yaml': 'resources: [demo-api.yaml]\n',
    'base/demo-api.yaml': deployment('ghcr.io/acme/demo-api:0.0.0'),
    'argocd/tenants.yaml': applicationSet(
      repository,
      "directories: [{ path: 'overlays/*' }]",
      "path: '{{.path.path}}'",
    ),
  },
});

const values = repository => ({
  name: 'values of a chart per tenant',
  layouts: [{ preset: 'values-per-tenant' }],
  path: index => `tenants/${tenant(index)}/values.yaml`,
  file: (index, tag) => `customer: Customer ${index}
demo-api:
  image:
    repository: ghcr.io/acme/demo-api
    tag: ${tag}
`,
  shared: {
    'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
    'chart/values.yaml': 'demo-api: { image: { repository: ghcr.io/acme/demo-api, tag: none } }\n',
    'chart/templates/deployment.yaml': deployment(
      '"{{ (index .Values "demo-api").image.repository }}:{{ (index .Values "demo-api").image.tag }}"',
    ),
    'argocd/tenants.yaml': applicationSet(
      repository,
      "files: [{ path: 'tenants/*/values.yaml' }]",
      "path: chart\n        helm: { valueFiles: ['/{{.path.path}}/values.yaml'] }",
    ),
  },
});

/** How a repository may be laid out; each of the address that its Applications name. */
export const layouts = { ours: () => ours, overlays, values };

/**
 * @param folder - where it is made
 * @param remote - address to push to, with credentials
 * @param layout - one of {@link layouts}
 * @returns `{ commit(tag, indexes), push() }`; a commit is one of the given tenants' files
 */
export function makeRepository(folder, remote, layout) {
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
      const write = (name, text) =>
        parts.push(`M 100644 inline ${name}\ndata ${text.length}\n${text}\n`);
      if (commits === 1) Object.entries(layout.shared).forEach(entry => write(...entry));
      for (const index of indexes) write(layout.path(index), layout.file(index, tag));
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
