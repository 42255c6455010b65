import type {
  ReleaseDiff,
  ReleaseResource,
  ReleaseResources,
} from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import { block, count, line, time, version } from './answerParts';
import { health } from './answers';
import { source } from './sourceAnswers';

/** As long as the server's longest, and some more. */
const diffText = block(100_000);
const change = z.enum(['added', 'removed', 'changed']);

const side = z.object({
  commit: z.string(),
  version: version.optional(),
  author: line(80),
  committedAt: time,
});

const objectDiff = z.object({
  chart: line(200),
  apiVersion: line(100),
  kind: line(100),
  name: line(253),
  namespace: line(100).optional(),
  change,
  diff: diffText,
  truncated: z.boolean(),
});

/** `GET /releases/:tenant/:service/diff` */
export const diffAnswer: z.ZodType<ReleaseDiff> = z.object({
  tenant: z.string(),
  service: z.string(),
  from: side,
  to: side,
  values: z.object({
    path: line(500),
    diff: diffText,
    keys: z.array(
      z.object({
        key: line(300),
        change,
        from: line(300).optional(),
        to: line(300).optional(),
      }),
    ),
    truncated: z.boolean(),
  }),
  manifests: z.union([
    z.object({ pending: z.literal(true), retrySeconds: z.number().positive() }),
    z.object({ unavailable: line(1_000) }),
    z.object({ objects: z.array(objectDiff), unchanged: count, truncated: z.boolean() }),
  ]),
});

const resource: z.ZodType<ReleaseResource> = z.object({
  id: z.string(),
  parent: z.string().optional(),
  group: line(253),
  version: line(100),
  kind: line(100),
  namespace: line(100).optional(),
  name: line(253),
  managed: z.boolean(),
  status: z.enum(['Synced', 'OutOfSync']).optional().catch(undefined),
  change: z.enum(['missing', 'extra', 'changed']).optional().catch(undefined),
  health: health.optional(),
  info: z.array(z.object({ name: line(100), value: line(200) })).optional(),
  images: z.array(line(300)).optional(),
  createdAt: time.optional(),
  diff: diffText.optional(),
});

/** `GET /releases/:tenant/:service/resources` */
export const resourcesAnswer: z.ZodType<ReleaseResources> = z.object({
  application: z.string(),
  items: z.array(resource),
  truncated: z.boolean(),
  checkedAt: time,
  source,
});
