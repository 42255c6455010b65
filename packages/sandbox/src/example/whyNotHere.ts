import { ArgocdApplication, Checkout } from '@internal/gitops';
import { parse } from 'yaml';
import { z } from 'zod';
import { applicationSpecSchema, inCluster, sourcesOf } from '../argocd/application';

const chartSchema = z.looseObject({
  dependencies: z
    .array(z.looseObject({ name: z.string(), repository: z.string().default('') }))
    .default([]),
});

/**
 * Why the embedded platform cannot deliver what the Applications of a repository want; undefined when it can. It has one cluster and
 * one repository, and asks no registry of charts.
 * @param address - of the repository
 */
export function whyNotHere(
  checkout: Checkout,
  applications: readonly ArgocdApplication[],
  address: string,
): string | undefined {
  if (applications.length === 0) return 'it has no Application';
  for (const { name, object } of applications) {
    const spec = applicationSpecSchema.parse(object.spec);
    const { name: cluster, server } = spec.destination;
    const wanted = cluster ?? server;
    if (wanted !== inCluster.name && wanted !== inCluster.server) {
      return `its Application ${name} goes to the cluster ${wanted}, and there is ${inCluster.name} alone`;
    }
    for (const { repoURL, path = '', chart } of sourcesOf(spec)) {
      if (chart || repoURL !== address) {
        return `its Application ${name} takes ${
          chart ? `the chart ${chart}` : path
        } from ${repoURL}`;
      }
      const [foreign] = dependenciesOf(checkout, path).filter(({ repository }) =>
        /^(https?|oci):/.test(repository),
      );
      if (foreign) return `its chart ${path} takes ${foreign.name} from ${foreign.repository}`;
    }
  }
  return undefined;
}

function dependenciesOf(checkout: Checkout, folder: string) {
  const text = checkout.text(`${folder}/Chart.yaml`);
  return text === undefined ? [] : chartSchema.parse(parse(text)).dependencies;
}
