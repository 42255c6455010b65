import type { z } from 'zod';
import { argocdApplicationSchema, revisionMetadataSchema } from './argocd';
import { changeAnswerSchema } from './changeAnswer';
import { changeListSchema } from './changeList';
import { changeRequestSchema } from './changeRequest';
import { historyListSchema } from './history';
import { logListSchema } from './logs';
import { clusterListSchema, versionListSchema } from './onboarding';
import { panelDataSchema, panelListSchema } from './panels';
import { pendingTenantAnswerSchema, pendingTenantListSchema } from './pendingTenant';
import { releaseSchema } from './release';
import { releaseDiffSchema } from './releaseDiff';
import { releaseListSchema } from './releaseList';
import { releaseResourcesSchema } from './releaseResources';
import { serviceCommitsSchema } from './serviceCommits';
import { serviceVersionsSchema } from './serviceVersions';
import { sourceListSchema } from './source';
import { sourceEntryListSchema, sourceReportListSchema } from './sourceReport';

/**
 * The calls of the API by their operation: the path, in OpenAPI's form, what is answered as JSON, and what is sent where that is
 * something. Those with a `body` are `POST`, all others `GET`.
 */
export const apiRoutes = {
  listReleases: { path: '/releases', answer: releaseListSchema },
  getRelease: { path: '/releases/{tenant}/{service}', answer: releaseSchema },
  listHistory: { path: '/releases/{tenant}/{service}/history', answer: historyListSchema },
  getReleaseDiff: { path: '/releases/{tenant}/{service}/diff', answer: releaseDiffSchema },
  listResources: { path: '/releases/{tenant}/{service}/resources', answer: releaseResourcesSchema },
  listPanels: { path: '/releases/{tenant}/{service}/panels', answer: panelListSchema },
  getPanel: { path: '/releases/{tenant}/{service}/panels/{panelId}', answer: panelDataSchema },
  listLogs: { path: '/releases/{tenant}/{service}/logs', answer: logListSchema },
  listVersions: { path: '/versions', answer: versionListSchema },
  getServiceVersions: { path: '/services/{service}', answer: serviceVersionsSchema },
  listServiceCommits: { path: '/services/{service}/commits', answer: serviceCommitsSchema },
  listSources: { path: '/sources', answer: sourceListSchema },
  reportSources: { path: '/sources/report', answer: sourceReportListSchema },
  listSourceEntries: { path: '/sources/entries', answer: sourceEntryListSchema },
  listClusters: { path: '/clusters', answer: clusterListSchema },
  listPendingTenants: { path: '/pending-tenants', answer: pendingTenantListSchema },
  getPendingTenant: { path: '/pending-tenants/{tenant}', answer: pendingTenantAnswerSchema },
  getArgocdApplication: {
    path: '/argocd/applications/{tenant}',
    answer: argocdApplicationSchema,
  },
  getArgocdRevision: {
    path: '/argocd/applications/{tenant}/revisions/{revision}/metadata',
    answer: revisionMetadataSchema,
  },
  listChanges: { path: '/changes', answer: changeListSchema },
  requestChange: { path: '/changes', body: changeRequestSchema, answer: changeAnswerSchema },
  /** Server-Sent Events, see {@link changedEventSchema}. */
  streamEvents: { path: '/events', answer: undefined },
} as const satisfies Record<
  string,
  { path: string; body?: z.ZodType; answer: z.ZodType | undefined }
>;

/** Names of {@link apiRoutes}. */
export type ApiOperation = keyof typeof apiRoutes;

/** What an operation answers. */
export type ApiAnswer<K extends ApiOperation> = (typeof apiRoutes)[K]['answer'] extends infer A
  ? A extends z.ZodType
    ? z.output<A>
    : undefined
  : never;

/** Names of the parameters in a path. */
export type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParameters<Rest>
  : never;

/** A path with its parameters filled in, each as one encoded part; it begins with a slash. */
export function fillPath<P extends string>(
  path: P,
  parameters: Readonly<Record<PathParameters<P>, string>>,
): string {
  return path.replace(/\{(\w+)\}/g, (_, name: PathParameters<P>) =>
    encodeURIComponent(parameters[name]),
  );
}
