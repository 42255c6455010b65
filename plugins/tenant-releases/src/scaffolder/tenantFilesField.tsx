import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TenantReleasesCache } from '../api/TenantReleasesProvider';
import { type TenantFilesProps, tenantFilesSchema } from './fieldSchemas';
import { TenantFiles } from './TenantFiles';
import { validateTenantFiles } from './validateTenantFiles';

/** `ui:field: TenantFiles`. */
export const tenantFilesField = createFormField({
  name: 'TenantFiles',
  schema: tenantFilesSchema,
  component: (props: TenantFilesProps) => (
    <TenantReleasesCache>
      <TenantFiles {...props} />
    </TenantReleasesCache>
  ),
  validation: validateTenantFiles,
});
