import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TenantReleasesCache } from '../api/TenantReleasesProvider';
import { type TenantNameProps, tenantNameSchema } from './fieldSchemas';
import { TenantName } from './TenantName';
import { validateTenantName } from './validateTenantName';

/** `ui:field: TenantName`. */
export const tenantNameField = createFormField({
  name: 'TenantName',
  schema: tenantNameSchema,
  component: (props: TenantNameProps) => (
    <TenantReleasesCache>
      <TenantName {...props} />
    </TenantReleasesCache>
  ),
  validation: validateTenantName,
});
