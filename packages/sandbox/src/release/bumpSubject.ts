import { code, plain } from '@internal/gitops';

/** What a bump brings. */
export interface BumpSubject {
  version: string;
  /** Commit of acme/demo-api. */
  commit: string;
  author: string;
  /** Subject of that commit. */
  message: string;
}

/** What a pull request says of the version, in Markdown. */
export function aboutVersion({ version, commit, author, message }: BumpSubject): string {
  return `${code(version)} is commit ${commit} of acme/demo-api by ${plain(author)}:\n\n> ${plain(
    message,
  )}`;
}
