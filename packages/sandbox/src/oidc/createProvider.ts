import Provider, { type Client, type Context } from 'oidc-provider';
import { SandboxSettings, serverUrl } from '../settings';
import { OidcKeys } from './keys';
import { personByLogin } from './people';
import { problemPage, signInHeaders } from './signInPages';
import { OidcStore } from './store';

/** What the portal calls itself; app-config.sandbox.yaml has the same. */
export const clientId = 'tenant-portal';

const day = 24 * 60 * 60;
const scopes = 'openid profile email';

/**
 * An OpenID provider for the portal alone: authorization code with PKCE, refresh tokens, no consent to ask for.
 * @param issuer - its URL
 */
export function createProvider(
  issuer: string,
  settings: SandboxSettings,
  { keys, store }: { keys: OidcKeys; store: OidcStore },
): Provider {
  const portal = serverUrl(settings, 'portal');
  return new Provider(issuer, {
    adapter: model => store.adapter(model),
    clients: [
      {
        client_id: clientId,
        client_secret: settings.tokens.oidcClient,
        redirect_uris: [`${portal}/api/auth/oidc/handler/frame`],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    jwks: { keys: [keys.signing] },
    cookies: {
      keys: [keys.cookies],
      // Cookies do not tell ports apart: another sandbox on this machine must not find its own ones overwritten.
      names: Object.fromEntries(
        ['session', 'interaction', 'resume'].map(name => [
          name,
          `oidc_${settings.ports.oidc}_${name}`,
        ]),
      ),
    },
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    responseTypes: ['code'],
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_: Context, client: Client, token: { clientId?: string }) =>
          token.clientId === client.clientId,
      },
    },
    ttl: {
      AccessToken: 60 * 60,
      AuthorizationCode: 60,
      IdToken: 60 * 60,
      Interaction: 60 * 60,
      Session: day,
      Grant: 14 * day,
      RefreshToken: 14 * day,
    },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    async findAccount(_, login) {
      const person = personByLogin(login);
      if (!person) return undefined;
      const { name, email } = person;
      return {
        accountId: login,
        claims: async () => ({
          sub: login,
          name,
          preferred_username: login,
          email,
          email_verified: true,
        }),
      };
    },
    async loadExistingGrant({ oidc: { client, session, provider } }) {
      const { accountId } = session;
      const known = session.grantIdFor(client.clientId);
      const existing = known && (await provider.Grant.find(known));
      if (existing) return existing;
      const grant = new provider.Grant({ accountId, clientId: client.clientId });
      grant.addOIDCScope(scopes);
      await grant.save();
      return grant;
    },
    issueRefreshToken: async () => true,
    expiresWithSession: async () => false,
    // Several tabs refresh at the same time.
    rotateRefreshToken: false,
    async renderError(context, out) {
      context.set(signInHeaders);
      context.body = problemPage(out.error_description ?? out.error, portal);
    },
  });
}
