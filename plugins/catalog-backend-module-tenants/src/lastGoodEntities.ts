import type { AuthService } from '@backstage/backend-plugin-api';
import type { ResourceEntity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ANNOTATION_FILE_ERROR, ANNOTATION_TENANT } from './tenantEntity';

/** Finds the tenants' entities as they were before this process started. */
export type LoadLastGood = () => Promise<Map<string, ResourceEntity>>;

/** Asks the catalog itself, which keeps entities over restarts. */
export function loadLastGoodFrom(catalog: CatalogService, auth: AuthService): LoadLastGood {
  return async () => {
    const { items } = await catalog.getEntities(
      {
        filter: {
          kind: 'Resource',
          'spec.type': 'tenant',
          [`metadata.annotations.${ANNOTATION_TENANT}`]: [],
        },
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return new Map(
      items.flatMap(item => (wasGood(item) ? [[item.metadata.name, asEmitted(item)]] : [])),
    );
  };
}

/** An entity that was made of a readable file has a tier; one that stands for an unreadable file has none. */
function wasGood(entity: {
  metadata: { labels?: Record<string, string> };
}): entity is ResourceEntity {
  return entity.metadata.labels?.['tenant-releases.io/tier'] !== undefined;
}

/** Without what the catalog added to it. */
function asEmitted(entity: ResourceEntity): ResourceEntity {
  const { uid, etag, ...metadata } = entity.metadata;
  const { [ANNOTATION_FILE_ERROR]: fileError, ...annotations } = metadata.annotations ?? {};
  return {
    apiVersion: entity.apiVersion,
    kind: entity.kind,
    metadata: { ...metadata, annotations },
    spec: entity.spec,
  };
}
