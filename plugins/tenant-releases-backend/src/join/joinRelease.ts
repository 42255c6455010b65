import { maxDisplayNameLength, shorten } from '@internal/gitops';
import {
  releaseStates,
  type DesiredVersion,
  type Release,
  type ReleaseState,
  type RunningVersion,
  type SyncedVersion,
  untoldVersion,
} from '@internal/plugin-tenant-releases-common';
import { argocdFindings } from './argocdFindings';
import { badVersionFindings, gitFindings } from './gitFindings';
import { withLaterFiles } from './laterFiles';
import { isRolloutPaused } from './pausedRollout';
import { plainChange, plainFreeze, plainHold } from './plainParts';
import { areNeverReady } from './neverReady';
import { podFindings } from './podFindings';
import { withLink } from './reasonLink';
import type { Finding } from './releaseFindings';
import type { PodState, ReleaseParts } from './releaseParts';
import { servingFindings, servingOf } from './servingFindings';
import { sourceFindings, staleSeconds } from './sourceFindings';

/** Ring of a release whose tenant file is missing or cannot be read. */
export const unknownRing = -1;

/**
 * Joins what Git wants, what Argo CD synced and what the pods run into one release with its state and the reasons.
 * The same parts always give the same release; nothing is asked of any server.
 *
 * @param parts - what is known; a part whose source never answered makes the release unknown, never "not deployed"
 * @param links - addresses for people
 */
export function joinRelease(parts: ReleaseParts, links: Release['links'] = {}): Release {
  const { tenant, service, desired, application } = parts;
  const delivered = withoutRepetition(argocdFindings(parts), [
    ...withLaterFiles(parts, podFindings(parts)),
    ...gitFindings(parts),
    ...sourceFindings(parts),
  ]);
  const findings = [...delivered, ...badVersionFindings(parts), ...servingFindings(parts)];
  const stale = staleSeconds(parts);
  const version = desiredVersion(parts);
  const pullRequest = version?.pullRequest;
  const { file } = desired ?? {};
  const allLinks = pullRequest ? { ...links, pullRequest: pullRequest.url } : links;
  return {
    tenant,
    service,
    ...optional('environment', parts.environment),
    displayName: file ? shorten(file.displayName, maxDisplayNameLength) : tenant,
    tier: file?.tier ?? 'unknown',
    ring: file?.ring ?? unknownRing,
    ...optional('ringName', parts.ringName),
    owner: file?.owner ?? '',
    ...optional('contact', file?.contact),
    cluster: application?.cluster ?? '',
    namespace: application?.namespace ?? parts.namespace ?? tenant,
    ...optional('desired', version),
    ...optional('synced', syncedVersion(parts)),
    health: application?.health ?? { status: 'Unknown' },
    running: runningVersions(parts),
    state: worstState(findings),
    delivery: worstState(delivered),
    ...optional('serving', servingOf(parts)),
    reasons: inOrderOfConcern(findings).map(({ reason }) =>
      withLink(reason, allLinks, pullRequest),
    ),
    ...optional('hold', plainHold(file?.hold)),
    ...optional('freeze', plainFreeze(parts.freeze)),
    links: allLinks,
    ...optional('staleSeconds', stale),
  };
}

const causes = new Set(['CRASH_LOOPING', 'IMAGE_PULL', 'SYNC_FAILED', 'NO_PODS']);

/**
 * Argo CD's "Degraded" adds nothing where the cause is already named, nor does "applying a change" where the pods
 * tell how far it is.
 */
function withoutRepetition(fromArgocd: Finding[], others: Finding[]): Finding[] {
  const isNamed = [...fromArgocd, ...others].some(
    ({ state, reason }) => state === 'degraded' && causes.has(reason.code),
  );
  const told = fromArgocd.filter(({ reason }) => !isNamed || reason.code !== 'HEALTH_DEGRADED');
  const isRollingOut = ({ state, reason }: Finding) =>
    state === 'progressing' && reason.code === 'ROLLING_OUT';
  const tellsHowFar = ({ reason }: Finding) =>
    reason.code === 'ROLLING_OUT' || reason.code === 'ROLLOUT_PAUSED';
  return [
    ...(others.some(tellsHowFar) ? told.filter(found => !isRollingOut(found)) : told),
    ...others,
  ];
}

function worstState(findings: Finding[]): ReleaseState {
  const states = new Set(findings.map(({ state }) => state));
  return releaseStates.find(state => states.has(state)) ?? 'in-sync';
}

function inOrderOfConcern(findings: Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) => releaseStates.indexOf(a.state) - releaseStates.indexOf(b.state),
  );
}

/** What Git wants of what the Application follows: of another branch only the version is known. */
function desiredVersion(parts: ReleaseParts): DesiredVersion | undefined {
  const { desired, application, firstSeen, source } = parts;
  const aboutVersion = (version: string) => ({
    ...optional('firstSeen', firstSeen?.get(version)),
    ...optional('source', source),
  });
  if (application?.follows) {
    const { version } = application.follows;
    return version === undefined ? undefined : { version, ...aboutVersion(version) };
  }
  if (!desired?.file) return undefined;
  // The change of a file that cannot be read is the one that broke it, not the one that set the version.
  const change = desired.problems.length > 0 ? undefined : desired.change;
  const { version, digest } = desired.file;
  return {
    version,
    ...optional('digest', digest),
    ...(change ? plainChange(change) : {}),
    ...aboutVersion(version),
  };
}

function syncedVersion({ application }: ReleaseParts): SyncedVersion | undefined {
  if (!application) return undefined;
  const { version, sync, operation } = application;
  // Lists of Argo CD name only the revision of the last operation, its stream that of the comparison too.
  const applied = operation?.phase === 'Succeeded' ? operation.revision : undefined;
  const at = operation?.isPartial ? undefined : operation?.finishedAt;
  return {
    ...optional('version', version),
    ...optional('revision', sync.revision ?? applied),
    status: sync.status,
    ...optional('at', at),
  };
}

/** Pods by version, the version that should run first, then by number of pods. */
function runningVersions(parts: ReleaseParts): RunningVersion[] {
  const { pods, application, desired, firstSeen } = parts;
  const target = application?.version ?? desired?.file?.version;
  const byVersion = new Map<string, PodState[]>();
  for (const pod of pods) {
    const version = pod.version ?? untoldVersion;
    byVersion.set(version, [...(byVersion.get(version) ?? []), pod]);
  }
  const isPaused = application !== undefined && isRolloutPaused(application) && byVersion.size > 1;
  return [...byVersion]
    .map(([version, group]) => ({
      version,
      pods: group.length,
      ready: group.filter(pod => pod.ready).length,
      ...optional('since', group.flatMap(pod => pod.startedAt ?? []).sort()[0]),
      ...optional('firstSeen', firstSeen?.get(version)),
      ...(areNeverReady(group) ? { neverReady: true as const } : {}),
      ...(isPaused && version === target ? { canary: true as const } : {}),
    }))
    .sort(
      (a, b) =>
        Number(b.version === target) - Number(a.version === target) ||
        b.pods - a.pods ||
        a.version.localeCompare(b.version),
    );
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
