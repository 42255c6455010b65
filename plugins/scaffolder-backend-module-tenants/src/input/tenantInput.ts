import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  displayNameProblem,
  hasUnseenCharacters,
  ownerGroupNameProblem,
  ownerGroupTitleProblem,
  tenantTiers,
  versionPattern,
  type OwnerGroup,
} from '@internal/gitops';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';

/** What the form "New tenant" asks for. Each rule is also in the schema of the chart; here it has words for people. */
export interface TenantInput {
  name: string;
  displayName: string;
  /** Entity ref of a group, in full. */
  owner: string;
  /** The owner, when it is made in the same pull request. Members as they were given: user names, refs or e-mail addresses. */
  newGroup?: OwnerGroup;
  tier: (typeof tenantTiers)[number];
  /** Image tag. */
  version: string;
  contact: string;
  ring: number;
  /** Where the tenant runs: Argo CD's name of the cluster. */
  cluster: string;
}

/** The ring of a tenant that asks for none: the last, which gets a version when all others have run it. */
export const lastRing = 2;

/** Argo CD's name of the cluster that it runs in itself: the one that tenants share. */
export const sharedCluster = 'in-cluster';

/** Members that the form takes; more are added to the group's file later. */
const maxNewMembers = 50;

/** Stands in a YAML file between single quotes. */
const clusterPattern = /^[a-z]([-a-z0-9.]{0,61}[a-z0-9])?$/;

/** Answers that keep the rules, or every rule that they break, each as a sentence that begins with its field. */
export type TenantInputResult =
  | { ok: true; input: TenantInput }
  | { ok: false; problems: string[] };

/** Checks the answers by themselves, without looking at what there is already. */
export function checkTenantInput(answers: Record<string, unknown>): TenantInputResult {
  const { name, displayName, tier, version, contact } = answers;
  const ring = answers.ring ?? lastRing;
  const cluster = answers.cluster ?? sharedCluster;
  const newGroup = answers.ownerGroup === 'new' ? groupAnswers(answers) : undefined;
  const owner = newGroup ? `group:default/${newGroup.name}` : groupRef(answers.owner);
  const problems = [
    tenantNameProblem(name),
    displayNameProblem(displayName),
    ...(newGroup ? groupProblems(newGroup) : []),
    owner === undefined
      ? 'owner: must be a group of the catalog, for example group:default/tenant-a-owners'
      : undefined,
    tenantTiers.some(known => known === tier)
      ? undefined
      : `tier: must be one of ${tenantTiers.join(', ')}`,
    typeof version === 'string' && versionPattern.test(version)
      ? undefined
      : 'version: must be an immutable image tag such as sha-1a2b3c4, not "latest"',
    isEmail(contact)
      ? undefined
      : 'contact: must be an e-mail address, for example platform@example.com',
    Number.isInteger(ring) && Number(ring) >= 0 && Number(ring) <= 9
      ? undefined
      : 'ring: must be a whole number from 0 to 9',
    typeof cluster === 'string' && clusterPattern.test(cluster)
      ? undefined
      : `cluster: must be the name of a cluster, for example ${sharedCluster}`,
  ].filter(problem => problem !== undefined);
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    input: {
      name,
      displayName,
      owner,
      ...(newGroup ? { newGroup } : {}),
      tier,
      version,
      contact,
      ring,
      cluster,
    } as TenantInput,
  };
}

function groupAnswers({ name, groupName, groupTitle, groupMembers }: Record<string, unknown>) {
  return {
    name: groupName || `${String(name)}-owners`,
    title: groupTitle,
    members: groupMembers ?? [],
  };
}

/** Of a new group each rule that its answers break by themselves. */
function groupProblems({ name, title, members }: ReturnType<typeof groupAnswers>) {
  const nameProblem = ownerGroupNameProblem(name);
  const titleProblem = ownerGroupTitleProblem(title);
  const isList =
    Array.isArray(members) && members.length <= maxNewMembers && members.every(isMember);
  return [
    nameProblem && `groupName: ${nameProblem}`,
    titleProblem && `groupTitle: ${titleProblem}`,
    isList
      ? undefined
      : `groupMembers: must be a list of at most ${maxNewMembers} user names or e-mail addresses`,
  ];
}

/** What is no line of text is nobody's name, and must not stand in the sentence that says so. */
function isMember(member: unknown): boolean {
  return (
    typeof member === 'string' &&
    member.trim() !== '' &&
    member.length <= 254 &&
    !hasUnseenCharacters(member)
  );
}

function groupRef(owner: unknown): string | undefined {
  if (typeof owner !== 'string' || !/^(\w+:)?([\w.-]+\/)?[\w.-]+$/.test(owner)) return undefined;
  try {
    const ref = parseEntityRef(owner, { defaultKind: 'group', defaultNamespace: 'default' });
    return ref.kind.toLowerCase() === 'group' ? stringifyEntityRef(ref) : undefined;
  } catch {
    return undefined;
  }
}

function isEmail(contact: unknown): boolean {
  return z.email().max(254).safeParse(contact).success;
}
