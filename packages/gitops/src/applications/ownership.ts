import type { Checkout } from '../checkout/checkout';
import { plainPath } from '../checkout/paths';
import { isRemoteAddress, plainAddress } from '../checkout/sameRepository';

/** A source as far as it says which repository it reads, and where. */
interface Reading {
  repoURL: string;
  path?: string;
}

/** Revisions that follow the branch that a checkout is usually of. */
const usual = new Set(['HEAD', 'main', 'master']);

/**
 * The addresses by which Applications know the repository of a checkout: the configured ones and `origin`. A copy that has no
 * remote of its own is taken for the repository of which most Applications render folders that are here.
 */
export function ownAddresses(
  checkout: Checkout,
  configured: readonly string[],
  sources: readonly Reading[],
): Set<string> {
  const { origin } = checkout.identity;
  const known = [...configured, ...(origin && isRemoteAddress(origin) ? [origin] : [])].map(
    plainAddress,
  );
  const named = sources.map(({ repoURL }) => plainAddress(repoURL));
  if (known.length > 0 && (configured.length > 0 || named.some(one => known.includes(one)))) {
    return new Set(known);
  }
  const folders = new Map<string, { here: Set<string>; away: Set<string> }>();
  for (const { repoURL, path } of sources) {
    const place = path === undefined ? undefined : plainPath(path);
    if (place === undefined || place === '' || repoURL === '') continue;
    const address = plainAddress(repoURL);
    const count = folders.get(address) ?? { here: new Set(), away: new Set() };
    (checkout.isFolder(place) ? count.here : count.away).add(place);
    folders.set(address, count);
  }
  const [best] = [...folders]
    .filter(([, { here, away }]) => here.size > 0 && here.size >= away.size)
    .sort(([, one], [, other]) => other.here.size - one.here.size);
  return new Set([...known, ...(best ? [best[0]] : [])]);
}

/**
 * Whether a revision that a source follows is the one that is checked out. Without Git's own folder, it is the usual branches, or
 * the one that all Applications name.
 */
export function isOwnRevision(
  checkout: Checkout,
  revision: string,
  named: readonly string[],
): boolean {
  const { revisions } = checkout.identity;
  if (revision === 'HEAD' || revision === '') return true;
  const plain = revision.replace(/^refs\/(heads|tags)\//, '');
  if (revisions.includes(plain)) return true;
  if (revisions.some(name => name !== 'HEAD')) {
    // A branch of work is meant to become the usual one, unless Applications follow it itself.
    return usual.has(plain) && !named.some(one => revisions.includes(one));
  }
  if (usual.has(plain)) return true;
  return (
    named.length > 0 && !named.some(one => usual.has(one)) && named.every(one => one === revision)
  );
}
