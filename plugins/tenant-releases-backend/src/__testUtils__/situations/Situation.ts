import type { ReleaseState } from '@internal/plugin-tenant-releases-common';
import { applicationOf, operation, podOf, repoURL } from '../objects';
import type { ApplicationAnswers } from '../TestFleet';

/** Commits that situations refer to. */
export interface Commits {
  /** Every tenant is at `sha-1`. */
  old: string;
  /** Every tenant is at `sha-2`. */
  bumped: string;
  /** As before, with a change that concerns nobody. */
  head: string;
}

/** What the upstreams hold of one tenant. */
export interface Held {
  applications: object[];
  /** By `namespace/name` of the Application. */
  answers?: Record<string, ApplicationAnswers>;
  pods?: object[];
  /** Further files at the head of the branch. */
  files?: Record<string, string>;
}

/** A situation that real installations are in, and what the portal has to say of it. */
export interface Situation {
  name: string;
  hold(tenant: string, commits: Commits): Held;
  state: ReleaseState;
  codes: string[];
  desired?: string;
  synced?: string;
  /** `version pods/ready`, with `*` for a canary. */
  running?: string[];
  /** What a reason has to tell. */
  text?: RegExp;
}

export const image = (version: string, registry = 'ghcr.io') =>
  `${registry}/acme/demo-api:${version}`;
export const pods = (tenant: string, ...versions: string[]) =>
  versions.map((version, index) => podOf(tenant, `demo-api-${index}`, image(version)));
export const synced = ['sha-2 2/2'];
/** The pod template of a workload. */
export const template = (of: string) => ({
  template: { spec: { containers: [{ name: 'x', image: of }] } },
});
/** An Application that is in sync with the head, and two pods that run it. */
export function healthy(tenant: string, { head }: Commits, more: object = {}): Held {
  return {
    applications: [applicationOf(tenant, head, more)],
    pods: pods(tenant, 'sha-2', 'sha-2'),
  };
}
export const source = (tenant: string, more: object) => ({
  source: {
    repoURL,
    path: 'charts/tenant',
    targetRevision: 'main',
    helm: { valueFiles: [`/gitops/tenants/${tenant}-values.yaml`] },
    ...more,
  },
});
/** Nobody but a person syncs. */
export const nobody = { syncPolicy: {} };
/** Compared with one revision, and synced at another. */
export const outOfSync = (revision: string, last: string, more: object = {}) => ({
  sync: { status: 'OutOfSync', revision },
  operationState: operation('Succeeded', last),
  ...more,
});
