import { people } from '../oidc/people';
import { SignInRefusedError, signInOverHttp } from '../signIn/signInOverHttp';
import { runningStatus } from '../supervisor/controlClient';
import { CommandError } from './commandError';

/**
 * `token <user>`: a Backstage token of a person on one line, got through the sign-in that the portal offers to everybody:
 * OpenID Connect with the embedded issuer.
 */
export async function tokenCommand(
  stateDir: string,
  user: string | undefined,
  print: (text: string) => void,
): Promise<void> {
  const known = people.map(({ login }) => login).join(', ');
  if (!user) throw new CommandError(`Name the person: token <user>, one of ${known}.`, 2);
  if (!people.some(({ login }) => login === user)) {
    throw new CommandError(`Nobody is called ${user}: choose one of ${known}.`);
  }
  const { portal, servers } = await runningStatus(stateDir);
  if (portal?.state !== 'ready') {
    throw new CommandError('The portal is not ready yet: wait for "Portal ready".');
  }
  const issuer = servers.find(({ name }) => name === 'oidc');
  if (issuer?.state !== 'ready') {
    throw new CommandError(`Nobody can sign in, oidc is ${issuer?.state}: start it first.`);
  }
  print(
    await signInOverHttp(portal.url, user).catch(error => {
      throw error instanceof SignInRefusedError
        ? new CommandError(`${user} cannot sign in: ${reason(error.message)}`)
        : error;
    }),
  );
}

/** What the portal says, in one line and without advice to its operators. */
function reason(message: string): string {
  return /unable to resolve user identity|user not found/i.test(message)
    ? 'the portal does not know them, they are not in the catalog.'
    : message.replace(/\s+/g, ' ').trim();
}
