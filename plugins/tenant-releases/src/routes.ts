import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The Tenants page. */
export const tenantsRouteRef = createRouteRef();
