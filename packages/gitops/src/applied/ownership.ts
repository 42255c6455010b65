import type { Checkout } from '../checkout/checkout';
import { plainAddress } from '../checkout/sameRepository';
import type { ArgocdManifest } from '../applications/manifests';
import { isOwnRevision, ownAddresses } from '../applications/ownership';
import { itemsAt, stringAt, type Traced } from '../traced/traced';
import type { ReadOptions } from './deployments';

export interface Ownership {
  isOurs(address: string): boolean;
  isOwnRevision(revision: string): boolean;
}

export function ownership(
  checkout: Checkout,
  { addresses = [] }: ReadOptions,
  manifests: readonly ArgocdManifest[],
): Ownership {
  const sources = manifests.flatMap(({ value }) => readingsOf(value));
  const own = ownAddresses(checkout, addresses, sources);
  const isOurs = (address: string) => own.has(plainAddress(address));
  const named = [
    ...new Set(
      sources.flatMap(({ repoURL, revision }) => (isOurs(repoURL) && revision ? [revision] : [])),
    ),
  ];
  return { isOurs, isOwnRevision: revision => isOwnRevision(checkout, revision, named) };
}

/** The sources in a manifest, those of a template and of generators too. */
function readingsOf(value: Traced): Array<{ repoURL: string; path?: string; revision?: string }> {
  if (value.kind === 'scalar') return [];
  if (value.kind === 'list') return value.items.flatMap(readingsOf);
  const repoURL = stringAt(value, ['repoURL']);
  const below = [...value.entries.values()].flatMap(readingsOf);
  if (repoURL === undefined || stringAt(value, ['chart']) !== undefined) return below;
  const revision = stringAt(value, ['targetRevision']) ?? stringAt(value, ['revision']);
  const more = { ...(revision ? { revision } : {}) };
  const named = ['directories', 'files'].flatMap(key =>
    itemsAt(value, [key]).map(item => stringAt(item, ['path'])),
  );
  const paths = [stringAt(value, ['path']), ...named];
  return [
    ...paths.map(path => ({
      repoURL,
      ...(path ? { path: path.replace(/(^|\/)[^/]*(\*|\{\{).*$/, '') } : {}),
      ...more,
    })),
    ...below,
  ];
}
