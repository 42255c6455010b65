import type { FoundRelease, TenantFacts } from '@internal/gitops';
import { unknownRing } from '../../join/joinRelease';
import type { DesiredEntry } from '../DesiredEntries';
import { LocatedVersions } from './LocatedVersions';
import type { NamedRelease } from './chooseNames';

/** Where a release stands, besides its tenant and service: the environment, else the cluster, of which a tenant may have several. */
export function environmentOf({
  environment,
  cluster,
}: Pick<FoundRelease, 'environment' | 'cluster'>): string | undefined {
  if (environment === undefined || cluster === undefined) return environment ?? cluster;
  return `${environment}/${cluster}`;
}

/**
 * A release of a layout as an entry of the index. What the repository does not say of the tenant is not known.
 *
 * @param sha - of the content that holds the version
 * @param isShared - whether other tenants have their version from the same file
 * @param more - facts that hold where the repository says none
 */
export function layoutEntry(
  { release, ...name }: NamedRelease,
  sha: string,
  head: string,
  isShared: boolean,
  more: TenantFacts = {},
): DesiredEntry {
  const { file: path, version, digest, deployed } = release;
  const facts = { ...more, ...release.facts };
  const { tenant, service } = name;
  const { image, isChart, reads, target, layout } = deployed;
  const selector = layout.settings.pods?.labelSelector;
  return {
    ...name,
    path,
    file: {
      tenant: {
        displayName: facts.displayName ?? release.tenant,
        owner: facts.owner ?? '',
        tier: facts.tier ?? 'unknown',
        ring: facts.ring ?? unknownRing,
        ...(facts.contact === undefined ? {} : { contact: facts.contact }),
        ...(facts.hold ? { hold: { version, ...facts.hold } } : {}),
      },
      image: {
        ...(image === undefined || isChart ? {} : { repository: image }),
        tag: version,
        ...(digest === undefined ? {} : { digest }),
      },
    },
    problems: [],
    head: {
      tenant,
      path,
      sha,
      head,
      version,
      reading: LocatedVersions.readingOf(release.locator),
      service,
    },
    deployed: {
      ...(release.application === undefined ? {} : { application: release.application }),
      ...(target ? { target } : {}),
      reads,
      line: release.line,
      isChart,
      ...(selector === undefined ? {} : { selector }),
      ...(layout.settings.applications ? { wanted: layout.settings.applications } : {}),
      names: {
        tenant: release.tenant,
        service: release.service,
        environment: release.environment ?? '',
        cluster: release.cluster ?? '',
      },
      ...(isShared ? { isShared: true as const } : {}),
    },
  };
}
