import { z } from 'zod';

/** How often the portal is asked whether it is up, in milliseconds. */
const intervalMs = 250;

/** Whether the backend says that it is ready and the page of the portal is served. */
export async function portalAnswers(url: string): Promise<boolean> {
  try {
    const readiness = await fetch(`${url}/.backstage/health/v1/readiness`, once());
    await readiness.arrayBuffer();
    if (!readiness.ok) return false;
    const page = await fetch(url, once());
    const html = await page.text();
    return page.ok && html.includes('<html');
  } catch {
    // Nobody listens yet.
    return false;
  }
}

/** The catalog reads the people right after the start; nobody waits longer for it, in milliseconds. */
const peopleMs = 15_000;

const guestSchema = z.object({
  backstageIdentity: z.object({
    token: z.string(),
    identity: z.object({ userEntityRef: z.string() }),
  }),
});

/**
 * Whether the catalog knows the guest: then the people are there who sign in, with their groups. Where guests are not let
 * in there is nothing to ask.
 */
export async function peopleAreKnown(url: string): Promise<boolean> {
  try {
    const refresh = await fetch(`${url}/api/auth/guest/refresh`, {
      ...once(),
      method: 'POST',
      headers: { connection: 'close', 'x-requested-with': 'XMLHttpRequest' },
    });
    const text = await refresh.text();
    if (!refresh.ok) return true;
    const { token, identity } = guestSchema.parse(JSON.parse(text)).backstageIdentity;
    const [, kind, namespace, name] = /^(.+):(.+)\/(.+)$/.exec(identity.userEntityRef) ?? [];
    const user = await fetch(`${url}/api/catalog/entities/by-name/${kind}/${namespace}/${name}`, {
      ...once(),
      headers: { connection: 'close', authorization: `Bearer ${token}` },
    });
    await user.arrayBuffer();
    return user.ok;
  } catch {
    // The portal has gone, or something else answers in its place.
    return false;
  }
}

/** Waits until the portal answers and people can sign in, or the signal is given. */
export async function untilPortalAnswers(url: string, signal: AbortSignal): Promise<boolean> {
  if (!(await until(() => portalAnswers(url), signal))) return false;
  await until(() => peopleAreKnown(url), AbortSignal.any([signal, AbortSignal.timeout(peopleMs)]));
  return !signal.aborted;
}

async function until(isSo: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await isSo()) return true;
    await new Promise(resolve => setTimeout(resolve, intervalMs));
  }
  return false;
}

/** A connection of its own for each question: an open one would keep the portal from ending. */
function once(): RequestInit {
  return { signal: AbortSignal.timeout(5000), headers: { connection: 'close' } };
}
