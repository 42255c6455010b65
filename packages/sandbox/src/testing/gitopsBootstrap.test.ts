import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { globMatches } from '@internal/gitops';
import { repositoryRoot } from './helm';

/** Group and kind of everything that charts/tenant-fence makes. */
const fenceKinds = [
  '/LimitRange',
  '/ResourceQuota',
  'networking.k8s.io/NetworkPolicy',
  'rbac.authorization.k8s.io/Role',
  'rbac.authorization.k8s.io/RoleBinding',
];

const objects = (file: string): any[] =>
  parseAllDocuments(readFileSync(path.join(repositoryRoot, 'gitops/bootstrap', file), 'utf8')).map(
    document => document.toJS(),
  );
const named = (file: string, kind: string, name: string): any =>
  objects(file).find(object => object.kind === kind && object.metadata.name === name);
const kinds = (list: Array<{ group: string; kind: string }> = []) =>
  list.map(({ group, kind }) => `${group}/${kind}`).sort();

describe('gitops/bootstrap', () => {
  it.each([
    ['root.yaml', 'root', 'project.yaml', 'root'],
    ['platform.yaml', 'platform', 'platform.yaml', 'observability'],
  ])('%s holds the Application %s of a project of its own', (file, name, projectFile, project) => {
    const application = named(file, 'Application', name);
    expect(application.spec.project).toBe(project);
    const { spec } = named(projectFile, 'AppProject', project);
    expect(spec.sourceRepos).toEqual([application.spec.source.repoURL]);
    expect(spec.destinations).toEqual([application.spec.destination]);
    expect(application.metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
  });

  it('lets root make Applications and AppProjects in Argo CD’s namespace, and nothing else', () => {
    const { spec } = named('project.yaml', 'AppProject', 'root');
    expect(spec.clusterResourceWhitelist).toEqual([]);
    expect(kinds(spec.namespaceResourceWhitelist)).toEqual([
      'argoproj.io/AppProject',
      'argoproj.io/Application',
    ]);
    expect(spec.destinations).toEqual([{ name: 'in-cluster', namespace: 'argocd' }]);
  });

  it('lets the platform’s project make fences, and nothing else', () => {
    const { spec } = named('project.yaml', 'AppProject', 'platform');
    expect(kinds(spec.clusterResourceWhitelist)).toEqual(['/Namespace']);
    expect(kinds(spec.namespaceResourceWhitelist)).toEqual(fenceKinds);
  });

  it.each([
    ['tenant-a', true],
    ['kubernetes', true],
    ['kube-system', false],
    ['kube-public', false],
    ['default', false],
    ['argocd', false],
    ['observability', false],
  ])('lets no fence reach the platform’s own namespaces: %s %s', (namespace, expected) => {
    const { spec } = named('project.yaml', 'AppProject', 'platform');
    for (const destination of spec.destinations) {
      // A pattern with "!" is one that must not match.
      expect(destination.namespace).toMatch(/^!/);
      expect(globMatches(destination.namespace.slice(1), namespace)).toBe(!expected);
      expect(destination.name).toMatch(/^[a-z-]+$/);
    }
  });

  it('leaves the project default without any right', () => {
    const { spec } = named('project.yaml', 'AppProject', 'default');
    expect(spec).toMatchObject({ sourceRepos: [], destinations: [], clusterResourceWhitelist: [] });
    expect(kinds(spec.namespaceResourceBlacklist)).toEqual(['*/*']);
  });
});
