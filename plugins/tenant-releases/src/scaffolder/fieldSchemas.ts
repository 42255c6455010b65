import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The service whose releases say whether a name is taken, when the template names none. */
export const defaultService = 'demo-api';

/** The template that asks, unless its field says another. */
export const defaultTemplate = 'template:default/new-tenant';

/** Value and options of `TenantName`. */
export const tenantNameSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      service: z.string().optional().describe('Service that the tenant gets; default demo-api'),
    }),
});

/** Value and options of `TenantVersion`. */
export const tenantVersionSchema = makeFieldSchema({ output: z => z.string() });

/** Value and options of `TenantCluster`. */
export const tenantClusterSchema = makeFieldSchema({ output: z => z.string() });

/** Options of `TenantFiles`; its value says no more than that it was shown. */
export const tenantFilesSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      template: z.string().optional().describe('Entity ref; default template:default/new-tenant'),
    }),
});

/** Properties of the components. */
export type TenantNameProps = typeof tenantNameSchema.TProps;
export type TenantVersionProps = typeof tenantVersionSchema.TProps;
export type TenantClusterProps = typeof tenantClusterSchema.TProps;
export type TenantFilesProps = typeof tenantFilesSchema.TProps;
