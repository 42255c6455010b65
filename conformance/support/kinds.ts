import { Kubectl } from './kubectl.ts';
import type { KubernetesObject } from './objects.ts';

const admin = new Kubectl();

/** The objects whose kinds the cluster knows, and the others: those of operators that are not installed there. */
export async function splitByKind(
  objects: KubernetesObject[],
): Promise<{ known: KubernetesObject[]; unknown: KubernetesObject[] }> {
  const table = await admin.output(['api-resources', '--no-headers', '-o', 'wide']);
  const kinds = new Set(table.split('\n').map(kindOf));
  const isKnown = ({ apiVersion, kind }: KubernetesObject) => kinds.has(`${apiVersion} ${kind}`);
  return { known: objects.filter(isKnown), unknown: objects.filter(each => !isKnown(each)) };
}

/** A line is: name, short names or none, apiVersion, namespaced, kind, verbs, categories or none. */
function kindOf(line: string): string {
  const [, apiVersion, kind] = /\s(\S+)\s+(?:true|false)\s+(\S+)/.exec(line) ?? [];
  return `${apiVersion} ${kind}`;
}
