import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TenantReleasesCache } from '../api/TenantReleasesProvider';
import { tenantReleasesApiRef } from '../api/TenantReleasesApi';
import { checkTenantName } from './checkTenantName';
import { TenantName } from './TenantName';
import { type TenantNameProps, defaultService, tenantNameSchema } from './fieldSchemas';

/**
 * `ui:field: TenantName`. The name is looked at again when the step is left, and once more by the action on
 * the server, which alone decides.
 */
export const tenantNameField = createFormField({
  name: 'TenantName',
  schema: tenantNameSchema,
  component: (props: TenantNameProps) => (
    <TenantReleasesCache>
      <TenantName {...props} />
    </TenantReleasesCache>
  ),
  validation: async (name, field, { apiHolder, uiSchema }) => {
    const api = apiHolder.get(tenantReleasesApiRef);
    const catalog = apiHolder.get(catalogApiRef);
    if (!api || !catalog) return;
    const service = uiSchema?.['ui:options']?.service ?? defaultService;
    const result = await checkTenantName({ tenant: name, service }, api, catalog);
    // What could not be checked is left to the server: an outage of a source is no fault of the name.
    if (result.kind === 'refused') field.addError(result.reason);
  },
});
