/** One upstream, as the portal sees it now. */
export interface SourceStatus {
  /** Stable and unique, for example `argocd:main`. */
  id: string;
  kind: 'git' | 'argocd' | 'kubernetes' | 'prometheus' | 'loki';
  name: string;
  /** ok: current; stale: answers are older than they should be; down: cannot be reached. */
  state: 'ok' | 'stale' | 'down';
  /** Seconds since the source was last known to be current. */
  ageSeconds: number;
  /**
   * When that was, RFC 3339; absent while the source is ok. It stays the same for as long as the trouble lasts: ages
   * that follow from it agree, whenever the answers that carry it were given.
   */
  currentAt?: string;
  /** Class of the last error, never its text: no address and no secret leaves the server. */
  error?: SourceErrorClass;
  /** One sentence where the class says too little: what is wrong, and the cure. Only for who may onboard tenants; names no address. */
  detail?: string;
  /** What no release was made of; only for who may onboard tenants, and only when it was asked for. */
  leftOut?: LeftOut[];
  /** How many there are; `leftOut` holds the first of them. */
  leftOutCount?: number;
}

/** Something of a source that no release was made of. */
export interface LeftOut {
  kind: 'file' | 'application' | 'pod' | 'cluster' | 'instance';
  /** As people find it: a path, `namespace/name`, a name. */
  name: string;
  /** One sentence: why, and the cure. */
  reason: string;
}

/** Entries of `leftOut` that are told of one source. */
export const maxLeftOut = 100;

/** What went wrong with a source, in a word. */
export type SourceErrorClass =
  | 'unreachable'
  | 'timeout'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'server-error'
  | 'bad-answer'
  | 'misconfigured';
