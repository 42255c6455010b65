import type { Application } from '../../applications/application';
import { isInUse } from '../../applications/manifests';
import type { Deployment } from '../../applied/deployment';
import type { Checkout } from '../../checkout/checkout';
import { plainAddress } from '../../checkout/sameRepository';
import { objectsOf } from '../../kustomize/builtObject';
import { withoutUser } from '../../text/withoutUser';
import { itemsAt, stringAt, type Traced } from '../../traced/traced';
import { finding, type Finding } from '../finding';

/**
 * Applications that the AppProject of their name, which stands in the same repository, does not allow. One that stands in it twice
 * may be of two Argo CDs: then nothing is said.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
export function projectFindings(checkout: Checkout, deployments: readonly Deployment[]): Finding[] {
  const projects = projectsIn(checkout);
  return deployments.flatMap(({ application }) => {
    const [project, ...others] = application ? projects.get(application.project) ?? [] : [];
    if (!application || !project || others.length > 0) return [];
    const { name, file, line } = application;
    return problemsOf(application, project).map(problem =>
      finding({
        rule: 'project',
        file: file || '.',
        line: line || 1,
        problem: `the Application ${name} ${problem} of its AppProject ${application.project}: Argo CD refuses it`,
        cure: 'correct the Application, or what the AppProject allows',
      }),
    );
  });
}

function projectsIn(checkout: Checkout): Map<string, Traced[]> {
  const projects = new Map<string, Traced[]>();
  const files = checkout.files.filter(
    file =>
      /\.(ya?ml|json)$/.test(file) &&
      isInUse(file) &&
      !`/${file}`.includes('/templates/') &&
      /\bAppProject\b/.test(checkout.text(file) ?? ''),
  );
  for (const file of files) {
    for (const { value } of objectsOf(checkout.documents(file).map(one => one.value))) {
      const name = stringAt(value, ['metadata', 'name']);
      if (stringAt(value, ['kind']) !== 'AppProject' || name === undefined) continue;
      projects.set(name, [...(projects.get(name) ?? []), value]);
    }
  }
  return projects;
}

function problemsOf(application: Application, project: Traced): string[] {
  const repositories = itemsAt(project, ['spec', 'sourceRepos']).flatMap(
    one => stringAt(one, []) ?? [],
  );
  const problems = application.sources
    .filter(({ repoURL }) => repoURL !== '' && !isRepositoryAllowed(repositories, repoURL))
    .map(({ repoURL }) => `takes ${withoutUser(repoURL)}, which is none of the sourceRepos`);
  if (!isDestinationAllowed(project, application.destination)) {
    const { name, server, namespace = '' } = application.destination;
    problems.push(
      `goes to namespace ${namespace || '(none)'} of ${
        name ?? server ?? 'no cluster'
      }, which is none of the destinations`,
    );
  }
  return [...new Set(problems)];
}

function isRepositoryAllowed(patterns: readonly string[], repoURL: string): boolean {
  const meets = (pattern: string) =>
    pattern === '*' ||
    plainAddress(pattern) === plainAddress(repoURL) ||
    matches(pattern, repoURL, '[^/]*') ||
    matches(pattern.replace(/\.git$/, ''), repoURL.replace(/\.git$/, ''), '[^/]*');
  const denied = patterns.filter(one => one.startsWith('!')).map(one => one.slice(1));
  if (denied.some(meets)) return false;
  return denied.length > 0 || patterns.some(meets);
}

function isDestinationAllowed(project: Traced, wanted: Application['destination']): boolean {
  const all = itemsAt(project, ['spec', 'destinations']).map(one => ({
    name: stringAt(one, ['name']),
    server: stringAt(one, ['server']),
    namespace: stringAt(one, ['namespace']) ?? '',
  }));
  const isPattern = (text: string | undefined) => text?.startsWith('!') ?? false;
  // What forbids takes more than what stands here to judge.
  if (all.some(one => isPattern(one.name) || isPattern(one.server) || isPattern(one.namespace))) {
    return true;
  }
  return all.some(
    ({ namespace, ...cluster }) =>
      isCluster(cluster, wanted) && (!wanted.namespace || matches(namespace, wanted.namespace)),
  );
}

/** Which name an address has is known to Argo CD alone. */
function isCluster(
  allowed: { name?: string; server?: string },
  { name, server }: Application['destination'],
): boolean {
  if (name !== undefined) return allowed.name === undefined || matches(allowed.name, name);
  if (server === undefined) return true;
  return allowed.server === undefined || matches(allowed.server, server);
}

function matches(pattern: string, text: string, any = '.*'): boolean {
  if (pattern === '*' || pattern === text) return true;
  if (pattern.split('*').length > 6) return true;
  const source = pattern
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join(any);
  return new RegExp(`^${source}$`).test(text);
}
