import {
  percent,
  type ServiceVersion,
  type ServiceVersions,
} from '@internal/plugin-tenant-releases-common';
import { formatCount } from './formatCount';
import { shortVersion } from './version';

const tenantsOf = (count: number) => `${formatCount(count)} ${count === 1 ? 'tenant' : 'tenants'}`;

/** Whether a service's versions tell of more tenants than the user sees as rows. */
export function tellsMore({ tenants, readable }: ServiceVersions): boolean {
  return tenants > readable;
}

/** How a service is over all its tenants, in one sentence: what runs, and whether the newest serves. */
export function serviceSentence(answer: ServiceVersions): string {
  const { service, tenants, versions, withoutPods, notice } = answer;
  if (tenants === 0) {
    // Whether there are others is not for everybody to know.
    const isNone = notice?.code === 'NO_TENANTS';
    return isNone ? `No tenant has ${service} yet.` : `You see no tenant of ${service} here.`;
  }
  const [newest] = versions;
  if (!newest) return `${tenantsOf(tenants)} of ${service}, of which no version is known.`;
  if (!isOrdered(versions)) {
    return `${tenantsOf(tenants)} ${tenants === 1 ? 'has' : 'have'} ${formatCount(
      versions.length,
    )} versions of ${service}; which is the newest is not known yet.`;
  }
  const bad = newest.isBad ? ', which is on the list of bad versions' : '';
  const clauses = [
    `${formatCount(newest.running)} of ${tenantsOf(tenants)} ${
      newest.running === 1 ? 'runs' : 'run'
    } the newest version of ${service}, ${shortVersion(newest.version)}${bad}`,
  ];
  const others = versions.slice(1).filter(({ running }) => running > 0);
  if (others.length > 0) {
    // What only pods tell of may be newer, or of no release at all.
    const what = others.every(({ firstSeen }) => firstSeen) ? 'older' : 'other';
    const run = others.length === 1 ? 'version runs' : 'versions run';
    clauses.push(`${formatCount(others.length)} ${what} ${run}`);
  }
  if (withoutPods > 0) {
    clauses.push(`${tenantsOf(withoutPods)} ${withoutPods === 1 ? 'has' : 'have'} no ready pod`);
  }
  clauses.push(servingClause(newest));
  return `${clauses.join('; ')}.`;
}

/** Whether the newest is known: while Git's history is being read, a version that is wanted may have no age yet. */
function isOrdered(versions: readonly ServiceVersion[]): boolean {
  return (
    versions.length < 2 || versions.every(({ desired, firstSeen }) => desired === 0 || firstSeen)
  );
}

function servingClause({ serving }: ServiceVersion): string {
  return serving
    ? `${percent(serving.errorRatio)} of the requests of the newest fail`
    : 'whether the newest serves is not told';
}

/** Why versions are not measured, each reason once with the versions that it is of. */
export function unmeasured(
  versions: readonly ServiceVersion[],
): Array<{ text: string; versions: string[] }> {
  const found = new Map<string, string[]>();
  for (const { version, notMeasured } of versions) {
    if (notMeasured !== undefined) {
      found.set(notMeasured, [...(found.get(notMeasured) ?? []), version]);
    }
  }
  return [...found].map(([text, of]) => ({ text, versions: of }));
}

/**
 * The versions whose difference is what is still to come to somebody: the oldest that runs, and the newest.
 *
 * @param versions - the newest first
 * @returns undefined when they are the same, or nobody knows which is the newest
 */
export function commitSpan(
  versions: readonly ServiceVersion[],
): { from: string; to: string } | undefined {
  const to = versions[0]?.version;
  const from = versions.filter(({ running }) => running > 0).at(-1)?.version;
  if (from === undefined || to === undefined || from === to || !isOrdered(versions)) {
    return undefined;
  }
  return { from, to };
}
