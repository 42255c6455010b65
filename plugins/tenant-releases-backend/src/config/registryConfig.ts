import type { Config } from '@backstage/config';
import {
  defaultRegistryUrl,
  DockerConfigError,
  parseDockerConfig,
  registryHost,
  registryUrlProblem,
  type DockerAuth,
  type RegistrySettings,
} from '@internal/gitops';
import { z } from 'zod';
import { readSetting } from './parseSetting';

const key = 'tenantReleases.registry';

const registrySchema = z.strictObject({
  host: z.string().regex(/^[\w.-]+(:\d{1,5})?$/, 'must be a host, such as ghcr.io'),
  url: z.string().optional(),
  username: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  dockerConfig: z.string().min(1).optional(),
});

/** The registries that may be asked whether images exist; the problems are lines for the log. */
export interface RegistryConfig {
  registries: RegistrySettings[];
  problems: string[];
}

/** Reads `tenantReleases.registry`: an optional part, of which what is wrong is left out. */
export function readRegistryConfig(config: Config): RegistryConfig {
  const setting = readSetting(config, key, z.array(registrySchema).default([]));
  if ('problem' in setting) return { registries: [], problems: [setting.problem] };
  const registries: RegistrySettings[] = [];
  const problems: string[] = [];
  setting.value.forEach((one, index) => {
    const place = `${key}[${index}]`;
    const host = registryHost(one.host);
    if (registries.some(other => other.host === host)) {
      problems.push(`${place}.host ${host} is there twice; remove one of them`);
      return;
    }
    const auths = authsOf(one, host);
    const url = (one.url ?? defaultRegistryUrl(host)).replace(/\/+$/, '');
    if ('problem' in auths) {
      problems.push(`${place}.${auths.problem}`);
      return;
    }
    const hasCredentials = auths.value.some(({ credentials }) => credentials !== undefined);
    const wrongUrl = registryUrlProblem(url, hasCredentials);
    if (wrongUrl !== undefined) problems.push(`${place}.url ${wrongUrl}`);
    else registries.push(...auths.value.map(auth => ({ ...auth, url })));
  });
  return { registries, problems };
}

/** As whom a registry is asked: for all of it, or by the paths of Docker's configuration. */
function authsOf(
  { username, password, dockerConfig }: z.infer<typeof registrySchema>,
  host: string,
): { value: DockerAuth[] } | { problem: string } {
  const all = { host, path: '' };
  if ((username === undefined) !== (password === undefined)) {
    return { problem: 'username and password belong together; set both or neither' };
  }
  if (dockerConfig === undefined) {
    return {
      value: [username && password ? { ...all, credentials: { username, password } } : all],
    };
  }
  if (username !== undefined) {
    return { problem: 'dockerConfig stands beside username and password; keep one of them' };
  }
  try {
    const own = parseDockerConfig(dockerConfig).filter(auth => auth.host === host);
    if (own.length === 0) {
      return { problem: `dockerConfig has no auths for ${host}; add it, or remove dockerConfig` };
    }
    return { value: own.some(({ path }) => path === '') ? own : [...own, all] };
  } catch (error) {
    if (!(error instanceof DockerConfigError)) throw error;
    return { problem: `dockerConfig ${error.message}` };
  }
}
