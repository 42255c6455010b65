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

/** Waits until the portal answers, or the signal is given. */
export async function untilPortalAnswers(url: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await portalAnswers(url)) return true;
    await new Promise(resolve => setTimeout(resolve, intervalMs));
  }
  return false;
}

/** A connection of its own for each question: an open one would keep the portal from ending. */
function once(): RequestInit {
  return { signal: AbortSignal.timeout(5000), headers: { connection: 'close' } };
}
