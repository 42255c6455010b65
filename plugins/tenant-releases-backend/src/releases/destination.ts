import { shorten } from '@internal/gitops';
import type { ApplicationRecord } from '../sync/ApplicationRecord';

/** Where an Application deploys to: the cluster's name, or why there is none. */
export interface Destination {
  /** Empty when it is not known. */
  cluster: string;
  problem?: string;
}

/** Argo CD keeps a cluster's name in a Secret without limit; names of people's making are shorter. */
const maxNameLength = 253;
/** What Argo CD calls the cluster that it runs in. */
const inCluster = 'in-cluster';
const ownHost = 'kubernetes.default.svc';

/**
 * The destination of an Application. Argo CD takes any text for a server and refuses it later; whatever stands there, no
 * part of it that may be a secret comes back.
 */
export function destinationOf({
  destination,
  details,
  unreadable,
}: ApplicationRecord): Destination {
  const { name, server } = destination;
  // What is no address is not known for one by its form; it may hold what must not be shown all the same.
  const told = server
    ? details?.destinationProblem?.replaceAll(server, '[address]')
    : details?.destinationProblem;
  if (name) return { cluster: shorten(name, maxNameLength), ...(told ? { problem: told } : {}) };
  if (told) return { cluster: '', problem: told };
  // What stands there is not known, then; the row says that it cannot be read.
  const isUnread = unreadable.some(field => /^spec(\.destination(\.|$)|$)/.test(field));
  if (!server && isUnread) return { cluster: '' };
  if (!server) {
    return { cluster: '', problem: 'spec.destination names neither a server nor a cluster' };
  }
  let url: URL;
  try {
    url = new URL(server);
  } catch {
    return { cluster: '', problem: 'spec.destination.server is no address' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { cluster: '', problem: 'spec.destination.server is no http or https address' };
  }
  return { cluster: url.host === ownHost ? inCluster : shorten(url.host, maxNameLength) };
}
