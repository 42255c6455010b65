import { z } from 'zod';
import { pullRequestSchema, versionCommitSchema } from './commits';
import { count, line, text, time, version, whole, yes } from './parts';
import { releaseReasonSchema } from './releaseReason';
import { servingSchema } from './serving';

/** All states, from the one that needs attention first to the one that needs none. */
export const releaseStates = [
  'degraded',
  'drifted',
  'progressing',
  'unknown',
  'held',
  'in-sync',
] as const;

const state = z.enum(releaseStates).catch('unknown');

/**
 * What Git wants: the version in the tenant file at the head of the branch. The version is known at once; commit,
 * author, date and pull request are there as soon as the file's history has been read.
 */
const desiredVersionSchema = z.object({
  version,
  /** `sha256:...`, when the file pins the image by digest as well. */
  digest: line(80).optional(),
  /** Commit that set this version: 40 hex digits. */
  commit: text.optional(),
  author: line(80).optional(),
  /** The author is a program. */
  isBot: yes,
  committedAt: time.optional(),
  pullRequest: pullRequestSchema.optional(),
  /**
   * When any tenant of the service was first given this version, RFC 3339; absent while nobody knows. Versions are ordered by it:
   * a roll-back does not change it.
   */
  firstSeen: time.optional(),
  /** What the version was built from; absent when the service's repository is not set up, or does not say. */
  source: versionCommitSchema.optional(),
});

/** What Argo CD synced. */
const syncedVersionSchema = z.object({
  /** Absent when Argo CD names no image of the service. */
  version: version.optional(),
  /** Commit that Argo CD compared with; while it does not say, the one it synced last. */
  revision: text.optional(),
  status: z.enum(['Synced', 'OutOfSync', 'Unknown']).catch('Unknown'),
  /** When the last sync finished, RFC 3339. */
  at: time.optional(),
});

/** Argo CD's health of an Application or a resource. */
export const releaseHealthSchema = z.object({
  status: z
    .enum(['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'])
    .catch('Unknown'),
  message: line(500).optional(),
});

/** Pods that run one version. */
const runningVersionSchema = z.object({
  version,
  /** How many pods there are. */
  pods: count,
  /** How many of them are ready. */
  ready: count,
  /** When the oldest of them started, RFC 3339. */
  since: time.optional(),
  /** See {@link DesiredVersion.firstSeen}. */
  firstSeen: time.optional(),
  /** None of them is or was ready, as far as anybody knows: they have yet to run it. */
  neverReady: yes,
  /** These pods are the canary of a rollout that has not come to its end. */
  canary: yes,
});

/** This tenant stays on this version until the hold is released. */
const holdSchema = z.object({
  version,
  reason: line(300),
  /** Absent, as is the time, where the repository has a switch and says nothing more. */
  by: line(100).optional(),
  since: time.optional(),
});

/** No changes in this window. */
const freezeSchema = z.object({
  reason: line(300),
  /** RFC 3339; absent when nobody knows. */
  since: time.optional(),
  until: time,
});

/** One version of a service for one tenant: what Git wants, Argo CD synced and the pods run. */
export const releaseSchema = z.object({
  tenant: text,
  service: text,
  /** Where the tenant has it more than once: the environment, else the cluster, as the repository calls it. */
  environment: text.optional().describe('Environment, or cluster, where the repository names one'),
  displayName: line(120),
  tier: text,
  ring: whole.describe('-1 when no tenant file names one'),
  /** What the policy calls the ring, for example `canary`; absent when it does not name it. */
  ringName: line(60).optional().describe('What the policy calls the ring'),
  /** Entity ref of the owning group. */
  owner: text.describe('Entity ref'),
  /** How the tenant's people are reached: a mail address, a channel. Absent while nobody says. */
  contact: line(200).optional().describe('How the people of the tenant are reached'),
  /** Name of the Argo CD destination. */
  cluster: text,
  namespace: text,
  desired: desiredVersionSchema.optional(),
  synced: syncedVersionSchema.optional(),
  health: releaseHealthSchema,
  running: z.array(runningVersionSchema),
  state,
  /** The state by delivery alone: whether it runs what Git wants, however it serves. */
  delivery: state.describe('The state by delivery alone'),
  /** Whether it serves; absent where no telemetry is set up. */
  serving: servingSchema.optional(),
  reasons: z.array(releaseReasonSchema),
  hold: holdSchema.optional(),
  freeze: freezeSchema.optional(),
  links: z.object({
    grafana: text.optional(),
    argocd: text.optional(),
    values: text.optional(),
    pullRequest: text.optional(),
    /** The file with bad versions and freezes. */
    policy: text.optional(),
  }),
  /** Id of the source of Git that it is read from; absent where there is one repository. */
  gitSource: text.optional().describe('Id of its source of Git, where there are several'),
  /** Age in seconds of the oldest part of this answer; absent while every source is ok. */
  staleSeconds: z.number().optional(),
});

/** The state of a release, one word for the whole of it. */
export type ReleaseState = (typeof releaseStates)[number];

/** See {@link desiredVersionSchema}. */
export type DesiredVersion = z.infer<typeof desiredVersionSchema>;

/** See {@link syncedVersionSchema}. */
export type SyncedVersion = z.infer<typeof syncedVersionSchema>;

/** See {@link releaseHealthSchema}. */
export type ReleaseHealth = z.infer<typeof releaseHealthSchema>;

/** See {@link runningVersionSchema}. */
export type RunningVersion = z.infer<typeof runningVersionSchema>;

/** See {@link holdSchema}. */
export type Hold = z.infer<typeof holdSchema>;

/** See {@link freezeSchema}. */
export type Freeze = z.infer<typeof freezeSchema>;

/** See {@link releaseSchema}. */
export type Release = z.infer<typeof releaseSchema>;
