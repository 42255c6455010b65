import type { Config } from '@backstage/config';
import type { TenantFile } from '@internal/gitops';

/**
 * The image that a new tenant runs: `tenantReleases.onboarding.imageRepository`, else the one that the tenants run.
 *
 * @throws Error when neither says it
 */
export function imageRepositoryOf(tenantFiles: TenantFile[], config: Config): string {
  const key = 'tenantReleases.onboarding.imageRepository';
  const configured = config.getOptionalString(key);
  if (configured) return configured;
  const used = [...new Set(tenantFiles.map(file => file.image.repository))];
  if (used.length === 1) return used[0];
  throw new Error(
    used.length === 0
      ? `No tenant says which image to run; set ${key}, for example to ghcr.io/acme/demo-api`
      : `The tenants run different images (${used.join(
          ', ',
        )}); set ${key} to the one for new tenants`,
  );
}
