import type {
  HistoryList,
  LogList,
  PanelData,
  PanelList,
  Release,
  ReleaseReason,
  ReleaseState,
} from '@internal/plugin-tenant-releases-common';
import { releaseStates } from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import type { FleetPage } from '../domain/fleet';
import { block, count, line, readableItems, time, version } from './answerParts';
import { source as upstream, sources } from './sourceAnswers';
import type { ChangedEvent, KnownVersion } from './TenantReleasesApi';

/** Something that is said only when it is so. */
const yes = z.literal(true).optional();

const pullRequest = z.object({
  number: count,
  url: z.string(),
  title: line(200),
  mergedAt: time.optional(),
  mergedBy: line(80).optional(),
  mergedByBot: yes,
});

/** The commit that a version was built from. */
export const versionCommit = z.object({
  commit: z.string(),
  title: line(200),
  author: line(80).optional(),
  isBot: yes,
  committedAt: time.optional(),
  url: z.string().optional(),
  pullRequest: pullRequest.optional(),
});

const reason = z.object({
  // Codes only choose between texts; one that is not known here is shown by its text.
  code: z.string().transform(code => code as ReleaseReason['code']),
  text: line(500),
  version: version.optional(),
  since: time.optional(),
  link: z
    .object({
      kind: z.enum(['values', 'pull-request', 'argocd', 'logs', 'policy']),
      href: z.string(),
      text: line(60),
    })
    .optional()
    // A newer server may know more kinds.
    .catch(undefined),
});

const syncStatus = z.enum(['Synced', 'OutOfSync', 'Unknown']).catch('Unknown');

/** Argo CD's health. */
export const health = z.object({
  status: z
    .enum(['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'])
    .catch('Unknown'),
  message: line(500).optional(),
});

const state = z
  .enum(['in-sync', 'progressing', 'drifted', 'degraded', 'held', 'unknown'])
  .catch('unknown');

const rowProperties = {
  tenant: z.string(),
  service: z.string(),
  displayName: line(120),
  tier: z.string(),
  ring: z.number(),
  ringName: line(60).optional(),
  owner: z.string(),
  cluster: z.string(),
  desired: z
    .object({
      version,
      digest: line(80).optional(),
      commit: z.string().optional(),
      author: line(80).optional(),
      isBot: yes,
      committedAt: time.optional(),
      pullRequest: pullRequest.optional(),
      firstSeen: time.optional(),
      source: versionCommit.optional(),
    })
    .optional(),
  synced: z
    .object({
      version: version.optional(),
      revision: z.string().optional(),
      status: syncStatus,
      at: time.optional(),
    })
    .optional(),
  running: z.array(
    z.object({
      version,
      pods: count,
      ready: count,
      since: time.optional(),
      firstSeen: time.optional(),
      neverReady: yes,
      canary: yes,
    }),
  ),
  state,
  delivery: state,
  serving: z
    .object({
      status: z.enum(['serving', 'failing', 'idle', 'not-measured']).catch('not-measured'),
      errorRatio: z.number().optional(),
      objective: z.number().optional(),
      since: time.optional(),
      version: version.optional(),
      alerts: count.optional(),
      why: line(500).optional(),
      staleSeconds: z.number().optional(),
    })
    .optional(),
  reasons: z.array(reason),
  hold: z.object({ version, reason: line(300), by: line(100), since: time }).optional(),
  staleSeconds: z.number().optional(),
};

/** One release. */
export const releaseAnswer: z.ZodType<Release> = z.object({
  ...rowProperties,
  namespace: z.string(),
  health,
  freeze: z.object({ reason: line(300), since: time.optional(), until: time }).optional(),
  links: z.object({
    grafana: z.string().optional(),
    argocd: z.string().optional(),
    values: z.string().optional(),
    pullRequest: z.string().optional(),
    policy: z.string().optional(),
  }),
});

