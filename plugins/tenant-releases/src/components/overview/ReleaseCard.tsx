import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
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
    <InfoCard
      title="Release"
      deepLink={{ title: 'Open the Release tab', link: releasePath(entity.metadata.name) }}
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
    </InfoCard>
  );
}
