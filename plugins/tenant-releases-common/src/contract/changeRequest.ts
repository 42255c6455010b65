import { z } from 'zod';
import { unseenClasses } from '../unseen';
import { isTimeZone, readInstant } from '../zonedTime';

/** What can be changed through a pull request. */
export const changeKinds = [
  'promote',
  'rollback',
  'hold',
  'release-hold',
  'mark-bad',
  'clear-bad',
  'freeze',
  'unfreeze',
  'set',
] as const;

/** One of {@link changeKinds}. */
export type ChangeKind = (typeof changeKinds)[number];

/** Most characters of a reason. */
export const maxReasonLength = 500;

/** More names are everybody, or a mistake. */
const maxNames = 10_000;

const unseen = new RegExp(`[\\p{Cc}${unseenClasses}]`, 'u');
const tag = '(?!latest(?:@|$))[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const digest = 'sha256:[0-9a-f]{64}';
const versionPattern = new RegExp(`^(?:${tag}(?:@${digest})?|${digest})$`);

/** Says "must be ..." for a value of another type, and "is missing" where there is none. */
const must = (what: string) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined ? 'is missing' : `must be ${what}`,
});

function listOf<T extends z.ZodType>(item: T, what: string) {
  return z
    .array(item, must(`a list of ${what}`))
    .min(1, `is empty: name ${what}, or leave it out for all`)
    .max(maxNames, `must be at most ${maxNames} entries`)
    .optional();
}

const name = z
  .string(must('a text'))
  .min(1, 'is empty')
  .max(200, 'must be at most 200 characters')
  .refine(text => !unseen.test(text), 'holds characters that cannot be seen');

const ringWords = must('a whole number from 0 to 9');
const ring = z.int(ringWords).min(0, ringWords).max(9, ringWords);

const version = z
  .string(must('an image tag such as sha-1a2b3c4'))
  .regex(versionPattern, 'must be an immutable image tag such as sha-1a2b3c4, not latest');

const reason = z
  .string(must('a text that says why'))
  .trim()
  .min(1, 'is empty: say why, for people')
  .refine(
    text => [...text].length <= maxReasonLength,
    `must be at most ${maxReasonLength} characters`,
  )
  .refine(
    text => !unseen.test(text),
    'must be one line, without control characters or marks that cannot be seen',
  );

const flag = z.boolean(must('true or false')).optional();

/** Facts of a tenant that a change may set. */
const facts = z
  .strictObject(
    {
      tier: name.optional(),
      ring: ring.optional(),
      owner: name.optional(),
      contact: name.optional(),
      displayName: name.optional(),
    },
    must('a block of facts: tier, ring, owner, contact, displayName'),
  )
  .refine(
    found => Object.values(found).some(value => value !== undefined),
    'is empty: name tier, ring, owner, contact or displayName',
  );

const fields = {
  kind: z.enum(changeKinds, must(`one of ${changeKinds.join(', ')}`)),
  service: name.optional(),
  tenants: listOf(name, 'tenants'),
  tiers: listOf(name, 'tiers'),
  rings: listOf(ring, 'rings'),
  environments: listOf(name, 'environments'),
  /** `{ next: true }` is the version that the ring before runs. */
  version: z
    .union(
      [version, z.strictObject({ next: z.literal(true) })],
      must('an immutable image tag such as sha-1a2b3c4, not latest, or { "next": true }'),
    )
    .optional(),
  reason: reason.optional(),
  from: z.string(must('a text')).optional(),
  until: z.string(must('a text')).optional(),
  timeZone: z
    .string(must('a text'))
    .refine(isTimeZone, 'is no time zone: write one such as Europe/Berlin')
    .optional(),
  set: facts.optional(),
  /** Of a roll-back: whether the tenants stay on the version until the hold is released; they do by default. */
  hold: flag,
  /** One pull request for all rings, instead of one a ring. */
  onePullRequest: flag,
  dryRun: flag,
};

/** Names of a request's fields. */
export type ChangeField = keyof typeof fields;

const choice: ChangeField[] = ['tenants', 'tiers', 'rings', 'environments'];
const always: ChangeField[] = ['kind', 'service', 'reason', 'onePullRequest', 'dryRun'];

/** Fields that a kind needs, and those that it takes beside {@link always}. */
const rules: Readonly<Record<ChangeKind, { needs: ChangeField[]; takes?: ChangeField[] }>> = {
  promote: { needs: ['version'], takes: choice },
  rollback: { needs: ['version', 'reason'], takes: [...choice, 'hold'] },
  hold: { needs: ['reason'], takes: [...choice, 'version'] },
  'release-hold': { needs: [], takes: choice },
  'mark-bad': { needs: ['version', 'reason'] },
  'clear-bad': { needs: ['version'] },
  freeze: { needs: ['until', 'reason'], takes: [...choice, 'from', 'timeZone'] },
  unfreeze: { needs: [], takes: choice },
  set: { needs: ['set'], takes: choice },
};

/** The fields that a kind of change takes, its kind aside. */
export function fieldsOfChange(kind: ChangeKind): ChangeField[] {
  const { needs, takes = [] } = rules[kind];
  return [...new Set([...always, ...needs, ...takes])].filter(field => field !== 'kind');
}

/** `POST /changes`: what is to be changed for whom. Without a choice it is for everybody. */
export const changeRequestSchema = z
  .strictObject(fields, must('an object with a kind'))
  .superRefine((request, context) => {
    const { needs } = rules[request.kind];
    const refuse = (field: ChangeField, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    for (const field of needs) {
      if (request[field] === undefined) refuse(field, `is missing: ${request.kind} needs it`);
    }
    const known = new Set<ChangeField>(['kind', ...fieldsOfChange(request.kind)]);
    for (const [field, value] of Object.entries(request) as Array<[ChangeField, unknown]>) {
      if (value !== undefined && !known.has(field)) {
        refuse(field, `does not belong to ${request.kind}: leave it out`);
      }
    }
    if (typeof request.version === 'object' && request.kind !== 'promote') {
      refuse('version', `must be an image tag such as sha-1a2b3c4: next is for promote`);
    }
    for (const field of ['from', 'until'] as const) {
      const text = request[field];
      if (text === undefined) continue;
      const read = readInstant(text, request.timeZone);
      if ('problem' in read) refuse(field, read.problem);
    }
  });

/** A request that was read. */
export type ChangeRequest = z.output<typeof changeRequestSchema>;
