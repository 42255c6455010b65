/** What the suite takes from the workspace's packages; bundled at run time, see servers/loadWorkspace.ts. */
export { KubernetesClient } from '../../../plugins/tenant-releases-backend/src/running/KubernetesClient';
export { toPodRecord } from '../../../plugins/tenant-releases-backend/src/running/PodRecord';
export { readPod } from '../../../plugins/tenant-releases-backend/src/running/podSchema';
export { PodWatch } from '../../../plugins/tenant-releases-backend/src/running/PodWatch';
export {
  failingQuery,
  requestsQuery,
} from '../../../plugins/tenant-releases-backend/src/serving/fleetQueries';
export { ApplicationWatch } from '../../../plugins/tenant-releases-backend/src/sync/ApplicationWatch';
export { toRecord } from '../../../plugins/tenant-releases-backend/src/sync/toRecord';
export { readApplication } from '../../../plugins/tenant-releases-backend/src/sync/applicationSchema';
export { ArgocdClient } from '../../../plugins/tenant-releases-backend/src/sync/ArgocdClient';
export { closedWindow } from '../../../plugins/tenant-releases-backend/src/sync/closedWindow';
export { toReleaseResources } from '../../../plugins/tenant-releases-backend/src/sync/toReleaseResources';
export { workloadFacts } from '../../../plugins/tenant-releases-backend/src/sync/workloads';
export { LokiClient } from '../../../plugins/tenant-releases-backend/src/telemetry/LokiClient';
export { toLogLine } from '../../../plugins/tenant-releases-backend/src/telemetry/logLines';
export { logQuery } from '../../../plugins/tenant-releases-backend/src/telemetry/logQuery';
export { metricPresets } from '../../../plugins/tenant-releases-backend/src/config/telemetryServer';
export {
  createPanels,
  metricNamesOf,
} from '../../../plugins/tenant-releases-backend/src/telemetry/panels';
export { PrometheusClient } from '../../../plugins/tenant-releases-backend/src/telemetry/PrometheusClient';
export {
  guardLogql,
  guardPromql,
} from '../../../plugins/tenant-releases-backend/src/telemetry/queryGuard';
export { whyNotHere } from '../../../packages/sandbox/src/example/whyNotHere';
export { argocdApplications } from '../../../packages/gitops/src/applications/argocdApplications';
export { withDeployments } from '../../../packages/gitops/src/applied/readDeployments';
export { directoryCheckout } from '../../../packages/gitops/src/checkout/directoryCheckout';
export { discover } from '../../../packages/gitops/src/discover/discover';
export { examine } from '../../../packages/gitops/src/doctor/examine';
export { parseLayouts } from '../../../packages/gitops/src/layout/layout';
export { startEmbedded } from './startEmbedded';
