import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import {
  defaultRegistryUrl,
  DockerConfigError,
  ImageRegistry,
  parseDockerConfig,
  registryHost,
  registryUrlProblem,
  type DockerAuth,
  type RegistrySettings,
} from '@internal/gitops';
import type { Context } from './context';
import { UsageError } from './usageError';

/** Options that say which registries are asked whether images exist. */
export interface RegistryOptions {
  /** `host` or `host=url`. */
  registry?: string[];
  /** A config.json of Docker; by default that of `$DOCKER_CONFIG`. */
  registryConfig?: string;
  offline?: boolean;
}

/** The registries to ask, or why none is asked. */
export type Registries =
  | { registry: ImageRegistry; notAsked?: undefined }
  | { registry?: undefined; notAsked: string };

/** Adds the options of {@link RegistryOptions}. */
export function withRegistryOptions(command: Command): Command {
  return command
    .option(
      '--registry <host>',
      'ask this registry whether images exist, also as <host>=<url> (repeatable)',
      (host: string, all: string[]) => [...all, host],
      [],
    )
    .option(
      '--registry-config <file>',
      "Docker's config.json, or a pull secret's content: credentials, and registries to ask (default: that of DOCKER_CONFIG)",
    )
    .option('--offline', 'ask no registry');
}

/**
 * Reads which registries are asked, and as whom. The tree names images, and does not decide whom this program speaks to.
 *
 * @throws UsageError
 */
export function readRegistries(context: Context, options: RegistryOptions): Registries {
  const { registry: named = [], offline } = options;
  if (offline) return { notAsked: 'no registry was asked whether images exist (--offline)' };
  const auths = readAuths(context, options);
  const settings = [
    ...named.flatMap(text => settingsOf(text, auths)),
    // Without an address of its own.
    ...auths.map(auth => ({ ...auth, url: defaultRegistryUrl(auth.host) })),
  ];
  return settings.length > 0
    ? { registry: new ImageRegistry(settings) }
    : {
        notAsked:
          'no registry was asked whether images exist: name one with --registry or --registry-config',
      };
}

/** A clause as a line of its own. */
export function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

function settingsOf(text: string, auths: readonly DockerAuth[]): RegistrySettings[] {
  const [, name = '', address] = /^([\w.-]+(?::\d{1,5})?)(?:=(.+))?$/.exec(text) ?? [];
  if (name === '') {
    throw new UsageError('--registry: must be a host such as ghcr.io, or <host>=<url>');
  }
  const host = registryHost(name);
  const url = (address ?? defaultRegistryUrl(host)).replace(/\/+$/, '');
  const own = auths.filter(auth => auth.host === host);
  const problem = registryUrlProblem(
    url,
    own.some(({ credentials }) => credentials !== undefined),
  );
  if (problem !== undefined) throw new UsageError(`--registry ${host}=...: the address ${problem}`);
  const parts = own.some(one => one.path === '') ? own : [...own, { host, path: '' }];
  return parts.map(auth => ({ ...auth, url }));
}

function readAuths({ directory, env }: Context, { registryConfig }: RegistryOptions): DockerAuth[] {
  const folder = env.DOCKER_CONFIG;
  const file = registryConfig ?? (folder ? path.join(folder, 'config.json') : undefined);
  if (file === undefined) return [];
  const option = registryConfig === undefined ? 'DOCKER_CONFIG' : '--registry-config';
  let text: string;
  try {
    text = readFileSync(path.resolve(directory, file), 'utf8');
  } catch (error) {
    // Docker, too, takes a folder without the file for one that says nothing.
    if (registryConfig === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw new UsageError(`${option} ${file}: cannot be read`);
  }
  try {
    return parseDockerConfig(text);
  } catch (error) {
    if (!(error instanceof DockerConfigError)) throw error;
    throw new UsageError(`${option} ${file}: ${error.message}`);
  }
}
