import { z } from 'zod';
import { displayNameProblem } from './displayName';
import { readYaml } from '../yaml/readYaml';
import { formatKey, type YamlProblem } from '../yaml/yamlProblem';

/** Folder of the groups that came with a tenant, one file each, in the GitOps repository. */
export const ownerGroupsFolder = 'gitops/owners';

/** A group has a few dozen members at most. Characters. */
export const maxOwnerGroupLength = 64 * 1024;

/** Most members that a file names. */
export const maxOwnerGroupMembers = 200;

/** As long as names of the catalog may be. The ending keeps such a group apart from the teams that run the platform. */
const namePattern = /^[a-z]([-a-z0-9]{0,54}[a-z0-9])?-owners$/;
const memberPattern = /^user:[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\/[A-Za-z0-9][-A-Za-z0-9_.]{0,62}$/;

/** What is wrong with the name of a group that comes with a tenant, to go on after the field's name. */
export function ownerGroupNameProblem(name: unknown): string | undefined {
  return typeof name === 'string' && namePattern.test(name)
    ? undefined
    : 'must be lower-case letters, digits or "-", at most 63 characters, and end with "-owners", for example acme-owners';
}

/** Path of a group's file. */
export function ownerGroupPath(name: string): string {
  return `${ownerGroupsFolder}/${name}.yaml`;
}

/** Names of groups that no file makes, since `tenantReleases.access` says what they open. */
export function reservedOwnerGroups(config: {
  getOptionalStringArray(key: string): string[] | undefined;
}): ReadonlySet<string> {
  const keys = ['platformGroups', 'viewerGroups', 'visibleGroups'];
  const refs = keys.flatMap(
    key => config.getOptionalStringArray(`tenantReleases.access.${key}`) ?? [],
  );
  // The configuration may name a group in short.
  return new Set(
    refs.map(ref => ref.toLocaleLowerCase('en-US').replace(/^(group:)?(default\/)?/, '')),
  );
}

/** A group of people who own tenants, as its file says. */
export interface OwnerGroup {
  name: string;
  title: string;
  /** Entity refs of users. */
  members: string[];
}

/** What is wrong with the title of such a group, to go on after the field's name. */
export function ownerGroupTitleProblem(text: unknown): string | undefined {
  return displayNameProblem(text)?.replace('displayName: ', '');
}

const title = z.string().superRefine((text, context) => {
  const problem = ownerGroupTitleProblem(text);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/**
 * The part of Backstage's kind Group that a tenant's owners need, and no more: a parent or children would lend rights of
 * other groups.
 *
 * @see https://backstage.io/docs/features/software-catalog/descriptor-format#kind-group
 */
const schema = z.strictObject({
  apiVersion: z.literal('backstage.io/v1alpha1', 'must be backstage.io/v1alpha1'),
  kind: z.literal('Group', 'must be Group'),
  metadata: z.strictObject({
    name: z.string().superRefine((name, context) => {
      const problem = ownerGroupNameProblem(name);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    }),
    title,
    description: z.string().max(500, 'must be at most 500 characters').optional(),
  }),
  spec: z.strictObject({
    type: z.literal('team', 'must be team'),
    children: z.array(z.never(), 'must be an empty list').max(0, 'must be an empty list'),
    members: z
      .array(z.string().regex(memberPattern, 'must be a user, for example user:default/ada'))
      .max(maxOwnerGroupMembers, `must be at most ${maxOwnerGroupMembers} members`)
      .optional(),
  }),
});

/** A group's file as data, in the order in which it is written. */
export function ownerGroupEntity({ name, title: shown, members }: OwnerGroup) {
  return {
    apiVersion: 'backstage.io/v1alpha1' as const,
    kind: 'Group' as const,
    metadata: { name, title: shown },
    spec: { type: 'team' as const, children: [], members },
  };
}

/** A group that could be read, or why it could not. */
export type OwnerGroupResult =
  | { ok: true; group: OwnerGroup }
  | { ok: false; problems: YamlProblem[] };

/**
 * Reads the file of a group.
 *
 * @param name - of the file, without `.yaml`: the group has to have it too
 */
export function parseOwnerGroup(text: string, name: string): OwnerGroupResult {
  if (text.length > maxOwnerGroupLength) {
    return refused('file', `is larger than ${maxOwnerGroupLength / 1024} KiB: remove what is over`);
  }
  const { documents, problems } = readYaml(text, { single: true });
  const [document] = documents;
  if (problems.length > 0) {
    return {
      ok: false,
      problems: problems.slice(0, 20).map(({ line, column, key, problem, cure }) => ({
        line,
        column,
        key,
        text: `${problem}: ${cure}`,
      })),
    };
  }
  const parsed = schema.safeParse(document?.value ?? {});
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.slice(0, 20).flatMap(issue => {
        if (issue.code === 'unrecognized_keys') {
          return issue.keys.map(key => ({
            ...placeOf([...issue.path, key]),
            text: 'is not a key of such a group: remove it',
          }));
        }
        const isMissing = issue.message.includes('received undefined');
        return [{ ...placeOf(issue.path), text: isMissing ? 'is missing' : issue.message }];
      }),
    };
  }
  const { metadata, spec } = parsed.data;
  if (metadata.name !== name) {
    const path = ['metadata', 'name'];
    return {
      ok: false,
      problems: [{ ...placeOf(path), text: `must be ${name}, as the file is called` }],
    };
  }
  return {
    ok: true,
    group: { name, title: metadata.title, members: [...new Set(spec.members ?? [])] },
  };

  function placeOf(path: readonly PropertyKey[]) {
    return { ...(document?.at(path) ?? { line: 1, column: 1 }), key: formatKey(path) };
  }
}

function refused(key: string, text: string): OwnerGroupResult {
  return { ok: false, problems: [{ line: 1, column: 1, key, text }] };
}
