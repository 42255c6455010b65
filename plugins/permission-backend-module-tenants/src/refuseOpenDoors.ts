import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/**
 * Refuses settings that let people in without a sign-in, or past the permission policy. Guests are for a portal that is
 * tried out on the machine that it runs on.
 *
 * @throws InputError that names the key and the cure
 */
export function refuseOpenDoors(config: RootConfigService): void {
  if (config.getOptionalBoolean('permission.enabled') !== true) {
    throw new InputError(
      'permission.enabled must be true: without permissions everybody sees every tenant',
    );
  }
  if (config.getOptionalBoolean('backend.auth.dangerouslyDisableDefaultAuthPolicy')) {
    throw new InputError(
      'backend.auth.dangerouslyDisableDefaultAuthPolicy must not be set: it lets in callers who are not signed in',
    );
  }
  if (!config.has('auth.providers.guest')) return;
  const environment = config.getOptionalString('auth.environment');
  const { hostname } = new URL(config.getString('backend.baseUrl'));
  if (environment !== 'development' || !loopback.has(hostname)) {
    throw new InputError(
      'auth.providers.guest must be removed: guests are let in only where auth.environment is "development" and backend.baseUrl is on localhost',
    );
  }
  // Whatever the address says, without this everybody in the network is a guest.
  if (!loopback.has(listeningHost(config.getOptional('backend.listen')))) {
    throw new InputError(
      'backend.listen.host must be 127.0.0.1 where there is auth.providers.guest: guests are let in from this machine only',
    );
  }
}

/** The host of `backend.listen`, which is an object or a text such as `127.0.0.1:7007`; empty for all addresses. */
function listeningHost(listen: unknown): string {
  if (typeof listen === 'string') return listen.slice(0, Math.max(0, listen.lastIndexOf(':')));
  return (listen as { host?: string } | undefined)?.host ?? '';
}
