import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

const tenantName = FormFieldBlueprint.make({
  name: 'tenant-name',
  params: { field: () => import('./tenantNameField').then(module => module.tenantNameField) },
});

const tenantVersion = FormFieldBlueprint.make({
  name: 'tenant-version',
  params: { field: () => import('./tenantVersionField').then(module => module.tenantVersionField) },
});

/** The fields `TenantName` and `TenantVersion`, for `ui:field` in a template. */
export const tenantFormFields = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [tenantName, tenantVersion],
});
