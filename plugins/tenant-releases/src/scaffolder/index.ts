import { AppRootElementBlueprint, createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { createElement } from 'react';
import { KeptInput } from './KeptInput';

const tenantName = FormFieldBlueprint.make({
  name: 'tenant-name',
  params: { field: () => import('./tenantNameField').then(module => module.tenantNameField) },
});

const tenantVersion = FormFieldBlueprint.make({
  name: 'tenant-version',
  params: { field: () => import('./tenantVersionField').then(module => module.tenantVersionField) },
});

const tenantCluster = FormFieldBlueprint.make({
  name: 'tenant-cluster',
  params: { field: () => import('./tenantClusterField').then(module => module.tenantClusterField) },
});

const tenantFiles = FormFieldBlueprint.make({
  name: 'tenant-files',
  params: { field: () => import('./tenantFilesField').then(module => module.tenantFilesField) },
});

const keptInput = AppRootElementBlueprint.make({
  name: 'tenant-kept-input',
  params: { element: createElement(KeptInput) },
});

/** The fields `TenantName`, `TenantVersion`, `TenantCluster` and `TenantFiles`, for `ui:field` in a template, and what keeps their input over a reload. */
export const tenantFormFields = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [tenantName, tenantVersion, tenantCluster, tenantFiles, keptInput],
});
