import { describe } from 'node:test';
import type { Workspace } from '../servers/loadWorkspace.ts';
import type { Servers } from '../servers/Servers.ts';
import { argocdSuite } from './argocdSuite.ts';
import { argocdRefusalsSuite } from './argocdRefusalsSuite.ts';
import { argocdKustomizeSuite } from './argocdKustomizeSuite.ts';
import { argocdNamespacesSuite } from './argocdNamespacesSuite.ts';
import { argocdOperationsSuite } from './argocdOperationsSuite.ts';
import { argocdRolloutSuite } from './argocdRolloutSuite.ts';
import { argocdSourcesSuite } from './argocdSourcesSuite.ts';
import { argocdStreamSuite } from './argocdStreamSuite.ts';
import { argocdWindowsSuite } from './argocdWindowsSuite.ts';
import { kubernetesApplySuite } from './kubernetesApplySuite.ts';
import { kubernetesRefusalsSuite } from './kubernetesRefusalsSuite.ts';
import { kubernetesSuite } from './kubernetesSuite.ts';
import { kubernetesWatchSuite } from './kubernetesWatchSuite.ts';
import { lokiRefusalsSuite } from './lokiRefusalsSuite.ts';
import { lokiSuite } from './lokiSuite.ts';
import { prometheusSuite } from './prometheusSuite.ts';

/** What every suite works with. */
export interface Context<Part extends keyof Servers = 'name'> {
  workspace: Workspace;
  servers: Servers & Required<Pick<Servers, Part>>;
}

/** One suite, and which of the servers it needs. */
const suites = [
  { title: 'Kubernetes', part: 'kubernetes', tests: kubernetesSuite },
  { title: 'Kubernetes: refusals', part: 'kubernetes', tests: kubernetesRefusalsSuite },
  { title: 'Kubernetes: watches', part: 'kubernetes', tests: kubernetesWatchSuite },
  { title: 'Kubernetes: server-side apply', part: 'kubernetes', tests: kubernetesApplySuite },
  { title: 'Argo CD', part: 'argocd', tests: argocdSuite },
  { title: 'Argo CD: refusals', part: 'argocd', tests: argocdRefusalsSuite },
  { title: 'Argo CD: stream', part: 'argocd', tests: argocdStreamSuite },
  { title: 'Argo CD: several sources', part: 'argocd', tests: argocdSourcesSuite },
  { title: 'Argo CD: kustomize', part: 'argocd', tests: argocdKustomizeSuite },
  { title: 'Argo CD: namespaces', part: 'argocd', tests: argocdNamespacesSuite },
  { title: 'Argo CD: sync windows', part: 'argocd', tests: argocdWindowsSuite },
  { title: 'Argo CD: Rollouts', part: 'argocd', tests: argocdRolloutSuite },
  { title: 'Argo CD: operations', part: 'argocd', tests: argocdOperationsSuite },
  { title: 'Prometheus', part: 'prometheus', tests: prometheusSuite },
  { title: 'Loki', part: 'loki', tests: lokiSuite },
  { title: 'Loki: refusals', part: 'loki', tests: lokiRefusalsSuite },
] as const;

/**
 * What the portal relies on of the servers that it reads. The same tests for the embedded platform's and for real ones: where
 * one of the two does not pass, the embedded platform is to be mended.
 *
 * @param why - why a server is absent, for the report of what was skipped
 */
export function contract(context: Context, why: (part: keyof Servers) => string): void {
  describe(`the contract with ${context.servers.name}`, () => {
    for (const { title, part, tests } of suites) {
      const skip = context.servers[part] ? false : why(part);
      describe(title, { skip }, () => {
        // What it needs is there: see above.
        if (!skip) (tests as (context: unknown) => void)(context);
      });
    }
  });
}
