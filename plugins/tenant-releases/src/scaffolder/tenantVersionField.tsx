import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TenantReleasesCache } from '../api/TenantReleasesProvider';
import { type TenantVersionProps, tenantVersionSchema } from './fieldSchemas';
import { TenantVersion } from './TenantVersion';
import { validateTenantVersion } from './validateTenantVersion';

/** `ui:field: TenantVersion`. */
export const tenantVersionField = createFormField({
  name: 'TenantVersion',
  schema: tenantVersionSchema,
  component: (props: TenantVersionProps) => (
    <TenantReleasesCache>
      <TenantVersion {...props} />
    </TenantReleasesCache>
  ),
  validation: validateTenantVersion,
});
