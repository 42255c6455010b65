/** What the message of a commit says of the pull request that brought it. */
export interface PullRequestFacts {
  number: number;
  title?: string;
}

const number = String.raw`(?<number>[1-9]\d{0,8})`;

/** Messages of merge commits, as hosts write them; the title follows in the message where it is not in the subject. */
const merges: readonly RegExp[] = [
  // https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges
  new RegExp(`^Merge pull request #${number} from \\S+$`),
  // https://docs.gitea.com/usage/merge-message-templates
  new RegExp(`^Merge pull request '(?<title>.+)' \\([#!]${number}\\) from \\S+ into \\S+$`),
  // https://support.atlassian.com/bitbucket-cloud/docs/merge-a-pull-request/
  new RegExp(`^Merged in \\S+ \\(pull request #${number}\\)$`),
  new RegExp(`^Pull request #${number}: (?<title>.+)$`),
  // https://learn.microsoft.com/azure/devops/repos/git/complete-pull-requests
  new RegExp(`^Merged PR ${number}: (?<title>.+)$`),
];
/** https://docs.gitlab.com/user/project/merge_requests/commit_templates/ */
const gitlab = new RegExp(`^See merge request \\S*!${number}$`, 'm');
const squash = new RegExp(`^(?<title>.*\\S) \\(#${number}\\)$`);

/**
 * The pull request that a commit's message names, in the words that hosts write themselves. "(#12)" at the end of a subject
 * counts only when the host has made the commit: people write it for issues, too.
 *
 * @param committer - name of the commit's
 */
export function pullRequestFacts(message: string, committer = ''): PullRequestFacts | undefined {
  const [subject, ...rest] = message.split('\n').map(line => line.trim());
  const body = rest.find(line => line !== '' && !gitlab.test(line));
  const found = merges.map(pattern => pattern.exec(subject)?.groups).find(Boolean);
  if (found) return factsOf(found.number, found.title ?? body);
  const merged = gitlab.exec(message)?.groups;
  if (merged) return factsOf(merged.number, body);
  const isOfHost = /^(GitHub( Enterprise)?|Gitea|Forgejo)$/.test(committer);
  const squashed = isOfHost ? squash.exec(subject)?.groups : undefined;
  return squashed && factsOf(squashed.number, squashed.title);
}

function factsOf(digits: string, title: string | undefined): PullRequestFacts {
  return { number: Number(digits), ...(title ? { title } : {}) };
}
