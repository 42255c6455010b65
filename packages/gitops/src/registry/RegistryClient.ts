import { z } from 'zod';
import { digestPattern } from '../tenantFile/tenantImage';
import { askRegistry, readJson } from './askRegistry';
import { RegistryFault, type ImageAnswer } from './imageAnswer';
import type { RegistryImage } from './registryImage';
import { RegistryLogin } from './RegistryLogin';
import type { RegistrySettings } from './registrySettings';

/** Everything that a tag may stand for: an image, one of several platforms, or a chart. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const errorsSchema = z.object({ errors: z.array(z.object({ code: z.string() })).min(1) });

/** Harbor says NOT_FOUND, all others what the specification has. */
const absentCodes = ['MANIFEST_UNKNOWN', 'NAME_UNKNOWN', 'NOT_FOUND'];

/**
 * Asks one registry for manifests. A 404 counts only in the words of a registry: a wrong address or a proxy says it too.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull
 */
export class RegistryClient {
  private readonly login: RegistryLogin;

  /** @param now - milliseconds, as `Date.now` */
  constructor(private readonly settings: RegistrySettings, now: () => number) {
    this.login = new RegistryLogin(settings, now);
  }

  /** Whether the registry has an image. @throws RegistryFault when it does not say */
  async lookUp(image: RegistryImage, signal: AbortSignal): Promise<ImageAnswer> {
    const { host: name } = this.settings;
    let answer = await this.ask('HEAD', image, signal);
    // An answer to HEAD has no words; and a few registries do not know HEAD.
    if ([400, 404, 405, 501].includes(answer.status)) {
      answer = await this.ask('GET', image, signal);
    }
    if (answer.status === 404) {
      const errors = errorsSchema.safeParse(await readJson(answer, name));
      if (errors.data?.errors.some(({ code }) => absentCodes.includes(code))) {
        return { kind: 'absent' };
      }
      throw new RegistryFault(`${name} answers 404, but not as a registry does`);
    }
    await answer.body?.cancel();
    if (answer.status !== 200) throw new RegistryFault(`${name} ${this.describe(answer.status)}`);
    return this.found(image, answer.headers);
  }

  private found({ reference }: RegistryImage, headers: Headers): ImageAnswer {
    const { host: name } = this.settings;
    if (!/^application\/vnd\.(oci|docker)\./.test(headers.get('content-type') ?? '')) {
      throw new RegistryFault(`${name} answers with something that is no manifest`);
    }
    const digest = headers.get('docker-content-digest') ?? undefined;
    if (digest !== undefined && digestPattern.test(reference) && digest !== reference) {
      throw new RegistryFault(`${name} answers with the digest of another image`);
    }
    return {
      kind: 'exists',
      ...(digest !== undefined && digestPattern.test(digest) ? { digest } : {}),
    };
  }

  private async ask(method: 'GET' | 'HEAD', image: RegistryImage, signal: AbortSignal) {
    const { host: name, url: base } = this.settings;
    const url = new URL(`${base}/v2/${image.repository}/manifests/${image.reference}`);
    const send = (authorization: string | undefined) =>
      askRegistry({
        method,
        url,
        name,
        signal,
        headers: { accept: manifestTypes, ...(authorization ? { authorization } : {}) },
      });
    const known = this.login.known(image.repository);
    const first = await send(known);
    if (first.status !== 401) return first;
    await first.body?.cancel();
    const header = first.headers.get('www-authenticate') ?? '';
    const authorization = await this.login.answer(header, image.repository, signal);
    // Once: what is refused with new credentials is refused.
    return authorization === undefined || authorization === known ? first : send(authorization);
  }

  private describe(status: number): string {
    const { credentials, notSupported } = this.settings;
    if (status === 401 || status === 403) {
      if (notSupported) return `wants credentials: ${notSupported}, name user and password`;
      return credentials
        ? `refuses the credentials (${status})`
        : `wants credentials, and none are configured (${status})`;
    }
    return status === 429 ? 'limits requests now (429)' : `answers ${status}`;
  }
}
