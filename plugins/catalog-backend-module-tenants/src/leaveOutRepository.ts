import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogProcessor } from '@backstage/plugin-catalog-node';
import type { GitopsConfig } from '@internal/gitops';

/** Annotations that Backstage needs of every entity. */
const needed: ReadonlySet<string> = new Set([ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION]);

/**
 * Leaves out of every entity the annotations and links that lead to the GitOps repository: it shows the files of every
 * tenant, and the pull requests about them. Where Backstage keeps the entity's file, it keeps the path alone.
 */
export function leaveOutRepository({ repository }: GitopsConfig): CatalogProcessor {
  const { url, owner, name } = repository;
  const root = url.toLowerCase();
  const slug = `${owner}/${name}`.toLowerCase();
  const leadsThere = (value: unknown) => {
    const address = String(value).replace(/^url:/, '').toLowerCase();
    return address === slug || `${address}/`.startsWith(`${root}/`);
  };
  const pathOf = (value: string) => value.replace(/^url:/, '').slice(root.length + 1) || '/';
  return {
    getProcessorName: () => 'TenantLeaveOutRepository',
    // After the processor that adds annotations from where the file is.
    getPriority: () => 1000,
    async postProcessEntity(entity): Promise<Entity> {
      const { annotations, links } = entity.metadata;
      const kept = Object.entries(annotations ?? {}).flatMap(([key, value]) => {
        if (!leadsThere(value)) return [[key, value]];
        return needed.has(key) ? [[key, `gitops:${pathOf(value)}`]] : [];
      });
      const metadata = { ...entity.metadata };
      if (annotations) metadata.annotations = Object.fromEntries(kept);
      if (links) metadata.links = links.filter(link => !leadsThere(link.url));
      return { ...entity, metadata };
    },
  };
}
