import {
  badVersion,
  isMeasured,
  type Release,
  type ReleasePolicy,
} from '@internal/plugin-tenant-releases-common';
import type { KnownVersion } from './listVersions';

/** What is known of a version beside who has it. */
export interface VersionHealth {
  /** How many tenants run it, and nothing else, with every pod ready and without failing. */
  healthy: number;
  /** Of how many of these it is measured whether they serve. */
  measured: number;
  /** How many tenants have a ready pod of it. */
  ready: number;
  /** Why it is on the list of bad versions; absent when it is not. */
  bad?: string;
}

/**
 * The version that a release runs healthily: all its pods run it and are ready, Argo CD finds them healthy, and neither an
 * alert nor the errors say that it fails. Where that is not measured, nothing says so.
 */
export function healthyVersion({ running, health, serving }: Release): string | undefined {
  const [only, ...others] = running;
  if (!only || others.length > 0) return undefined;
  const isReady = only.pods > 0 && only.ready === only.pods;
  const isServing = serving?.status !== 'failing';
  return isReady && isServing && health.status === 'Healthy' ? only.version : undefined;
}

/** Adds to versions how they do. */
export function withHealth(
  versions: readonly KnownVersion[],
  releases: readonly Release[],
  policy: ReleasePolicy,
): Array<KnownVersion & VersionHealth> {
  const healthy = new Map<string, Set<string>>();
  const measured = new Map<string, Set<string>>();
  const ready = new Map<string, Set<string>>();
  const note = (book: Map<string, Set<string>>, version: string, tenant: string) =>
    book.set(version, (book.get(version) ?? new Set()).add(tenant));
  for (const release of releases) {
    const version = healthyVersion(release);
    if (version !== undefined) {
      note(healthy, version, release.tenant);
      if (isMeasured(release.serving)) note(measured, version, release.tenant);
    }
    for (const running of release.running) {
      if (running.ready > 0) note(ready, running.version, release.tenant);
    }
  }
  return versions.map(known => {
    const bad = badVersion(policy, known.version)?.reason;
    return {
      ...known,
      healthy: healthy.get(known.version)?.size ?? 0,
      measured: measured.get(known.version)?.size ?? 0,
      ready: ready.get(known.version)?.size ?? 0,
      ...(bad === undefined ? {} : { bad }),
    };
  });
}
