import {
  argocdApplicationSchema,
  changeAnswerSchema,
  changeListSchema,
  changePullSchema,
  changeRequestSchema,
  clusterListSchema,
  diffSideSchema,
  historyListSchema,
  logListSchema,
  panelDataSchema,
  panelListSchema,
  pendingTenantAnswerSchema,
  pendingTenantListSchema,
  pendingTenantSchema,
  pullRequestSchema,
  reasonLinkSchema,
  releaseDiffSchema,
  releaseListSchema,
  releaseResourcesSchema,
  releaseSchema,
  revisionMetadataSchema,
  serviceCommitsSchema,
  serviceVersionsSchema,
  sourceEntryListSchema,
  sourceListSchema,
  sourceReportListSchema,
  sourceReportSchema,
  sourceStatusSchema,
  versionCommitSchema,
  versionListSchema,
} from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';

/** Backstage's error format. */
const errorSchema = z.object({
  error: z.object({ name: z.string(), message: z.string() }),
  response: z.object({ statusCode: z.int() }).optional(),
});

/** What has a name of its own in the OpenAPI document. */
const named = {
  ReasonLink: reasonLinkSchema,
  PullRequest: pullRequestSchema,
  VersionCommit: versionCommitSchema,
  SourceStatus: sourceStatusSchema,
  SourceList: sourceListSchema,
  SourceReport: sourceReportSchema,
  SourceReportList: sourceReportListSchema,
  SourceEntryList: sourceEntryListSchema,
  Release: releaseSchema,
  ReleaseList: releaseListSchema,
  HistoryList: historyListSchema,
  DiffSide: diffSideSchema,
  ReleaseDiff: releaseDiffSchema,
  ReleaseResources: releaseResourcesSchema,
  PanelList: panelListSchema,
  PanelData: panelDataSchema,
  LogList: logListSchema,
  VersionList: versionListSchema,
  ServiceVersions: serviceVersionsSchema,
  ServiceCommits: serviceCommitsSchema,
  ClusterList: clusterListSchema,
  PendingTenant: pendingTenantSchema,
  PendingTenantList: pendingTenantListSchema,
  PendingTenantAnswer: pendingTenantAnswerSchema,
  ArgocdApplication: argocdApplicationSchema,
  RevisionMetadata: revisionMetadataSchema,
  ChangeRequest: changeRequestSchema,
  ChangeAnswer: changeAnswerSchema,
  ChangePull: changePullSchema,
  ChangeList: changeListSchema,
  Error: errorSchema,
};

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });

const refTo = (id: string) => `#/components/schemas/${id}`;

/** Where the document describes an answer. */
export function answerRef(schema: z.ZodType): { $ref: string } {
  const id = registry.get(schema)?.id;
  if (!id) throw new Error('An answer of the API has no name in the OpenAPI document');
  return { $ref: refTo(id) };
}

/** The schemas of what is sent as JSON Schema, by name. */
export function answerSchemas(): Record<string, object> {
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: refTo,
    unrepresentable: ({ zodSchema }) => (zodSchema._zod.def.type === 'catch' ? 'any' : 'throw'),
    override: ({ zodSchema, jsonSchema }) => sentAs(zodSchema, jsonSchema),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _, $schema: __, ...schema }]) => [id, schema]),
  );
}

/** The schemas also say how the browser reads what an older or a newer server leaves out; that is no part of what is sent. */
function sentAs({ _zod: { def } }: z.core.$ZodTypes, jsonSchema: z.core.JSONSchema.BaseSchema) {
  delete jsonSchema.default;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (def.type !== 'object') return;
  jsonSchema.required = Object.keys(def.shape).filter(key => !def.shape[key]._zod.optout);
}
