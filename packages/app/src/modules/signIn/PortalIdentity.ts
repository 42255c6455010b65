import type { IdentityApi } from '@backstage/frontend-plugin-api';
import {
  endSession,
  fetchSession,
  NoSessionError,
  type AuthBackend,
  type Provider,
  type Session,
} from './session';

/** A token is renewed this long before it expires, in seconds. */
const marginSeconds = 5 * 60;

/** What {@link PortalIdentity} needs. */
export interface PortalIdentityOptions {
  auth: AuthBackend;
  provider: Provider;
  session: Session;
  /** Is called when the session has ended elsewhere. */
  onLost: () => void;
  /** Is called when the person signs out. */
  onSignOut: () => void;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Who is signed in, with a token that is renewed in time. */
export class PortalIdentity implements IdentityApi {
  readonly #options: PortalIdentityOptions;
  readonly #now: () => number;
  #session: Session;
  #renewAt: number;
  #renewal: Promise<Session> | undefined;

  constructor(options: PortalIdentityOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#session = options.session;
    this.#renewAt = this.#renewalOf(options.session);
  }

  async getProfileInfo() {
    return this.#session.profile;
  }

  async getBackstageIdentity() {
    return this.#session.backstageIdentity.identity;
  }

  async getCredentials() {
    const { backstageIdentity } = await this.#current();
    return { token: backstageIdentity.token };
  }

  async signOut() {
    this.#options.onSignOut();
    await endSession(this.#options.auth, this.#options.provider);
  }

  async #current(): Promise<Session> {
    if (this.#now() < this.#renewAt) return this.#session;
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew(): Promise<Session> {
    const { auth, provider, onLost } = this.#options;
    try {
      this.#session = await fetchSession(auth, provider);
      this.#renewAt = this.#renewalOf(this.#session);
    } catch (error) {
      if (error instanceof NoSessionError) onLost();
      throw error;
    }
    return this.#session;
  }

  #renewalOf({ backstageIdentity: { expiresInSeconds = 0 } }: Session): number {
    return this.#now() + Math.max(expiresInSeconds - marginSeconds, 30) * 1000;
  }
}
