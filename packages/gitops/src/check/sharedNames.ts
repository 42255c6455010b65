import { finding, type Finding } from './finding';
import type { PlacedApplication } from './checkApplications';

/** Applications of one name, and those of two tenants that go to one namespace of one cluster. */
export function sharedNames(all: ReadonlyArray<PlacedApplication & { tenant: string }>): Finding[] {
  const found: Finding[] = [];
  const names = new Map<string, PlacedApplication>();
  const places = new Map<string, PlacedApplication & { tenant: string }>();
  for (const placed of all) {
    const { application, tenant, file, line, column } = placed;
    const { name } = application.metadata;
    const { destination } = application.spec;
    const sameName = names.get(name);
    if (sameName && sameName.file !== file) {
      found.push(
        finding({
          rule: 'duplicate-namespace',
          file,
          line,
          column,
          key: 'metadata.name',
          problem: `is that of an Application in ${sameName.file} too`,
          cure: 'name each Application after its own tenant',
        }),
      );
    }
    names.set(name, sameName ?? placed);
    if (destination.namespace === undefined) continue;
    const place = `${destination.namespace} of ${clusterOf(destination)}`;
    const samePlace = places.get(place);
    if (samePlace && samePlace.tenant !== tenant) {
      found.push(
        finding({
          rule: 'duplicate-namespace',
          file,
          line,
          column,
          key: 'spec.destination.namespace',
          problem: `is the namespace of ${samePlace.tenant} too (${samePlace.file})`,
          cure: 'give each tenant the namespace of its own name',
        }),
      );
    }
    places.set(place, samePlace ?? placed);
  }
  return found;
}

/** Both ways of naming the cluster that Argo CD itself runs in. */
function clusterOf({ name, server }: { name?: string; server?: string }): string {
  return server === 'https://kubernetes.default.svc' ? 'in-cluster' : name ?? server ?? '';
}
