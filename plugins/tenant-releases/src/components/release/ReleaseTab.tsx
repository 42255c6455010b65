import { useEntity } from '@backstage/plugin-catalog-react';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { fileErrorOf, servicesOf, tenantOf } from '../../domain/tenantEntity';
import { EmptyNotice } from '../common/EmptyNotice';
import { FilterSelect } from '../common/FilterSelect';
import { useUrlParameter } from '../common/useUrlState';
import { ReleaseView } from './ReleaseView';

/** A tenant's Release tab: one service at a time; which one is in the URL. */
export function ReleaseTab() {
  const { entity } = useEntity();
  const [wanted, setWanted] = useUrlParameter('service');
  const services = servicesOf(entity);
  const service = services.find(name => name === wanted) ?? services[0];
  if (!service) {
    return (
      <EmptyNotice>
        The release of each service of this tenant is shown here. The tenant’s entity names no
        service: its <code>spec.dependsOn</code> should list a component.
      </EmptyNotice>
    );
  }
  return (
    <TenantReleasesProvider>
      {services.length > 1 && (
        <FilterSelect
          label="Service"
          value={service}
          options={services.map(name => ({ value: name, label: name }))}
          onChange={setWanted}
        />
      )}
      <ReleaseView
        key={service}
        release={{ tenant: tenantOf(entity), service }}
        fileError={fileErrorOf(entity)}
      />
    </TenantReleasesProvider>
  );
}
