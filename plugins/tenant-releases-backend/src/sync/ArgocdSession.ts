import { z } from 'zod';
import { HttpClient, type HttpClientOptions, toUpstreamError } from '@internal/gitops';

/** A user of Argo CD and the password; neither is logged. */
export interface ArgocdLogin {
  username: string;
  password: string;
}

/** How a request to Argo CD proves who asks. */
export type ArgocdCredentials = Pick<HttpClientOptions, 'headers' | 'onUnauthorized'>;

const tokenSchema = z.object({ token: z.string().min(1) });

/**
 * Milliseconds until a login that was refused is tried again. Argo CD locks an account for some minutes after five failed
 * logins in five minutes: https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/#failed-logins-rate-limiting
 */
const refusedMs = 120_000;
/** A token that is refused when it is younger was not refused for its age, and requests come together. Milliseconds. */
const freshMs = 10_000;

/**
 * A session of a user with a password: logs in when the first request needs it, once for all that wait, and again when
 * Argo CD takes the token no more. The token is kept in memory.
 */
export class ArgocdSession {
  readonly #http: HttpClient;
  readonly #login: ArgocdLogin;
  #token: Promise<string> | undefined;
  #askedAt = 0;

  constructor(url: string, login: ArgocdLogin) {
    this.#http = new HttpClient({ baseUrl: url });
    this.#login = login;
  }

  /** @throws UpstreamError when Argo CD refuses the login or does not answer */
  async headers(): Promise<Record<string, string>> {
    this.#token ??= this.#ask();
    return { authorization: `Bearer ${await this.#token}` };
  }

  /** To be called when Argo CD has refused the token. */
  renew(): void {
    if (Date.now() - this.#askedAt >= freshMs) this.#token = undefined;
  }

  #ask(): Promise<string> {
    this.#askedAt = Date.now();
    const token = this.#logIn();
    token.catch(error => {
      const isRefused = ['unauthorized', 'forbidden', 'rate-limited'].includes(
        toUpstreamError(error).errorClass,
      );
      const forget = () => {
        if (this.#token === token) this.#token = undefined;
      };
      if (isRefused) setTimeout(forget, refusedMs).unref();
      else forget();
    });
    return token;
  }

  async #logIn(): Promise<string> {
    const { token } = await this.#http.sendJson(
      'POST',
      '/api/v1/session',
      this.#login,
      tokenSchema,
    );
    return token;
  }
}

/** A token as it is, or a session that brings one. */
export function argocdCredentials({
  url,
  token,
  login,
}: {
  url: string;
  token?: string;
  login?: ArgocdLogin;
}): ArgocdCredentials {
  if (!login) return { headers: { authorization: `Bearer ${token}` } };
  const session = new ArgocdSession(url, login);
  return { headers: () => session.headers(), onUnauthorized: () => session.renew() };
}
