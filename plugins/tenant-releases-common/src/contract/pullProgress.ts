import { z } from 'zod';
import { knownOr, line, text } from './parts';

/** Names of failing checks that are told of one pull request. */
export const maxFailingChecks = 10;

/** What the checks of a pull request say, taken together. */
const pullChecksSchema = z.object({
  /** none: nobody has reported a check; unknown: the Git host has not said. */
  state: z.enum(['success', 'failure', 'pending', 'none', 'unknown']),
  /** Names of those that failed; at most {@link maxFailingChecks}. */
  failing: z.array(line(100)),
});

/** Where a pull request stands. */
export const pullProgressSchema = z.object({
  state: z.enum(['open', 'merged', 'closed']),
  isDraft: z.boolean(),
  checks: pullChecksSchema,
  review: z.enum(['waiting', 'approved', 'changes-requested', 'unknown']),
  /** Whether it can be merged into the branch as that is now. */
  merge: z.enum(['clean', 'conflict', 'unknown']),
});

/** Which pull request. */
export const pullReferenceSchema = z.object({ number: z.int(), url: text });

/** What has to happen next, and who does it. */
export const pullStepSchema = z.object({
  /** Only words depend on it. */
  code: knownOr([
    'resolve-conflict',
    'mend-checks',
    'finish-draft',
    'change',
    'wait-for-checks',
    'review',
    'look',
    'merge',
    'reconcile',
    'start-again',
  ]),
  /** One sentence, for people. */
  text: line(300),
  /** `nobody`: it happens by itself. */
  who: z.enum(['requester', 'platform', 'nobody']),
});

/** What the checks of a pull request say, taken together. */
export type PendingChecks = z.infer<typeof pullChecksSchema>;

/** See {@link pullProgressSchema}. */
export type PendingProgress = z.infer<typeof pullProgressSchema>;

/** See {@link pullStepSchema}. */
export type PendingStep = z.infer<typeof pullStepSchema>;
