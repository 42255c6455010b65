import { badVersion, type ReleasePolicy } from '@internal/gitops';
import {
  isMeasured,
  type KnownVersion,
  type Release,
} from '@internal/plugin-tenant-releases-common';
import type { UsedVersion } from './listVersions';

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
  versions: readonly UsedVersion[],
  releases: readonly Release[],
  policiesOf: (services: readonly string[]) => readonly ReleasePolicy[],
): KnownVersion[] {
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
    const [bad] = policiesOf(known.services ?? []).flatMap(
      policy => badVersion(policy, known.version)?.reason ?? [],
    );
    return {
      ...known,
      healthy: healthy.get(known.version)?.size ?? 0,
      measured: measured.get(known.version)?.size ?? 0,
      ready: ready.get(known.version)?.size ?? 0,
      ...(bad === undefined ? {} : { bad }),
    };
  });
}