/** `GET /releases` with the fields of a fleet */
export const releaseListAnswer: z.ZodType<FleetPage> = z
  .object({
    items: readableItems(z.object(rowProperties)),
    nextCursor: z.string().optional(),
    totalItems: count,
    counts: z
      .object(
        Object.fromEntries(releaseStates.map(each => [each, count.default(0)])) as Record<
          ReleaseState,
          z.ZodDefault<typeof count>
        >,
      )
      .optional(),
    sources,
    notice: z
      .object({ code: z.enum(['NO_TENANTS', 'NONE_VISIBLE', 'NONE_MATCH']), text: line(500) })
      .optional()
      // A newer server may know more reasons.
      .catch(undefined),
  })
  .transform(({ items: { items, unreadable, issue }, ...page }, context) => {
    // Rows of which none can be read are another answer than agreed, not a fleet without tenants.
    if (issue && items.length === 0) {
      context.addIssue({ code: 'custom', path: ['items', ...issue.path], message: issue.message });
    }
    return { ...page, items, ...(unreadable > 0 ? { unreadable } : {}) };
  });

/** `GET /releases/:tenant/:service/history` */
export const historyAnswer: z.ZodType<HistoryList> = z.object({
  items: z.array(
    z.object({
      version,
      previousVersion: version.optional(),
      commit: z.string(),
      author: line(80),
      isBot: yes,
      source: versionCommit.optional(),
      message: block(2_000),
      committedAt: time,
      pullRequest: pullRequest.optional(),
      syncedAt: time.optional(),
      runningAt: time.optional(),
      replacedAt: time.optional(),
      replacedBy: version.optional(),
      movedFrom: line(200).optional(),
      kind: z.enum(['release', 'rollback', 'settings']),
    }),
  ),
  nextCursor: z.string().optional(),
  sources: sources.default([]),
});

/** `GET /releases/:tenant/:service/panels` */
export const panelListAnswer: z.ZodType<PanelList> = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      unit: z.string(),
      kind: z.enum(['line', 'area']).catch('line'),
    }),
  ),
});

/** `GET /releases/:tenant/:service/panels/:panelId` */
export const panelAnswer: z.ZodType<PanelData> = z.object({
  panelId: z.string(),
  unit: z.string(),
  start: z.number(),
  end: z.number(),
  step: z.number().positive(),
  series: z.array(
    z.object({
      name: line(200),
      labels: z.record(z.string(), line(300)),
      points: z.array(z.tuple([z.number(), z.number()])),
    }),
  ),
  leftOutCount: count.optional(),
  isPartial: z.boolean().optional(),
  now: z
    .object({
      at: z.number(),
      windowSeconds: z.number().min(0),
      scrapeSeconds: z.number().positive(),
      values: z.array(
        z.object({
          name: line(200),
          labels: z.record(z.string(), line(300)),
          value: z.number(),
        }),
      ),
    })
    .optional()
    // Without it the chart is still a chart; nothing on it is called now then.
    .catch(undefined),
  empty: z
    .object({
      text: line(1_000),
      queries: z.array(
        z.object({ name: line(200), metric: line(300), labels: z.record(z.string(), line(300)) }),
      ),
    })
    .optional(),
  markers: z.array(
    z.object({
      time: z.number(),
      version,
      previousVersion: version.optional(),
      kind: z.enum(['release', 'rollback']),
      author: line(80).optional(),
    }),
  ),
  source: upstream,
});

/** `GET /releases/:tenant/:service/logs` */
export const logsAnswer: z.ZodType<LogList> = z.object({
  lines: z.array(
    z.object({
      time,
      level: z.enum(['debug', 'info', 'warn', 'error', 'unknown']).catch('unknown'),
      message: block(8_000),
      labels: z.record(z.string(), line(300)),
    }),
  ),
  truncated: z.boolean(),
  leftOutCount: count.optional(),
  source: upstream,
});

/** `GET /versions` */
export const versionsAnswer: z.ZodType<{ items: KnownVersion[] }> = z.object({
  items: z.array(
    z.object({
      version,
      services: z.array(z.string()).optional(),
      tenants: count,
      lastUsedAt: time.optional(),
      firstSeen: time.optional(),
      source: versionCommit.optional(),
      healthy: count,
      measured: count.optional(),
      ready: count,
      bad: line(500).optional(),
    }),
  ),
});

/** One message of `GET /events`. */
export const changedEvent: z.ZodType<ChangedEvent> = z.object({
  type: z.literal('changed'),
  tenants: z.array(z.string()),
});
