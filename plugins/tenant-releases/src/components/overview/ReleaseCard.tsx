import { InfoCard, Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { releasePath } from '../../domain/links';
import { fileErrorOf, servicesOf, tenantOf } from '../../domain/tenantEntity';
import { EmptyNotice } from '../common/EmptyNotice';
import { ReleaseCardContent } from './ReleaseCardContent';

/** The release of each service of a tenant, on the tenant's overview. */
export function ReleaseCard() {
  const { entity } = useEntity();
  const tenant = tenantOf(entity);
  const services = servicesOf(entity);
  return (
    <InfoCard
      title="Release"
      action={<Link to={releasePath(entity.metadata.name)}>Open the Release tab</Link>}
    >
      <TenantReleasesProvider>
        {services.map(service => (
          <ReleaseCardContent
            key={service}
            release={{ tenant, service }}
            fileError={fileErrorOf(entity)}
            showService={services.length > 1}
          />
        ))}
        {services.length === 0 && <EmptyNotice>This tenant’s entity names no service.</EmptyNotice>}
      </TenantReleasesProvider>
    </InfoCard>
  );
}
