import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TenantReleasesCache } from '../api/TenantReleasesProvider';
import { type TenantClusterProps, tenantClusterSchema } from './fieldSchemas';
import { TenantCluster } from './TenantCluster';

/** `ui:field: TenantCluster`. */
export const tenantClusterField = createFormField({
  name: 'TenantCluster',
  schema: tenantClusterSchema,
  component: (props: TenantClusterProps) => (
    <TenantReleasesCache>
      <TenantCluster {...props} />
    </TenantReleasesCache>
  ),
});
