import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import {
  GitFault,
  GithubError,
  PushFault,
  toUpstreamError,
  UpstreamError,
  type PushFaultKind,
} from '@internal/gitops';

/** What passes by itself, or is for the operator to mend: nothing of the request is wrong. */
const passing: ReadonlySet<PushFaultKind> = new Set([
  'timeout',
  'unreachable',
  'server-error',
  'rate-limited',
  'unanswered',
  'unknown',
  'aborted',
  'locked',
  'full-disk',
]);

const again = 'what was typed is not lost: send it again, which goes on where this stopped';

/** What a Git host or Git did not do, as an error of Backstage's; any other error as it is. */
export function changeError(error: unknown): unknown {
  if (error instanceof PushFault || error instanceof GitFault) {
    const message = sentence(error.message);
    return passing.has(error.kind)
      ? new ServiceUnavailableError(`${message} (${again})`)
      : new ConflictError(message);
  }
  const cause = error instanceof GithubError ? error.cause : error;
  if (!(cause instanceof UpstreamError)) return error;
  const { errorClass, refusal, retryAfterSeconds } = toUpstreamError(cause);
  if (errorClass === 'rate-limited') {
    const wait = retryAfterSeconds === undefined ? '' : ` for ${retryAfterSeconds} s`;
    return new ServiceUnavailableError(
      `The Git host limits how much the portal may do${wait} (${again})`,
    );
  }
  if (errorClass === 'unauthorized' || errorClass === 'forbidden' || errorClass === 'not-found') {
    return new ConflictError(
      'The Git host does not let the portal open pull requests: its token or GitHub App needs contents: write and pull-requests: write (integrations.github)',
    );
  }
  if (refusal) {
    const said = saidIn(refusal.text);
    return new ConflictError(
      `The Git host refuses the pull request (${refusal.status}${said === '' ? '' : `: ${said}`})`,
    );
  }
  return new ServiceUnavailableError(`The Git host does not answer (${errorClass}; ${again})`);
}

function sentence(text: string): string {
  return `${text[0].toLocaleUpperCase('en-US')}${text.slice(1)}`;
}

function saidIn(text: string): string {
  try {
    const { message } = JSON.parse(text);
    return typeof message === 'string'
      ? message.replace(/\b[a-z]+:\/\/\S+/g, '').slice(0, 200)
      : '';
  } catch {
    return '';
  }
}
