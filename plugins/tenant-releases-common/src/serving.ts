/** An alert of a tenant that Prometheus fires. */
export interface FiringAlert {
  name: string;
  /** As the rule's label has it, for example `critical`; absent without one. */
  severity?: string;
  /** What it says for people. */
  summary?: string;
  /** Since when its expression holds, RFC 3339. */
  since?: string;
}

/** Whether a release serves: what its requests and the alerts of its tenant say. */
export interface Serving {
  /**
   * serving: requests are answered, and no alert fires; failing: more requests fail than may, or an alert fires; idle: it is
   * measured, and there are too few requests to tell; not-measured: nobody knows.
   */
  status: 'serving' | 'failing' | 'idle' | 'not-measured';
  /** The part of the requests that fails, 0 to 1; absent where there are too few to tell. */
  errorRatio?: number;
  /** The part of the requests that may fail, 0 to 1. */
  objective?: number;
  /** Since when more of them fail, RFC 3339; absent when nobody knows, or none of that. */
  since?: string;
  /** The version with which that began; absent when nobody knows. */
  version?: string;
  /** How many alerts fire. */
  alerts?: number;
  /** Why it, or part of it, is not measured: a sentence with the cure. */
  why?: string;
  /** Trouble that is told is this many seconds old; absent while it is current. */
  staleSeconds?: number;
}

/** Whether anybody knows how a release serves; with too few requests to tell, that much is known. */
export function isMeasured(serving: Serving | undefined): boolean {
  return serving !== undefined && serving.status !== 'not-measured';
}
