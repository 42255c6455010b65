import { releaseStates } from '@internal/plugin-tenant-releases-common';

const text = { type: 'string' };
const time = { type: 'string', format: 'date-time' };
const whole = { type: 'integer' };
const number = { type: 'number' };
const texts = { type: 'object', additionalProperties: text };
const oneOf = (...values: readonly string[]) => ({ type: 'string', enum: values });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const listOf = (items: object) => ({ type: 'array', items });

/** An object whose properties are all there, except those whose name ends with `?`. */
function object(properties: Record<string, object>): object {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    required: entries.map(([name]) => name).filter(name => !name.endsWith('?')),
    properties: Object.fromEntries(
      entries.map(([name, schema]) => [name.replace('?', ''), schema]),
    ),
  };
}

const yesNo = { type: 'boolean' };
const change = oneOf('added', 'removed', 'changed');
const health = object({
  status: oneOf('Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'),
  'message?': text,
});

const releaseProperties = {
  displayName: text,
  tier: text,
  ring: { ...whole, description: '-1 when no tenant file names one' },
  'ringName?': { ...text, description: 'What the policy calls the ring' },
  owner: { ...text, description: 'Entity ref' },
  cluster: text,
  namespace: text,
  'desired?': object({
    version: text,
    'digest?': text,
    'commit?': text,
    'author?': text,
    'isBot?': { const: true },
    'committedAt?': time,
    'pullRequest?': ref('PullRequest'),
    'firstSeen?': time,
    'source?': ref('VersionCommit'),
  }),
  'synced?': object({
    'version?': text,
    'revision?': text,
    status: oneOf('Synced', 'OutOfSync', 'Unknown'),
    'at?': time,
  }),
  health,
  running: listOf(
    object({
      version: text,
      pods: whole,
      ready: whole,
      'since?': time,
      'firstSeen?': time,
      'neverReady?': { const: true },
      'canary?': { const: true },
    }),
  ),
  state: oneOf(...releaseStates),
  delivery: { ...oneOf(...releaseStates), description: 'The state by delivery alone' },
  'serving?': object({
    status: oneOf('serving', 'failing', 'idle', 'not-measured'),
    'errorRatio?': number,
    'objective?': number,
    'since?': time,
    'version?': text,
    'alerts?': whole,
    'why?': text,
    'staleSeconds?': number,
  }),
  reasons: listOf(
    object({ code: text, text, 'version?': text, 'since?': time, 'link?': ref('ReasonLink') }),
  ),
  'hold?': object({ version: text, reason: text, by: text, since: time }),
  'freeze?': object({ reason: text, 'since?': time, until: time }),
  links: object({
    'grafana?': text,
    'argocd?': text,
    'values?': text,
    'pullRequest?': text,
    'policy?': text,
  }),
  'staleSeconds?': number,
};

/** `fields` leaves out what is not asked for. */
const optional = Object.fromEntries(
  Object.entries(releaseProperties).map(([name, schema]) => [`${name.replace('?', '')}?`, schema]),
);

