import { z } from 'zod';
import { askRegistry, readJson } from './askRegistry';
import { parseChallenges } from './challenge';
import { RegistryFault } from './imageAnswer';
import type { RegistrySettings } from './registrySettings';

const tokenSchema = z
  .object({
    token: z.string().optional(),
    access_token: z.string().optional(),
    expires_in: z.number().positive().optional().catch(undefined),
  })
  .transform(({ token, access_token, expires_in }) => ({
    token: token ?? access_token,
    // https://distribution.github.io/distribution/spec/auth/token/#token-response-fields
    seconds: expires_in ?? 60,
  }));

/** What a header can hold; anything else would be an error of the program's own. */
const tokenPattern = /^[\x21-\x7e]{1,16384}$/;

/** More repositories than a portal has. Those that were asked for first are forgotten. */
const maxTokens = 500;

/**
 * Signs in to one registry, as its challenges say: with user and password, or with a token of the service that it names.
 * https://distribution.github.io/distribution/spec/auth/token/
 */
export class RegistryLogin {
  private readonly tokens = new Map<string, { authorization: string; until: number }>();

  constructor(private readonly settings: RegistrySettings, private readonly now: () => number) {}

  /** What the registry was asked with before, as long as that counts. */
  known(repository: string): string | undefined {
    const found = this.tokens.get(repository);
    return found && found.until > this.now() ? found.authorization : undefined;
  }

  /**
   * The `Authorization` that a challenge asks for; undefined where there is none to give.
   *
   * @throws RegistryFault
   */
  async answer(
    header: string,
    repository: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const challenges = parseChallenges(header);
    const realm = challenges.find(({ scheme }) => scheme === 'bearer')?.parameters;
    if (realm) return this.bearer(realm, repository, signal);
    const isBasic = challenges.some(({ scheme }) => scheme === 'basic');
    const basic = this.basic();
    if (isBasic && basic) this.keep(repository, basic, Infinity);
    return isBasic ? basic : undefined;
  }

  private async bearer(
    parameters: ReadonlyMap<string, string>,
    repository: string,
    signal: AbortSignal,
  ): Promise<string> {
    const name = `the token service of ${this.settings.host}`;
    const url = this.realmOf(parameters.get('realm') ?? '');
    const service = parameters.get('service');
    if (service !== undefined) url.searchParams.set('service', service);
    // The least that is needed, whatever the challenge names.
    url.searchParams.set('scope', `repository:${repository}:pull`);
    const basic = this.basic();
    const headers: Record<string, string> = basic ? { authorization: basic } : {};
    const answer = await askRegistry({ method: 'GET', url, headers, name, signal });
    const body = await readJson(answer, name);
    if (answer.status !== 200) {
      const why = basic ? 'refuses the credentials' : 'gives none without credentials';
      const isRefused = [400, 401, 403].includes(answer.status);
      const { notSupported } = this.settings;
      throw new RegistryFault(
        isRefused
          ? `${name} ${notSupported && !basic ? `wants credentials: ${notSupported}` : why} (${
              answer.status
            })`
          : `${name} answers ${answer.status}`,
      );
    }
    const { token, seconds } = tokenSchema.safeParse(body).data ?? {};
    if (token === undefined || seconds === undefined || !tokenPattern.test(token)) {
      throw new RegistryFault(`${name} answers with something that is no token`);
    }
    const authorization = `Bearer ${token}`;
    this.keep(repository, authorization, this.now() + seconds * 1000 * 0.8);
    return authorization;
  }

  /** The service may be at another host, as Docker Hub's is, and as safe as the registry at least. */
  private realmOf(realm: string): URL {
    const { host, url } = this.settings;
    const found = URL.parse(realm);
    const isSafe = found?.protocol === 'https:' || (found && new URL(url).protocol === 'http:');
    if (!found || !isSafe || !/^https?:$/.test(found.protocol) || found.username) {
      throw new RegistryFault(`${host} names a token service that is not asked`);
    }
    return found;
  }

  private basic(): string | undefined {
    const { credentials } = this.settings;
    if (!credentials) return undefined;
    const { username, password } = credentials;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  private keep(repository: string, authorization: string, until: number): void {
    this.tokens.delete(repository);
    this.tokens.set(repository, { authorization, until });
    const [oldest] = this.tokens.keys();
    if (this.tokens.size > maxTokens) this.tokens.delete(oldest);
  }
}
