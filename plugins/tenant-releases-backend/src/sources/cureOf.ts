import type { SourceErrorClass, SourceStatus } from '@internal/plugin-tenant-releases-common';

interface Place {
  /** Where its address stands in the configuration. */
  address: string;
  /** Where its credentials do. */
  credentials: string;
  /** What the portal's account has to be allowed. */
  right: string;
}

const telemetry: Place = {
  address: 'tenantReleases.telemetry',
  credentials: 'tenantReleases.telemetry',
  right: 'query',
};

const places: Record<SourceStatus['kind'], Place> = {
  git: {
    address: 'tenantReleases.gitops.repository',
    credentials: 'integrations',
    right: 'read the contents of the repository',
  },
  argocd: {
    address: 'argocd.appLocatorMethods',
    credentials: 'argocd.appLocatorMethods',
    right: 'get Applications',
  },
  kubernetes: {
    address: 'kubernetes.clusterLocatorMethods',
    credentials: 'kubernetes.clusterLocatorMethods',
    right: 'list and watch pods',
  },
  prometheus: telemetry,
  loki: telemetry,
};

const cures: Record<SourceErrorClass, (place: Place) => string> = {
  unreachable: ({ address }) =>
    `See whether it runs, whether its address and certificate at ${address} are right, and whether the network lets the portal through.`,
  timeout: () => 'See whether it is overloaded, and whether the network lets the portal through.',
  unauthorized: ({ credentials }) => `Renew the portal's credentials at ${credentials}.`,
  forbidden: ({ credentials, right }) =>
    `Allow the account at ${credentials} to ${right}, or name another there.`,
  'not-found': ({ address, credentials }) =>
    `See whether ${address} is right, and whether the account at ${credentials} may see it.`,
  'rate-limited': () => 'Nothing has to be done: the portal asks again when the limit allows it.',
  'server-error': () => 'Look into its own log, which says why.',
  'bad-answer': ({ address }) =>
    `See whether ${address} leads to it and not to a proxy or a sign-in page, and whether the portal supports its version.`,
  misconfigured: () => 'Correct the setting; the log of the portal names it too.',
};

/**
 * What to do about the error of a source, in one sentence that names the setting; `undefined` where there is no error, and where
 * `detail` says it already.
 */
export function cureOf({ id, kind, error, detail }: SourceStatus): string | undefined {
  if (!error || (error === 'misconfigured' && detail)) return undefined;
  const place = places[kind];
  // Of several repositories, the id says which entry of the list is meant.
  const entry = kind === 'git' ? /^git:(\d+)$/.exec(id)?.[1] : undefined;
  if (entry === undefined) return cures[error](place);
  return cures[error]({ ...place, address: `tenantReleases.gitops[${entry}].repository` });
}