/** Schemas of the API's answers, by name. Their TypeScript twins are in tenant-releases-common. */
export const answerSchemas: Record<string, object> = {
  ReasonLink: object({
    kind: oneOf('values', 'pull-request', 'argocd', 'logs', 'policy'),
    href: text,
    text,
  }),
  PullRequest: object({
    number: whole,
    url: text,
    title: text,
    'mergedAt?': time,
    'mergedBy?': text,
    'mergedByBot?': { const: true },
  }),
  VersionCommit: object({
    commit: text,
    title: text,
    'author?': text,
    'isBot?': { const: true },
    'committedAt?': time,
    'url?': text,
    'pullRequest?': ref('PullRequest'),
  }),
  SourceStatus: object({
    id: text,
    kind: oneOf('git', 'argocd', 'kubernetes', 'prometheus', 'loki'),
    name: text,
    state: oneOf('ok', 'stale', 'down'),
    ageSeconds: number,
    'currentAt?': { ...time, description: 'When it was last known to be current; unless it is ok' },
    'error?': text,
    'detail?': text,
    'leftOut?': listOf(
      object({
        kind: oneOf('file', 'application', 'pod', 'cluster', 'instance'),
        name: text,
        reason: text,
      }),
    ),
    'leftOutCount?': whole,
  }),
  SourceList: object({ items: listOf(ref('SourceStatus')) }),
  Release: object({ tenant: text, service: text, ...releaseProperties }),
  ReleaseList: object({
    items: listOf(object({ tenant: text, service: text, ...optional })),
    'nextCursor?': text,
    totalItems: whole,
    'counts?': object(Object.fromEntries(releaseStates.map(state => [state, whole]))),
    sources: listOf(ref('SourceStatus')),
    'notice?': object({ code: oneOf('NO_TENANTS', 'NONE_VISIBLE', 'NONE_MATCH'), text }),
  }),
  HistoryList: object({
    items: listOf(
      object({
        version: text,
        'previousVersion?': text,
        commit: text,
        author: text,
        'isBot?': { const: true },
        'source?': ref('VersionCommit'),
        message: text,
        committedAt: time,
        'pullRequest?': ref('PullRequest'),
        'syncedAt?': time,
        'runningAt?': time,
        'replacedAt?': time,
        'replacedBy?': text,
        'movedFrom?': text,
        kind: oneOf('release', 'rollback', 'settings'),
      }),
    ),
    'nextCursor?': text,
    sources: listOf(ref('SourceStatus')),
  }),
  DiffSide: object({ commit: text, 'version?': text, author: text, committedAt: time }),
  ReleaseDiff: object({
    tenant: text,
    service: text,
    from: ref('DiffSide'),
    to: ref('DiffSide'),
    values: object({
      path: text,
      diff: text,
      keys: listOf(object({ key: text, change, 'from?': text, 'to?': text })),
      truncated: yesNo,
    }),
    manifests: {
      oneOf: [
        object({
          objects: listOf(
            object({
              chart: text,
              apiVersion: text,
              kind: text,
              name: text,
              'namespace?': text,
              change,
              diff: text,
              truncated: yesNo,
            }),
          ),
          unchanged: whole,
          truncated: yesNo,
        }),
        object({ pending: { const: true }, retrySeconds: whole }),
        object({ unavailable: text }),
      ],
    },
  }),
  ReleaseResources: object({
    application: text,
    items: listOf(
      object({
        id: text,
        'parent?': text,
        group: text,
        version: text,
        kind: text,
        'namespace?': text,
        name: text,
        managed: yesNo,
        'status?': oneOf('Synced', 'OutOfSync'),
        'change?': oneOf('missing', 'extra', 'changed'),
        'health?': health,
        'info?': listOf(object({ name: text, value: text })),
        'images?': listOf(text),
        'createdAt?': time,
        'diff?': text,
      }),
    ),
    truncated: yesNo,
    checkedAt: time,
    source: ref('SourceStatus'),
  }),
  PanelList: object({
    items: listOf(object({ id: text, title: text, unit: text, kind: oneOf('line', 'area') })),
  }),
  PanelData: object({
    panelId: text,
    unit: text,
    start: number,
    end: number,
    step: number,
    series: listOf(
      object({
        name: text,
        labels: texts,
        points: listOf({ type: 'array', prefixItems: [number, number], minItems: 2, maxItems: 2 }),
      }),
    ),
    'leftOutCount?': whole,
    'isPartial?': yesNo,
    'now?': object({
      at: number,
      windowSeconds: { ...number, description: '0 where the values are of one moment' },
      scrapeSeconds: number,
      values: listOf(object({ name: text, labels: texts, value: number })),
    }),
    'empty?': object({
      text,
      queries: listOf(object({ name: text, metric: text, labels: texts })),
    }),
    markers: listOf(
      object({
        time: whole,
        version: text,
        'previousVersion?': text,
        kind: oneOf('release', 'rollback'),
        'author?': text,
      }),
    ),
    source: ref('SourceStatus'),
  }),
  LogList: object({
    lines: listOf(
      object({
        time,
        level: oneOf('debug', 'info', 'warn', 'error', 'unknown'),
        message: text,
        labels: texts,
      }),
    ),
    truncated: { type: 'boolean' },
    'leftOutCount?': whole,
    source: ref('SourceStatus'),
  }),
  VersionList: object({
    items: listOf(
      object({
        version: text,
        services: listOf(text),
        tenants: whole,
        'lastUsedAt?': time,
        'firstSeen?': time,
        'source?': ref('VersionCommit'),
        healthy: {
          ...whole,
          description: 'Tenants that run it, and nothing else, and do not fail',
        },
        measured: {
          ...whole,
          description: 'Of how many of the healthy ones it is measured whether they serve',
        },
        ready: { ...whole, description: 'Tenants with a ready pod of it' },
        'bad?': { ...text, description: 'Why it is on the list of bad versions' },
      }),
    ),
  }),
  ServiceVersions: object({
    service: text,
    shows: oneOf('names', 'numbers', 'own'),
    tenants: whole,
    readable: whole,
    withoutPods: whole,
    versions: listOf(
      object({
        version: text,
        running: whole,
        desired: whole,
        'firstSeen?': time,
        'source?': ref('VersionCommit'),
        'isBad?': { const: true },
        'tenants?': listOf(object({ tenant: text, displayName: text, ring: whole })),
        'serving?': object({ errorRatio: number, 'latencyP95?': number }),
        'notMeasured?': text,
      }),
    ),
    windowSeconds: whole,
    'notice?': object({
      code: oneOf('NUMBERS_ONLY', 'OWN_ONLY', 'NONE_VISIBLE', 'NO_TENANTS'),
      text,
    }),
    sources: listOf(ref('SourceStatus')),
  }),
  ServiceCommits: {
    oneOf: [
      object({
        service: text,
        from: text,
        to: text,
        commits: listOf(
          object({
            sha: text,
            title: text,
            author: text,
            'isBot?': { const: true },
            committedAt: time,
            'url?': text,
          }),
        ),
        total: whole,
        missing: whole,
        'url?': text,
      }),
      object({ service: text, from: text, to: text, unavailable: text }),
    ],
  },
  ClusterList: object({ items: listOf(object({ name: text, tenants: whole })) }),
  PendingTenant: object({
    tenant: text,
    service: text,
    'displayName?': text,
    'version?': text,
    'owner?': text,
    'requestedBy?': { ...text, description: 'Entity ref, as the pull request says' },
    pullRequest: object({
      number: whole,
      url: text,
      title: text,
      openedAt: time,
      'endedAt?': time,
    }),
    state: oneOf('open', 'merged', 'closed'),
    isDraft: yesNo,
    checks: object({
      state: oneOf('success', 'failure', 'pending', 'none', 'unknown'),
      failing: listOf(text),
    }),
    review: oneOf('waiting', 'approved', 'changes-requested', 'unknown'),
    merge: oneOf('clean', 'conflict', 'unknown'),
    next: object({ code: text, text, who: oneOf('requester', 'platform', 'nobody') }),
    others: listOf(object({ number: whole, url: text })),
  }),
  PendingTenantList: object({
    items: listOf(ref('PendingTenant')),
    source: ref('SourceStatus'),
  }),
  PendingTenantAnswer: object({ 'item?': ref('PendingTenant'), source: ref('SourceStatus') }),
  ArgocdApplication: { type: 'object', description: 'A part of Argo CD’s Application' },
  RevisionMetadata: object({ 'author?': text, 'date?': text, 'message?': text }),
  Error: object({
    error: object({ name: text, message: text }),
    'response?': object({ statusCode: whole }),
  }),
};
