import type { Config } from '@backstage/config';
import { readGitopsList, type GitopsConfig, type GitopsEntry, type Layout } from '@internal/gitops';
import { readReaderConfig, type ReaderConfig } from '@internal/plugin-tenant-releases-node';
import {
  anyExpectations,
  defaultExpectations,
  type ApplicationExpectations,
} from '../releases/applicationExpectations';
import { readApplicationExpectations } from './joinConfig';
import { readLayoutsConfig, withoutTenantFiles } from './layoutsConfig';

/** A GitOps repository that releases are read from. */
export interface GitopsSource {
  /** Of the source: `git`, in a list `git:1` for `tenantReleases.gitops[1]`. */
  id: string;
  /** For people: `Git`, in a list the repository's name. */
  name: string;
  gitops: GitopsConfig;
  /** Where releases are in a repository of another layout than our own; undefined in our own. */
  layouts?: Layout[];
  reader: ReaderConfig;
  /** What an Application has to say of itself, so that it counts for a tenant. */
  applications: ApplicationExpectations;
}

/**
 * Reads `tenantReleases.gitops`. A list of one is as good as the one without a list.
 *
 * @throws GitopsConfigError for the first setting that is missing or wrong
 */
export function readGitopsSources(config: Config): GitopsSource[] {
  const entries = readGitopsList(config);
  return entries.map((entry, index) => {
    const layouts = readLayoutsConfig(entry);
    const isAlone = entries.length === 1;
    return {
      id: isAlone ? 'git' : `git:${index}`,
      name: isAlone ? 'Git' : nameOf(entry, entries),
      gitops: layouts ? withoutTenantFiles(entry.gitops) : entry.gitops,
      ...(layouts ? { layouts } : {}),
      reader: readReaderConfig(config, entry),
      applications: readApplicationExpectations(
        config,
        layouts ? anyExpectations : defaultExpectations,
      ),
    };
  });
}

/** `acme/platform`; where others are called so, with what tells it from them. */
function nameOf({ gitops }: GitopsEntry, entries: readonly GitopsEntry[]): string {
  const { owner, name, host } = gitops.repository;
  const short = `${owner}/${name}`;
  const alike = entries
    .map(entry => entry.gitops)
    .filter(
      other => other !== gitops && `${other.repository.owner}/${other.repository.name}` === short,
    );
  const isElsewhere = alike.some(({ repository }) => repository.host !== host);
  const isBranch = alike.some(({ repository }) => repository.host === host);
  return `${isElsewhere ? `${host}/` : ''}${short}${isBranch ? ` (${gitops.branch})` : ''}`;
}
