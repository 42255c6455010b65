import { percent } from '@internal/plugin-tenant-releases-common';
import type { FleetRow } from './fleet';
import { shortVersion } from './version';

const format = new Intl.NumberFormat('en-GB');

/** Tenants of which one row or more is so. */
function tenantsOf(rows: readonly FleetRow[]): number {
  return new Set(rows.map(({ tenant }) => tenant)).size;
}

const isFailing = ({ reasons }: FleetRow) =>
  reasons.some(({ code }) => code === 'ERRORS_ABOVE_OBJECTIVE');
const hasAlert = ({ reasons }: FleetRow) => reasons.some(({ code }) => code === 'ALERT_FIRING');
const isBad = ({ reasons }: FleetRow) => reasons.some(({ code }) => code === 'BAD_VERSION');
const isMeasured = ({ serving }: FleetRow) =>
  serving !== undefined && serving.status !== 'not-measured';

/** The second half of the sentence about the fleet: what does not serve, and of what nobody knows. */
export function servingClauses(rows: readonly FleetRow[]): string[] {
  if (rows.length === 0) return [];
  const failing = rows.filter(isFailing);
  const failingTenants = new Set(failing.map(({ tenant }) => tenant));
  const firing = rows.filter(row => hasAlert(row) && !failingTenants.has(row.tenant));
  const clauses: string[] = [];
  const add = (count: number, one: string, more: string) => {
    if (count > 0) clauses.push(`${format.format(count)} ${count === 1 ? one : more}`);
  };
  const what = failingText(failing);
  add(failingTenants.size, `fails ${what}`, `fail ${what}`);
  add(tenantsOf(firing), 'has an alert that fires', 'have alerts that fire');
  add(tenantsOf(rows.filter(isBad)), 'is on a bad version', 'are on a bad version');
  const unknown = tenantsOf(rows.filter(row => !isMeasured(row)));
  if (unknown > 0) {
    const all = unknown === tenantsOf(rows);
    clauses.push(
      all
        ? 'whether they serve is not measured'
        : `whether ${format.format(unknown)} ${unknown === 1 ? 'serves' : 'serve'} is not measured`,
    );
  }
  return clauses;
}

/** `33 % of requests since sha-4ed4022`: of several the worst, and the version only where it is the same. */
function failingText(rows: readonly FleetRow[]): string {
  const ratios = rows.flatMap(({ serving }) => serving?.errorRatio ?? []);
  const worst = ratios.reduce((a, b) => Math.max(a, b), 0);
  const versions = new Set(rows.map(({ serving }) => serving?.version));
  const [version] = versions;
  const isSame = new Set(ratios.map(percent)).size <= 1;
  const since =
    versions.size === 1 && version !== undefined ? ` since ${shortVersion(version)}` : '';
  return `${isSame ? '' : 'up to '}${percent(worst)} of requests${since}`;
}
