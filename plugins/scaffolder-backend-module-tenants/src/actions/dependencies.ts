import type { AuthService, PermissionsService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { GitopsConfig } from '@internal/gitops';
import type { TreeReader } from '@internal/plugin-tenant-releases-node';
import type { GitopsForge } from '../repository/GitopsForge';

/** What the actions need of the world. */
export interface ActionDependencies {
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  forge: GitopsForge;
  gitops: GitopsConfig;
  permissions: PermissionsService;
  urlReader: TreeReader;
}
