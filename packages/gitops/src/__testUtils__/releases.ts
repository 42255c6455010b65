import { withDeployments } from '../applied/readDeployments';
import type { ReadOptions } from '../applied/deployments';
import { memoryCheckout, type Checkout, type RepositoryIdentity } from '../checkout/checkout';
import { discover } from '../discover/discover';
import { examine, type Examination } from '../doctor/examine';
import { parseLayouts } from '../layout/layout';
import type { LayoutSettings } from '../layout/layoutSchema';

/** The address of the repository of tests. */
export const repository = 'https://git.example.com/acme/platform.git';

/** A checkout of that repository, on its branch `main`. */
export function testCheckout(
  files: Readonly<Record<string, string>>,
  identity: RepositoryIdentity = { origin: repository, revisions: ['main'] },
): Checkout {
  return memoryCheckout(files, identity);
}

/** Proposes layouts for files and examines them by these, or by the ones that are given. */
export async function examined(
  checkout: Checkout,
  options: ReadOptions & { layouts?: LayoutSettings[] } = {},
): Promise<Examination & { layouts: LayoutSettings[]; lines: string[]; proposals: string[] }> {
  return withDeployments(checkout, options, async deployed => {
    const discovery = await discover(checkout, deployed);
    const layouts = options.layouts ?? discovery.layouts;
    const ready = layouts.length === 0 ? [] : parseLayouts({ layouts });
    const found = await examine(checkout, deployed, ready);
    const lines = found.releases.map(
      ({ tenant, service, environment, cluster, version, file, line }) =>
        `${[tenant, service, environment, cluster]
          .filter(Boolean)
          .join('/')} ${version} ${file}:${line}`,
    );
    return { ...found, layouts, lines, proposals: discovery.notes };
  });
}

/** An Application of the repository. @param source - lines below `source:`, with an indentation of 4 */
export function application(name: string, source: string, revision = 'main'): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
spec:
  project: default
  source:
    repoURL: ${repository}
    targetRevision: ${revision}
${source}
  destination: { name: in-cluster, namespace: ${name} }
`;
}

/** A Deployment of one container. */
export function deployment(name: string, image: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  template:
    spec:
      containers:
        - name: ${name}
          image: ${image}
`;
}
