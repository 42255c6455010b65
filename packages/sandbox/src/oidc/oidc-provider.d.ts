/** The part of https://github.com/panva/node-oidc-provider 9 that is used here; it brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  /** What an adapter stores: JSON, with the fields by which it is found again. */
  export interface StoredPayload {
    uid?: string;
    userCode?: string;
    grantId?: string;
    consumed?: number;
    [name: string]: unknown;
  }

  export interface Adapter {
    upsert(id: string, payload: StoredPayload, expiresIn?: number): Promise<void>;
    find(id: string): Promise<StoredPayload | undefined>;
    findByUid(uid: string): Promise<StoredPayload | undefined>;
    findByUserCode(userCode: string): Promise<StoredPayload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export interface Client {
    clientId: string;
  }

  export interface Context {
    type: string;
    body: string;
    status: number;
    set(headers: Record<string, string>): void;
    oidc: {
      provider: Provider;
      client: Client;
      session: { accountId: string; grantIdFor(clientId: string): string | undefined };
    };
  }

  export interface Configuration {
    adapter: (model: string) => Adapter;
    clients: object[];
    jwks: { keys: object[] };
    cookies: { keys: string[]; names: Record<string, string> };
    claims: Record<string, string[]>;
    responseTypes: string[];
    features: Record<string, object>;
    ttl: Record<string, number>;
    routes?: Record<string, string>;
    pkce: { required: () => boolean };
    interactions: { url: (context: Context, interaction: { uid: string }) => string };
    findAccount(
      context: Context,
      id: string,
    ): Promise<{ accountId: string; claims(): Promise<object> } | undefined>;
    loadExistingGrant(context: Context): Promise<Grant | undefined>;
    issueRefreshToken(): Promise<boolean>;
    expiresWithSession(): Promise<boolean>;
    rotateRefreshToken: boolean;
    renderError(context: Context, out: Record<string, string>, error: Error): Promise<void>;
  }

  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    Grant: {
      new (properties: { accountId: string; clientId: string }): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    interactionDetails(
      request: IncomingMessage,
      response: ServerResponse,
    ): Promise<{ uid: string; prompt: { name: string }; params: { client_id: string } }>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
    ): Promise<void>;
    on(event: 'server_error', listener: (context: Context, error: Error) => void): void;
  }
}
