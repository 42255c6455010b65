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
  /** Class of the last error, never its text: no address and no secret leaves the server. */
  error?: SourceErrorClass;
}

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
