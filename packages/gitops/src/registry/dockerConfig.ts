import { z } from 'zod';
import { registryHost } from './registryImage';

/** Who a registry is asked as. */
export interface RegistryCredentials {
  username: string;
  password: string;
}

/** A registry, or a part of one, that a docker configuration names. */
export interface DockerAuth {
  /** Host and port, as in {@link RegistryImage}. */
  host: string;
  /** The repositories that it is for: all below this path; all of the registry where it is empty. */
  path: string;
  /** Absent where there are none: the registry is asked as nobody. */
  credentials?: RegistryCredentials;
  /** Why its credentials cannot be used, for people. */
  notSupported?: string;
}

/** A docker configuration that cannot be read. The message holds nothing of its content. */
export class DockerConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DockerConfigError';
  }
}

const authSchema = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
  registrytoken: z.string().optional(),
});
const configSchema = z.object({
  auths: z.record(z.string(), authSchema).optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  credsStore: z.string().optional(),
});

/**
 * Reads Docker's `config.json`, which is also what an image pull secret holds in `.dockerconfigjson`. Credential helpers are
 * programs of a person's machine, and are not run.
 *
 * @see https://github.com/docker/cli/blob/master/cli/config/configfile/file.go
 * @see https://kubernetes.io/docs/concepts/containers/images/#config-json
 * @throws DockerConfigError
 */
export function parseDockerConfig(text: string): DockerAuth[] {
  const parsed = configSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    // The key alone: values are secrets.
    const [{ path }] = parsed.error.issues;
    throw new DockerConfigError(`${path.map(String).join('.') || 'it'} is not as Docker writes it`);
  }
  const { auths = {}, credHelpers = {}, credsStore } = parsed.data;
  const found = Object.entries(auths).map(([key, auth]) => {
    const isEmpty = Object.keys(auth).length === 0;
    return isEmpty && credsStore
      ? { ...placeOf(key), notSupported: `credsStore ${credsStore} is not supported` }
      : { ...placeOf(key), ...credentialsOf(key, auth) };
  });
  const helpers = Object.entries(credHelpers).map(([key, name]) => ({
    ...placeOf(key),
    notSupported: `credHelpers ${name} is not supported`,
  }));
  return [...helpers, ...found];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DockerConfigError('is no JSON: name a config.json of Docker');
  }
}

/** `https://index.docker.io/v1/`, `ghcr.io`, or `registry.example.com/team`. */
function placeOf(key: string): Pick<DockerAuth, 'host' | 'path'> {
  const [host, ...path] = key.replace(/^https?:\/\//, '').split('/');
  const parts = path.filter(Boolean);
  const isVersion = parts.length === 1 && /^v[12]$/.test(parts[0]);
  return { host: registryHost(host), path: isVersion ? '' : parts.join('/') };
}

function credentialsOf(
  key: string,
  { auth, username, password, identitytoken, registrytoken }: z.infer<typeof authSchema>,
): Pick<DockerAuth, 'credentials' | 'notSupported'> {
  if (identitytoken) return { notSupported: 'identitytoken is not supported' };
  if (registrytoken) return { notSupported: 'registrytoken is not supported' };
  if (username && password) return { credentials: { username, password } };
  if (!auth) return {};
  const decoded = Buffer.from(auth, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon <= 0) {
    throw new DockerConfigError(`auths.${key}.auth is no "user:password" in base64`);
  }
  return {
    credentials: {
      username: decoded.slice(0, colon),
      password: decoded.slice(colon + 1).replace(/\0+$/, ''),
    },
  };
}
