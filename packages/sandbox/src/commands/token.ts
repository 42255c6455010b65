import { z } from 'zod';
import { runningStatus } from '../supervisor/controlClient';
import { CommandError } from './commandError';

const refreshSchema = z.object({ backstageIdentity: z.object({ token: z.string() }) });

/**
 * `token <user>`: a Backstage token of a person on one line, got through the sign-in that the portal offers. The guest
 * provider signs everybody in as ada, so hers is the only one.
 */
export async function tokenCommand(
  stateDir: string,
  user: string | undefined,
  print: (text: string) => void,
): Promise<void> {
  if (!user) throw new CommandError('Name the person: token <user>', 2);
  const status = await runningStatus(stateDir);
  if (user !== 'ada') {
    throw new CommandError(
      `Only ada can sign in: the portal's guest sign-in knows nobody else, so there is no token for ${user}.`,
    );
  }
  const portal = status.portal;
  if (portal?.state !== 'ready') {
    throw new CommandError('The portal is not ready yet: wait for "Portal ready".');
  }
  const response = await fetch(`${portal.url}/api/auth/guest/refresh`, {
    method: 'POST',
    headers: { 'x-requested-with': 'XMLHttpRequest' },
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) {
    throw new CommandError(`The portal refused the sign-in as guest (HTTP ${response.status}).`);
  }
  print(refreshSchema.parse(await response.json()).backstageIdentity.token);
}
