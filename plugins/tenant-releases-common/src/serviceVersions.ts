import type { VersionCommit } from './release';
import type { SourceStatus } from './source';

/** A tenant, as who sees names sees it beside a version. */
export interface NamedTenant {
  tenant: string;
  displayName: string;
  ring: number;
}

/** How a version serves, over all tenants that run it. */
export interface VersionServing {
  /** The part of the requests that failed, 0 to 1. */
  errorRatio: number;
  /** 95th percentile of the durations in seconds; of several Prometheus servers the longest. Absent where there is none. */
  latencyP95?: number;
}

/** A version of a service, and who runs it. */
export interface ServiceVersion {
  version: string;
  /** How many tenants have a ready pod of it. */
  running: number;
  /** How many tenants Git wants it for. */
  desired: number;
  /** When it was first seen, RFC 3339; absent when nobody knows. */
  firstSeen?: string;
  /** The commit that it was built from; absent where that is not known or not to be told. */
  source?: VersionCommit;
  /** It is on the list of bad versions. */
  isBad?: true;
  /** Who has a ready pod of it, or is wanted to; absent where the caller sees numbers only. */
  tenants?: NamedTenant[];
  /** Absent where `notMeasured` says why. */
  serving?: VersionServing;
  /** Why it is not measured, or not told: a sentence. */
  notMeasured?: string;
}

/** `GET /services/:service` */
export interface ServiceVersions {
  service: string;
  /** names: every tenant by name; numbers: how many; own: only the tenants that the caller may read. */
  shows: 'names' | 'numbers' | 'own';
  /** How many tenants are counted. */
  tenants: number;
  /** How many of them the caller may read as releases, too. */
  readable: number;
  /** How many of them have no ready pod whose version is known. */
  withoutPods: number;
  /** The newest first. */
  versions: ServiceVersion[];
  /** Seconds that errors and latency are taken over. */
  windowSeconds: number;
  /** What the caller does not see here, and who may grant it. */
  notice?: { code: 'NUMBERS_ONLY' | 'OWN_ONLY' | 'NONE_VISIBLE' | 'NO_TENANTS'; text: string };
  sources: SourceStatus[];
}

/** A commit of a service. */
export interface ServiceCommit {
  sha: string;
  /** First line of its message. */
  title: string;
  author: string;
  /** A program wrote it. */
  isBot?: true;
  /** RFC 3339. */
  committedAt: string;
  url?: string;
}

/** `GET /services/:service/commits?from=&to=` */
export type ServiceCommits = {
  service: string;
  from: string;
  to: string;
} & (
  | {
      /** Of `to` and not of `from`, the newest first. */
      commits: ServiceCommit[];
      /** How many there are; more than `commits` holds where the host tells no more. */
      total: number;
      /** How many `from` has that `to` lacks: more than none when `to` does not follow `from`. */
      missing: number;
      /** The host's page of the comparison. */
      url?: string;
    }
  | { /** Why they cannot be told: a sentence. */ unavailable: string }
);
