/**
 * Why a sign-in failed, for the person who tried.
 *
 * @param message - what the auth backend or the OpenID provider said
 */
export function refusal(message: string): string {
  if (/unable to resolve user identity|user not found/i.test(message)) {
    return 'We know who you are, but you have no access to this portal: nobody has added you yet, or you were removed. Ask the platform team.';
  }
  if (/access_denied|cancel/i.test(message)) return 'The sign-in was cancelled.';
  return `The sign-in failed: ${message.slice(0, 300)}`;
}
