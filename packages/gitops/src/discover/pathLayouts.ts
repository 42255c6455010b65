import type { Checkout } from '../checkout/checkout';
import { LayoutError } from '../layout/LayoutError';
import type { LayoutSettings } from '../layout/layoutSchema';
import { placeholders, type Names } from '../layout/pathPattern';
import { lastPart } from '../locate/imageReference';
import { excludedBy } from './excludedBy';
import { pathParts, type PathPart } from './pathRoles';
import type { Subject } from './subject';

/** A subject with what its path says. */
interface Named {
  subject: Subject;
  parts: PathPart[];
}

/** Layouts for deployments that have a file or folder of their own: paths that are alike become one pattern. */
export function pathLayouts(checkout: Checkout, subjects: readonly Subject[]): LayoutSettings[] {
  const named = subjects.flatMap(subject => {
    if (subject.place === undefined || /[{}*?[\]]/.test(subject.place)) return [];
    return [{ subject, parts: pathParts(subject.place, subject.isFile) }];
  });
  return groupAlike(named).flatMap(group => settingsOf(checkout, group) ?? []);
}

/** Groups whose paths differ in names only. */
function groupAlike(all: readonly Named[]): Named[][] {
  const groups = new Map<string, Named[]>();
  for (const one of all) {
    const key = `${one.subject.isFile}:${one.parts
      .map(part => ('isName' in part ? `\0${part.role ?? ''}` : part.text))
      .join('\0')}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap(splitByFirst);
}

/** Names that nothing is known of stay as they are when all have the same, or when only one level of them differs. */
function splitByFirst(group: Named[]): Named[][] {
  const [first] = group;
  if (!first) return [];
  // Folders at the top hold different things, unless a word says what they are.
  const index = first.parts.findIndex(part => 'isName' in part && part.role === undefined);
  const others = first.parts.filter(part => 'isName' in part && part.role === undefined).length;
  if (index !== 0 || others < 2) return [group];
  const groups = new Map<string, Named[]>();
  for (const one of group) {
    const key = one.parts[index].text;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function settingsOf(checkout: Checkout, group: Named[]): LayoutSettings | undefined {
  const roles = rolesOf(group);
  const path = group[0].parts
    .map(({ text }, index) => {
      if (roles[index]) return `{${roles[index]}}`;
      return group.every(one => one.parts[index].text === text) ? text : '*';
    })
    .join('');
  const settings: LayoutSettings = { path };
  const own = new Set(group.map(({ subject }) => subject.place ?? ''));
  try {
    const exclude = excludedBy(checkout, settings, own);
    return { ...settings, ...(exclude.length > 0 ? { exclude } : {}) };
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    // No pattern says it: its deployments get layouts of their own.
    return undefined;
  }
}

/** Which placeholder stands for each name of the paths of a group. */
function rolesOf(group: readonly Named[]): Array<keyof Names | undefined> {
  const [{ parts }] = group;
  const values = parts.map((_, index) => new Set(group.map(one => one.parts[index].text)));
  const roles = parts.map((part, index) => {
    if (!('isName' in part)) return undefined;
    // One name alone, of which no word says anything, is part of the path.
    return part.role ?? (part.isOwn || values[index].size > 1 ? ('open' as const) : undefined);
  });
  const taken = new Set(roles);
  const open = roles.flatMap((role, index) => (role === 'open' ? [index] : []));
  const serviceAt = roles.indexOf('service');
  const result: Array<keyof Names | undefined> = roles.map(role =>
    role === 'open' ? undefined : role,
  );
  if (
    open.length > 0 &&
    serviceAt >= 0 &&
    !taken.has('tenant') &&
    !taken.has('environment') &&
    open[0] > serviceAt
  ) {
    // services/<team>/<service>: of two levels below such a word, the first is whose it is.
    result[serviceAt] = 'tenant';
    result[open.shift()!] = 'service';
  }
  const isService =
    taken.has('environment') && open[0] !== undefined && !sharesServices(group, open[0]);
  const free: Array<keyof Names> = isService ? ['service', 'tenant'] : ['tenant', 'service'];
  for (const index of open) {
    const role = free.find(name => !result.includes(name));
    if (role) result[index] = role;
  }
  const roleSet = new Set(result.filter(role => role !== undefined));
  // Where nothing else tells releases apart, what is called a service is whose it is.
  if (roleSet.size === 1 && roleSet.has('service')) {
    return withoutRepeats(
      result.map(role => role && 'tenant'),
      values,
    );
  }
  return withoutRepeats(result, values);
}

/** Whether the names at a place all have the same services: then they are tenants, and no services themselves. */
function sharesServices(group: readonly Named[], index: number): boolean {
  const services = new Map<string, Set<string>>();
  for (const { subject, parts } of group) {
    const name = parts[index].text;
    const known = services.get(name) ?? new Set<string>();
    for (const { image, service } of subject.deployment.versions)
      known.add(service ?? lastPart(image ?? ''));
    services.set(name, known);
  }
  const sets = [...services].map(([, all]) => [...all].sort().join('\n'));
  // Where the files name no image, what they are called is all that tells services apart.
  return (
    new Set(sets).size === 1 &&
    sets[0] !== '' &&
    ![...services].some(([name, all]) => all.has(name))
  );
}

/** A placeholder stands once in a pattern: the place that differs most keeps it. */
function withoutRepeats(
  roles: Array<keyof Names | undefined>,
  values: ReadonlyArray<ReadonlySet<string>>,
): Array<keyof Names | undefined> {
  const result = [...roles];
  for (const role of placeholders) {
    const places = result.flatMap((one, index) => (one === role ? [index] : []));
    const [, ...others] = places.sort(
      (one, other) => values[other].size - values[one].size || other - one,
    );
    for (const index of others) {
      const spare = placeholders.find(name => name !== 'cluster' && !result.includes(name));
      result[index] = values[index].size > 1 ? spare : undefined;
    }
  }
  return result;
}
