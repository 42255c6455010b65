import type { ApplicationState, DesiredState, PodState, ReleaseParts } from '../releaseParts';

/** The moment that all parts are looked at. */
export const now = new Date('2026-11-23T12:00:00Z');
/** RFC 3339, so many seconds before {@link now}. */
export const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();

/** A tenant file. */
export const file = {
  displayName: 'Acme Corp',
  tier: 'standard',
  ring: 1,
  owner: 'group:default/acme-owners',
  version: 'sha-2',
};

/** What Git wants: sha-2. */
export function desired(more: Partial<DesiredState> = {}): DesiredState {
  return {
    file,
    change: { commit: 'c'.repeat(40), author: 'Ada', committedAt: ago(3600) },
    problems: [],
    ...more,
  };
}

/** What Argo CD says: sha-2 is in sync. */
export function application(more: Partial<ApplicationState> = {}): ApplicationState {
  return {
    cluster: 'in-cluster',
    version: 'sha-2',
    sync: { status: 'Synced', revision: 'r2' },
    operation: { phase: 'Succeeded', revision: 'r2', startedAt: ago(3502), finishedAt: ago(3500) },
    health: { status: 'Healthy' },
    ...more,
  };
}

/** A pod that is ready. */
export function pod(version = 'sha-2', more: Partial<PodState> = {}): PodState {
  return { version, ready: true, startedAt: ago(3400), ...more };
}

/** A source that answers. */
export const ok = { state: 'ok', ageSeconds: 1 } as const;

/** The parts of a release that is in sync, with some of them replaced. */
export function parts(more: Partial<ReleaseParts> = {}): ReleaseParts {
  return {
    tenant: 'acme',
    service: 'demo-api',
    desired: desired(),
    application: application(),
    pods: [pod(), pod(), pod()],
    freshness: { git: ok, argocd: ok, kubernetes: ok },
    now,
    ...more,
  };
}

/** A sync that runs. */
export const running = { phase: 'Running', startedAt: ago(10) } as const;
/** A version that was merged so many seconds ago. */
export const merged = (seconds: number) =>
  desired({
    change: {
      commit: 'c'.repeat(40),
      author: 'Ada',
      committedAt: ago(9999),
      pullRequest: { number: 1, url: 'u', title: 't', mergedAt: ago(seconds) },
    },
  });
