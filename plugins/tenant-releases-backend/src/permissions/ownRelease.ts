import { encodeSegment } from '@internal/gitops';
import {
  type KnownVersion,
  type Release,
  type ReleaseReason,
  type Serving,
} from '@internal/plugin-tenant-releases-common';
import { operator } from './ownHistory';

/** See {@link ownTexts}. */
const badText = 'The platform team has put this version on its list of bad versions.';

/**
 * What a reason says to a customer where its own text is about the operator's installation, or is the operator's own: such a
 * text may name other tenants, and leads a customer nowhere.
 */
export const ownTexts: Partial<Record<ReleaseReason['code'], string>> = {
  // Name and words of an alert are written for whoever operates the platform, with addresses and all.
  ALERT_FIRING: 'The monitoring of the platform team fires an alert about it.',
  APPLICATION_AMBIGUOUS: 'It is set up twice. The platform team has to look at it.',
  APPLICATION_INVALID: 'A part of its set-up cannot be read. The platform team has to look at it.',
  APPLICATION_MISMATCH: 'Its set-up is not complete. The platform team has to look at it.',
  BAD_VERSION: badText,
  DESTINATION_UNKNOWN: 'Its cluster is not known. The platform team has to look at it.',
  FOLLOWS_OTHER_REVISION: 'It is delivered from another branch than usual.',
  FROZEN: 'The platform team makes no changes for now.',
  GIT_AHEAD: 'A change is wanted and not applied yet.',
  HEALTH_UNKNOWN: 'Nobody knows how its parts are.',
  LEFTOVERS: 'Parts of it that are not wanted any more are still there.',
  MANUAL_CHANGE: 'Something of it was changed by hand. The platform team has to look at it.',
  NOT_DEPLOYED: 'It is not deployed yet.',
  OVERRIDDEN: 'The platform team has fixed its version by hand.',
  REPOSITORY_CONFLICT: 'It is set up twice. The platform team has to look at it.',
  RECONCILE_SKIPPED: 'The platform team has paused its delivery.',
  SYNC_BY_HAND: 'A change waits for the platform team.',
  SYNC_FAILED: 'The last change could not be applied. The platform team has to look at it.',
  SYNC_RETRYING: 'The last change could not be applied yet; it is tried again.',
  SYNC_TERMINATED: 'The last change was stopped before it was done.',
  SYNC_UNKNOWN: 'Nobody knows whether the last change has been applied.',
  SYNC_WINDOW_CLOSED: 'A change waits for the hours in which changes are made.',
};

/** The reason of a freeze is the operator's, and may be about somebody else. */
const frozen = (until: string) => `The platform team makes no changes until ${until}.`;

/**
 * A release as people see it who do not see the fleet. What they get is chosen field by field, so that what is added to a
 * release later stays out of their sight until somebody adds it here. Left out is all that leads to the operator's places
 * (repository, pull requests, Argo CD, Grafana), who made a change, and text that was written about several tenants.
 */
export function ownRelease(release: Release): Release {
  const { tenant, service, environment, displayName, tier, ring, owner, contact } = release;
  const { cluster, namespace } = release;
  const { desired, synced, health, running, state, delivery, serving, reasons } = release;
  const { hold, freeze, gitSource, staleSeconds } = release;
  return withoutAbsent({
    tenant,
    service,
    environment,
    displayName,
    tier,
    ring,
    owner,
    contact,
    cluster,
    namespace,
    desired: desired && {
      ...withoutAbsent(pick(desired, 'version', 'digest', 'commit', 'committedAt')),
      ...(desired.committedAt === undefined ? {} : { author: operator }),
    },
    // The revision is of the whole repository: it moves with every other tenant's change.
    synced: synced && withoutAbsent(pick(synced, 'version', 'status', 'at')),
    health,
    running: running?.map(one =>
      withoutAbsent(pick(one, 'version', 'pods', 'ready', 'since', 'canary')),
    ),
    state,
    delivery,
    serving: serving && ownServing(serving),
    reasons: reasons && ownReasons(reasons, release),
    hold,
    freeze:
      freeze && withoutAbsent({ ...pick(freeze, 'since', 'until'), reason: frozen(freeze.until) }),
    links: {},
    gitSource,
    staleSeconds,
  });
}

/** A version as people see it who do not see the fleet: see {@link ownRelease}. */
export function ownVersion(known: KnownVersion): KnownVersion {
  const { version, services, tenants, lastUsedAt, healthy, measured, ready, bad } = known;
  return withoutAbsent({
    version,
    services,
    tenants,
    lastUsedAt,
    healthy,
    measured,
    ready,
    bad: bad === undefined ? undefined : badText,
  });
}

/** Why something is not measured is told to operators, with the setting that cures it. */
function ownServing(serving: Serving): Serving {
  const { why, ...measured } = serving;
  return why === undefined ? measured : { ...measured, why: 'It is not measured in full.' };
}

/** Several that say the same here are one, with the first one's time. */
function ownReasons(reasons: readonly ReleaseReason[], release: Release): ReleaseReason[] {
  const own = reasons.map(reason => ownReason(reason, release));
  return own.filter(
    ({ code, text }, index) =>
      own.findIndex(other => other.code === code && other.text === text) === index,
  );
}

function ownReason(
  { code, text, since, link }: ReleaseReason,
  { tenant, freeze }: Release,
): ReleaseReason {
  const aboutFreeze = code === 'FROZEN' && freeze ? frozen(freeze.until) : undefined;
  return withoutAbsent({
    code,
    text: aboutFreeze ?? ownTexts[code] ?? text,
    since,
    link:
      link?.kind === 'logs'
        ? {
            kind: link.kind,
            href: `/catalog/default/resource/${encodeSegment(tenant)}/releases`,
            text: link.text,
          }
        : undefined,
  });
}

function pick<T extends object, K extends keyof T>(value: T, ...names: K[]): Pick<T, K> {
  return Object.fromEntries(names.map(name => [name, value[name]])) as Pick<T, K>;
}

function withoutAbsent<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
