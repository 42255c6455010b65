import type { Config } from '@backstage/config';
import {
  GitopsConfigError,
  parseRepositoryAddress,
  type RepositoryAddress,
} from '@internal/gitops';
import { z } from 'zod';
import { readSetting } from './parseSetting';

const key = 'tenantReleases.services';

const services = z
  .array(
    z.strictObject({
      name: z
        .string()
        .regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a service’s name, such as demo-api'),
      repository: z.string(),
    }),
  )
  .default([]);

/** Where the sources of services are, by the service's name; the problems are lines for the log. */
export interface ServicesConfig {
  repositories: ReadonlyMap<string, RepositoryAddress>;
  problems: string[];
}

/** Reads `tenantReleases.services`: an optional part, of which what is wrong is left out. */
export function readServicesConfig(config: Config): ServicesConfig {
  const setting = readSetting(config, key, services);
  if ('problem' in setting) return { repositories: new Map(), problems: [setting.problem] };
  const repositories = new Map<string, RepositoryAddress>();
  const problems: string[] = [];
  setting.value.forEach(({ name, repository }, index) => {
    const place = `${key}[${index}]`;
    if (repositories.has(name)) {
      problems.push(`${place}.name "${name}" is there twice; remove one of them`);
      return;
    }
    try {
      repositories.set(name, parseRepositoryAddress(`${place}.repository`, repository));
    } catch (error) {
      if (!(error instanceof GitopsConfigError)) throw error;
      problems.push(error.message);
    }
  });
  return { repositories, problems };
}
