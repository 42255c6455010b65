import type { GitAccess } from './gitEnvironment';

/** What a host answers to the first request of Git: Git itself says too little of it. */
export interface HttpHost {
  /** It speaks Git's protocol. */
  isGit: boolean;
  /** The repository's address now, where the host leads to another one of its own. */
  movedTo?: string;
}

const suffix = '/info/refs';
const advertisement = 'application/x-git-upload-pack-advertisement';

/**
 * Asks as Git does. Where that is led to another host, nothing follows: credentials stay here.
 *
 * @see https://git-scm.com/docs/http-protocol#_smart_clients
 * @returns undefined when that cannot be found out
 */
export async function askHttp(
  { url, authorization }: GitAccess,
  timeoutMs: number,
): Promise<HttpHost | undefined> {
  if (!/^https?:/.test(url)) return undefined;
  const address = `${url}${suffix}?service=git-upload-pack`;
  try {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: authorization ? { authorization } : {},
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    const location = URL.parse(answer.headers.get('location') ?? '', address);
    const isMoved = answer.status >= 300 && answer.status < 400 && location;
    const isHere = isMoved && location.origin === new URL(url).origin;
    const path = location?.pathname ?? '';
    return {
      isGit: answer.headers.get('content-type') === advertisement,
      ...(isHere && path.endsWith(suffix)
        ? { movedTo: location.origin + path.slice(0, -suffix.length) }
        : {}),
    };
  } catch {
    // Git may know a way, such as a proxy, that is none of this process.
    return undefined;
  }
}
