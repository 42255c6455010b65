import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogProcessor } from '@backstage/plugin-catalog-node';
import type { RepositoryAddress } from '@internal/gitops';

/** Annotations that Backstage needs of every entity. */
const needed: ReadonlySet<string> = new Set([ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION]);

/**
 * Leaves out of every entity the annotations and links that lead to a GitOps repository: it shows the files of every
 * tenant, and the pull requests about them. Where Backstage keeps the entity's file, it keeps the path alone.
 */
export function leaveOutRepository(
  ...gitops: Array<{ repository: RepositoryAddress }>
): CatalogProcessor {
  const repositories = gitops.map(({ repository: { url, owner, name } }) => ({
    root: url.toLowerCase(),
    slug: `${owner}/${name}`.toLowerCase(),
  }));
  /** The repository that a value leads to. */
  const target = (value: unknown) => {
    const address = String(value).replace(/^url:/, '').toLowerCase();
    return repositories.find(
      ({ root, slug }) => address === slug || `${address}/`.startsWith(`${root}/`),
    );
  };
  const pathOf = (value: string, { root }: { root: string }) =>
    value.replace(/^url:/, '').slice(root.length + 1) || '/';
  return {
    getProcessorName: () => 'TenantLeaveOutRepository',
    // After the processor that adds annotations from where the file is.
    getPriority: () => 1000,
    async postProcessEntity(entity): Promise<Entity> {
      const { annotations, links } = entity.metadata;
      const kept = Object.entries(annotations ?? {}).flatMap(([key, value]) => {
        const found = target(value);
        if (!found) return [[key, value]];
        return needed.has(key) ? [[key, `gitops:${pathOf(value, found)}`]] : [];
      });
      const metadata = { ...entity.metadata };
      if (annotations) metadata.annotations = Object.fromEntries(kept);
      if (links) metadata.links = links.filter(link => !target(link.url));
      return { ...entity, metadata };
    },
  };
}
