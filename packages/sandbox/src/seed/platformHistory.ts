import {
  proposalBody,
  proposalTitle,
  setTag,
  tenantFilePath,
  tenantOfPath,
  tenantState,
  type ProposalSubject,
} from '@internal/gitops-cli';
import { Forge, personByLogin } from '../forge';
import { aboutVersion, BumpSubject } from '../release/bumpSubject';
import { PlannedRelease, releasePlan } from './releasePlan';
import { Files } from './sourceTree';

const repository = 'platform';

type Bump = ProposalSubject['changes'][number];

/** Everything {@link seedPlatform} needs. */
export interface PlatformSeed {
  /** The repository's files as they are now, tenant files with any tag. */
  files: Files;
  /** The versions of the service, oldest first. */
  versions: BumpSubject[];
  now: Date;
}

/** Fills acme/platform: the charts and policies first, then every pull request of the plan, opened and merged in its time. */
export async function seedPlatform(forge: Forge, seed: PlatformSeed): Promise<void> {
  const tenants = [...new Set(releasePlan.flatMap(release => release.tenants))];
  const own = new Map(tenants.map(tenant => [tenant, filesOf(tenant, seed.files)]));
  const later = new Set([...own.values()].flatMap(files => Object.keys(files)));
  const newest = seed.versions[seed.versions.length - 1].version;
  const first = Object.entries(seed.files)
    .filter(([name]) => !later.has(name))
    .map(([name, text]) => [name, tenantOfPath(name) ? setTag(text, newest) : text]);
  await forge.commitFiles({
    repository,
    branch: 'main',
    files: Object.fromEntries(first),
    message: 'feat: charts, policies and bootstrap for tenants',
    author: identity('ada'),
    date: before(seed.now, 239),
  });
  const current: Files = {};
  for (const release of releasePlan) await play(forge, seed, release, own, current);
}

/**
 * Opens and merges one pull request.
 * @param current - the tenant files as they stand on main, by path; changed here
 */
async function play(
  forge: Forge,
  seed: PlatformSeed,
  release: PlannedRelease,
  own: Map<string, Files>,
  current: Files,
): Promise<void> {
  const subject = seed.versions[release.version];
  const files: Files = {};
  const bumps: Bump[] = [];
  for (const tenant of release.tenants) {
    const path = tenantFilePath(tenant);
    const text = current[path] ?? own.get(tenant)?.[path];
    // A checkout without this tenant has no history of it.
    if (text === undefined) continue;
    if (release.onboards) Object.assign(files, own.get(tenant));
    files[path] = setTag(text, subject.version);
    bumps.push(bumpOf(tenant, path, text, subject.version));
    current[path] = files[path];
  }
  if (bumps.length === 0) return;
  const { branch, title, body } = describe(release, subject, bumps);
  const date = before(seed.now, release.hoursAgo);
  await forge.commitFiles({
    repository,
    branch,
    files,
    message: title,
    author: identity(release.author),
    date,
  });
  const number = await forge.openPullRequest({
    repository,
    title,
    body,
    head: branch,
    base: 'main',
    author: release.author,
    date,
  });
  await forge.mergePullRequest({
    repository,
    number,
    by: release.mergedBy,
    date: before(seed.now, release.hoursAgo - release.openHours),
    method: 'squash',
  });
}

function bumpOf(name: string, path: string, text: string, to: string): Bump {
  const { tenant, image } = tenantState(text);
  const { displayName = name, tier = '', owner = '', ring = 0 } = tenant;
  return {
    tenant: name,
    displayName,
    tier,
    owner,
    ring,
    path,
    from: String(image.tag ?? 'none'),
    to,
  };
}

function describe(release: PlannedRelease, subject: BumpSubject, bumps: Bump[]) {
  const [{ tenant, from }] = bumps;
  const { version } = subject;
  if (release.onboards) {
    return {
      branch: `onboard/${tenant}`,
      title: `Onboard ${tenant}`,
      body: `A new tenant, ${tenant}, on \`${version}\`: its values, its Applications and its project.`,
    };
  }
  if (release.rollbackReason) {
    return {
      branch: `rollback/${tenant}-${version}`,
      title: `Roll back ${tenant} to ${version}`,
      body: `From \`${from}\` back to \`${version}\`: ${release.rollbackReason}.`,
    };
  }
  const suffix = bumps.length === 1 ? `-${tenant}` : '';
  const about = aboutVersion(subject);
  const bump = { service: 'demo-api', version, changes: bumps, skipped: [], about };
  return {
    branch: `bump/demo-api/${version}${suffix}`,
    title: proposalTitle(bump),
    body: proposalBody(bump),
  };
}

/** The files that onboarding a tenant adds. */
function filesOf(tenant: string, files: Files): Files {
  const names = [
    tenantFilePath(tenant),
    `gitops/apps/${tenant}.yaml`,
    `gitops/projects/${tenant}.yaml`,
  ];
  return Object.fromEntries(
    names.filter(name => files[name] !== undefined).map(name => [name, files[name]]),
  );
}

/** The moment some hours ago. */
export function before(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}

/** Name and address of a person on commits. */
export function identity(login: string): { name: string; email: string } {
  const person = personByLogin(login);
  if (!person) throw new Error(`The forge knows nobody called ${login}.`);
  return { name: person.name, email: person.email };
}
