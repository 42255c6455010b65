/** What Git and its host say of who did something. */
export interface Identity {
  /** Kind of account: https://docs.github.com/en/rest/users/users */
  type?: string | null;
  login?: string | null;
  name?: string | null;
  email?: string | null;
}

/** Apps of GitHub are called `renovate[bot]`, and commit from `29139614+renovate[bot]@users.noreply.github.com`. */
const appName = /\[bot\](@|$)/i;

/** Addresses that tools commit from where nobody has set another. */
const toolAddresses = new Set([
  // GitHub's web pages: the author of what nobody in particular has made.
  'noreply@github.com',
  // https://github.com/actions/checkout#push-a-commit-using-the-built-in-token, and before that
  'action@github.com',
  'actions@github.com',
  'github-actions@github.com',
  // https://docs.renovatebot.com/configuration-options/#gitauthor
  'bot@renovateapp.com',
  'renovate@whitesourcesoftware.com',
  // https://argocd-image-updater.readthedocs.io/en/stable/basics/update-methods/
  'noreply@argoproj.io',
  // https://fluxcd.io/flux/guides/image-update/
  'fluxcdbot@users.noreply.github.com',
]);

/** Whether somebody is a program, by account, name or address. */
export function isBotIdentity({ type, login, name, email }: Identity): boolean {
  return (
    type === 'Bot' ||
    [login, name, email].some(one => typeof one === 'string' && appName.test(one)) ||
    (typeof email === 'string' && toolAddresses.has(email.toLowerCase()))
  );
}
