import { RegistryFault } from './imageAnswer';

/** One request to a registry, or to the service that gives it tokens. */
export interface RegistryRequest {
  method: 'GET' | 'HEAD';
  url: URL;
  headers: Record<string, string>;
  /** Name of the registry, for people. */
  name: string;
  signal: AbortSignal;
}

/** Answers lead elsewhere no more often than this. */
const maxRedirects = 3;

/** An error or a token is a few kilobytes. Bytes. */
const maxBodyBytes = 256 * 1024;

/**
 * Asks, and follows where the answer leads: credentials go to the host they are for, and nothing goes from https to http.
 *
 * @throws RegistryFault
 */
export async function askRegistry(request: RegistryRequest): Promise<Response> {
  const { method, name, signal } = request;
  let { url, headers } = request;
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const answer = await send(url, { method, headers, signal, redirect: 'manual' }, name);
    if (answer.status < 300 || answer.status >= 400) return answer;
    await answer.body?.cancel();
    const location = answer.headers.get('location');
    const next = location === null ? null : URL.parse(location, url.href);
    const isSafe = next?.protocol === 'https:' || next?.protocol === url.protocol;
    if (!next || !isSafe || !/^https?:$/.test(next.protocol)) {
      throw new RegistryFault(`${name} leads to an address that is not followed`);
    }
    if (next.origin !== url.origin) {
      const { authorization: _, ...others } = headers;
      headers = others;
    }
    url = next;
  }
  throw new RegistryFault(`${name} leads from one address to the next without end`);
}

/** The JSON of an answer; undefined where it is none, or too long. @throws RegistryFault when it breaks off */
export async function readJson(answer: Response, name: string): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of answer.body ?? []) {
      size += part.length;
      // To leave the loop cancels what is still to come.
      if (size > maxBodyBytes) return undefined;
      parts.push(part);
    }
  } catch (error) {
    throw new RegistryFault(`${name} ${reasonOf(error)}`);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
}

async function send(url: URL, init: RequestInit, name: string): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new RegistryFault(`${name} ${reasonOf(error)}`);
  }
}

const reasons: Record<string, string> = {
  ENOTFOUND: 'has a name that is not known here',
  EAI_AGAIN: 'has a name that cannot be looked up now',
  ECONNREFUSED: 'refuses the connection',
  ECONNRESET: 'breaks off the connection',
  UND_ERR_SOCKET: 'breaks off the connection',
  UND_ERR_HEADERS_OVERFLOW: 'answers with headers that are too long',
};

/** Why there is no answer. The error's own words name addresses, and are not used. */
function reasonOf(error: unknown): string {
  if ((error as Error).name === 'TimeoutError') return 'does not answer in time';
  const { cause } = error as { cause?: { code?: unknown } };
  const code = String(cause?.code ?? '');
  if (/CERT|SIGNATURE|ALTNAME|ISSUER/.test(code)) {
    return 'has a certificate that is not accepted here (NODE_EXTRA_CA_CERTS adds an authority)';
  }
  return reasons[code] ?? 'cannot be reached';
}
