import { GitFault, type GitFaultKind, UpstreamError } from '@internal/gitops';
import type { SourceErrorClass } from '@internal/plugin-tenant-releases-common';

/** Hosts do not say to Git how long they want to be left alone. Seconds. */
const untoldRetryAfter = 60;

const classes: Record<GitFaultKind, SourceErrorClass> = {
  'no-git': 'misconfigured',
  timeout: 'timeout',
  unreachable: 'unreachable',
  'server-error': 'server-error',
  'rate-limited': 'rate-limited',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  'not-found': 'not-found',
  'no-branch': 'not-found',
  empty: 'misconfigured',
  redirected: 'misconfigured',
  'bad-answer': 'bad-answer',
  'too-large': 'misconfigured',
  'full-disk': 'misconfigured',
  'bad-folder': 'misconfigured',
  corrupt: 'bad-answer',
  locked: 'misconfigured',
  aborted: 'timeout',
  failed: 'bad-answer',
};

/** A fault of a mirror as an error of the source; any other error as it is. */
export function faultToUpstream(error: unknown): unknown {
  if (!(error instanceof GitFault)) return error;
  const { kind, message } = error;
  const wait = kind === 'rate-limited' ? untoldRetryAfter : undefined;
  // As GitHub answers for a repository without a commit.
  const refusal = kind === 'empty' ? { status: 409, text: '' } : undefined;
  return new UpstreamError(classes[kind], message, wait, `${message}.`, refusal);
}
