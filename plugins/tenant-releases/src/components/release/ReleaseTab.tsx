import { useEntity } from '@backstage/plugin-catalog-react';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { useRelease } from '../../api/useReleases';
import { fileErrorOf, servicesOf, tenantOf } from '../../domain/tenantEntity';
import { FilterSelect } from '../common/FilterSelect';
import { useUrlParameter } from '../common/useUrlState';
import { ReleaseView } from './ReleaseView';
import { EnvironmentSelect } from './EnvironmentSelect';
import { UnnamedServices } from './UnnamedServices';

function ServiceReleases(props: { tenant: string; services: string[]; fileError?: string }) {
  const { tenant, services, fileError } = props;
  const [wanted, setWanted] = useUrlParameter('service');
  const service = services.find(name => name === wanted) ?? services[0];
  const [environment, setEnvironment] = useUrlParameter('environment');
  const release = { tenant, service, ...(environment ? { environment } : {}) };
  const { data } = useRelease(release);
  const shown = environment || data?.environment;
  return (
    <>
      {services.length > 1 && (
        <FilterSelect
          label="Service"
          value={service}
          options={services.map(name => ({ value: name, label: name }))}
          onChange={setWanted}
        />
      )}
      {shown && <EnvironmentSelect release={release} value={shown} onChange={setEnvironment} />}
      <ReleaseView
        // What is kept on the page while something else loads must never be another tenant's.
        key={`${tenant}/${service}/${environment}`}
        release={release}
        fileError={fileError}
      />
    </>
  );
}

/** A tenant's Release tab: one service in one environment at a time; which one is in the URL. */
export function ReleaseTab() {
  const { entity } = useEntity();
  const tenant = tenantOf(entity);
  const services = servicesOf(entity);
  const fileError = fileErrorOf(entity);
  return (
    <TenantReleasesProvider>
      {services.length > 0 ? (
        <ServiceReleases tenant={tenant} services={services} fileError={fileError} />
      ) : (
        <UnnamedServices tenant={tenant} fileError={fileError}>
          {found => <ServiceReleases tenant={tenant} services={found} fileError={fileError} />}
        </UnnamedServices>
      )}
    </TenantReleasesProvider>
  );
}
