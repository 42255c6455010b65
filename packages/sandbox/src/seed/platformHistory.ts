import { setHold, setTag, tenantFilePath, tenantOfPath } from '@internal/gitops';
import { Forge, personByLogin } from '../forge';
import { BumpSubject } from '../release/bumpSubject';
import { describeChange, PlayedChange } from './describeChange';
import { demoTenants, tenantFiles } from './demoTenants';
import { withBadVersion, withFreeze } from './policyFile';
import { freezeDays, PlannedChange, releasePlan } from './releasePlan';
import { Files } from './sourceTree';

const repository = 'platform';
const policyPath = 'gitops/policy/releases.yaml';

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
  const planned = new Set(releasePlan.flatMap(({ tenants }) => tenants));
  const later = new Set([...planned].flatMap(tenantFiles));
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
    date: before(seed.now, 839),
  });
  const current: Files = {};
  for (const change of releasePlan) await play(forge, seed, change, current);
}

/**
 * Opens and merges one pull request.
 * @param current - the files on main that a pull request has changed, by path; changed here
 */
async function play(
  forge: Forge,
  seed: PlatformSeed,
  change: PlannedChange,
  current: Files,
): Promise<void> {
  const date = before(seed.now, change.hoursAgo);
  const mergedAt = before(seed.now, change.hoursAgo - change.openHours);
  const read = (file: string): string | undefined => current[file] ?? seed.files[file];
  // A checkout without this tenant has no history of it.
  const tenants = change.tenants.filter(name => read(tenantFilePath(name)) !== undefined);
  const subject = change.version === undefined ? undefined : seed.versions[change.version];
  const played = { ...change, tenants, subject, date };
  const files = changedFiles(played, read, seed.now);
  if (Object.keys(files).length === 0) return;
  const { branch, title, body } = describeChange(played, read);
  const { author } = change;
  await forge.commitFiles({
    repository,
    branch,
    files,
    message: title,
    author: identity(author),
    date,
  });
  const number = await forge.openPullRequest({
    repository,
    title,
    body,
    head: branch,
    base: 'main',
    author,
    date,
  });
  await forge.mergePullRequest({
    repository,
    number,
    by: change.mergedBy,
    date: mergedAt,
    method: 'squash',
  });
  Object.assign(current, files);
}

function changedFiles(
  { kind, tenants, subject, author, date, reason = '' }: PlayedChange,
  read: (file: string) => string | undefined,
  now: Date,
): Files {
  const by = `user:default/${author}`;
  const since = wholeSeconds(date);
  const version = subject?.version ?? '';
  const each = (edit: (text: string) => string) =>
    Object.fromEntries(
      tenants.map(tenantFilePath).map(file => [file, edit(read(file) as string)] as const),
    );
  const policy = (edit: (text: string) => string): Files => {
    const text = read(policyPath);
    return text === undefined ? {} : { [policyPath]: edit(text) };
  };
  switch (kind) {
    case 'onboard':
      return { ...ownFiles(tenants, read), ...each(text => setTag(text, version)) };
    case 'hold':
      return each(text => setHold(text, { version, reason, by, since }));
    case 'mark-bad':
      // It says something of demo-api only where the demo's tenants are.
      return read(tenantFilePath(demoTenants[0].name)) === undefined
        ? {}
        : policy(text => withBadVersion(text, { version, reason, by, since }));
    case 'freeze':
      return tenants.length === 0
        ? {}
        : policy(text =>
            withFreeze(text, { tenants, from: since, until: freezeEnd(now), reason, by }),
          );
    default:
      return each(text => setTag(text, version));
  }
}

function ownFiles(tenants: string[], read: (file: string) => string | undefined): Files {
  return Object.fromEntries(
    tenants.flatMap(tenantFiles).flatMap(file => {
      const text = read(file);
      return text === undefined ? [] : [[file, text]];
    }),
  );
}

/** RFC 3339, as people write it. */
function wholeSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The end of a freeze that has just begun: midnight, as people choose it. */
function freezeEnd(now: Date): string {
  const end = new Date(now.getTime() + freezeDays * 86_400_000);
  return `${end.toISOString().slice(0, 10)}T00:00:00Z`;
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
