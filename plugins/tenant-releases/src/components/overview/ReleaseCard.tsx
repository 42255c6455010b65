import { Link } from '@backstage/core-components';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { releasePath } from '../../domain/links';
import { fileErrorOf, servicesOf, tenantOf } from '../../domain/tenantEntity';
import { UnnamedServices } from '../release/UnnamedServices';
import { ReleaseCardContent } from './ReleaseCardContent';

/** The release of each service of a tenant, on the tenant's overview. */
export function ReleaseCard() {
  const { entity } = useEntity();
  const tenant = tenantOf(entity);
  const fileError = fileErrorOf(entity);
  const named = servicesOf(entity);
  const draw = (services: string[]) =>
    services.map(service => (
      <ReleaseCardContent
        key={service}
        release={{ tenant, service }}
        fileError={fileError}
        showService={services.length > 1}
      />
    ));
  return (
    <EntityInfoCard
      title="Release"
      footerActions={<Link to={releasePath(entity.metadata.name)}>Open the Release tab</Link>}
    >
      <TenantReleasesProvider>
        {named.length > 0 ? (
          draw(named)
        ) : (
          <UnnamedServices tenant={tenant} fileError={fileError}>
            {draw}
          </UnnamedServices>
        )}
      </TenantReleasesProvider>
    </EntityInfoCard>
  );
}
