/** Matchers of the chosen tenant's service: every query of this dashboard has them, and so reads one tenant only. */
export const ofService = 'namespace="$tenant",service="$service"';

/** Of the whole tenant, where there is no service to choose by. */
export const ofTenant = 'namespace="$tenant"';

/** Of the service's Deployment and its containers, which have the service's name. */
export const ofDeployment = 'namespace="$tenant",deployment="$service"';
export const ofContainer = 'namespace="$tenant",container="$service"';

/** Stream selector of the service's log lines. */
export const ofLogs = 'namespace="$tenant",app="$service"';
