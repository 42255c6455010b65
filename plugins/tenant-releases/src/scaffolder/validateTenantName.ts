import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { tenantReleasesApiRef } from '../api/TenantReleasesApi';
import { checkTenantName } from './checkTenantName';
import { defaultService } from './fieldSchemas';

/**
 * Looks at a name again when its step of the form is left. What could not be looked up passes: an outage of a
 * source is no fault of the name, and the action on the server, which alone decides, looks once more.
 */
export const validateTenantName: CustomFieldValidator<string, { service?: string }> = async (
  name,
  field,
  { apiHolder, uiSchema },
) => {
  const api = apiHolder.get(tenantReleasesApiRef);
  const catalog = apiHolder.get(catalogApiRef);
  if (!api || !catalog) return;
  const service = uiSchema?.['ui:options']?.service ?? defaultService;
  const result = await checkTenantName({ tenant: name, service }, api, catalog);
  if (result.kind === 'refused') field.addError(`The name ${result.reason}`);
};
