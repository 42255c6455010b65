import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The Tenants page. */
export const tenantsRouteRef = createRouteRef();

/** The Sources page. */
export const sourcesRouteRef = createRouteRef();
