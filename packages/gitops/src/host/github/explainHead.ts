import { toUpstreamError, UpstreamError } from '../../http/UpstreamError';

/**
 * The error of a request for a branch's head, with what is wrong and the cure. GitHub answers 404 for a branch that is not
 * there, and older GitHub Enterprise 422; 409 for a repository without a commit.
 */
export function explainHead(thrown: unknown, branch: string): UpstreamError {
  const error = toUpstreamError(thrown);
  const { message, refusal } = error;
  if (refusal?.status === 409) {
    const cure = `The repository holds no commit yet: push the first one to branch "${branch}".`;
    return new UpstreamError('misconfigured', message, undefined, cure, refusal);
  }
  if (refusal?.status === 404 || refusal?.status === 422) {
    const cure = `There is no branch "${branch}", or no such repository that the token may see: correct tenantReleases.gitops.branch, tenantReleases.gitops.repository or the token of integrations.github.`;
    return new UpstreamError('not-found', message, undefined, cure, refusal);
  }
  return error;
}
