import {
  formatInstant,
  readInstant,
  type ChangeRequest,
} from '@internal/plugin-tenant-releases-common';
import { plain } from '../../blast/markdown';
import { freezeSubject } from '../../blast/policyChanges';
import {
  parseReleasePolicy,
  type PolicyFreeze,
  type ReleasePolicy,
} from '../../policy/releasePolicy';
import { editPolicy, requirePolicy } from '../changePolicy';
import { ChangeRefusal, InvalidChange } from '../ChangeRefusal';
import { chooseTenants } from '../chooseTenants';
import { addEntry } from '../listEntries';
import { changedTenant } from './changedTenant';
import type { KindOfChange } from './changeKind';

/** A window that began longer ago is a slip of the pen. One that began today is not, nor a request that is sent again. */
const longestPastMs = 24 * 60 * 60 * 1000;

/** Closes a window in which nothing is released to tenants. */
export const freeze: KindOfChange = {
  plan(state, request, { at, by }) {
    requirePolicy(state);
    const { candidates, leftOut, isEverybody, service } = chooseTenants(state, request);
    const window = windowOf(request, at);
    const { reason = '' } = request;
    const tenants = isEverybody
      ? state.tenants.flatMap(({ name, file }) => (file ? changedTenant(name, file.tenant) : []))
      : candidates.map(({ tenant, file }) => changedTenant(tenant.name, file.tenant));
    const names = tenants.map(({ name }) => name);
    if (names.length === 0 && !isEverybody) {
      throw new ChangeRefusal('no tenant meets all choices', 'NOTHING_TO_CHANGE', leftOut);
    }
    const subject: { all: true } | { tenants: string[] } = isEverybody
      ? { all: true }
      : { tenants: names };
    const wanted = { ...subject, ...window, reason };
    const same = state.policy.freezes.find(one => isSame(one, wanted, request.from !== undefined));
    if (same) {
      const words = `the freeze is there already: from ${same.from} until ${same.until}`;
      throw new ChangeRefusal(words, 'NOTHING_TO_CHANGE', leftOut);
    }
    const write = (from: string, who: string) =>
      editPolicy(state, text =>
        addEntry(text, 'freezes', { ...subject, from, until: window.until, reason, by: who }),
      ).text;
    const { policyText, places } = state;
    return {
      edits: [
        {
          path: places.policyPath,
          ...(policyText === undefined ? {} : { before: policyText }),
          text: write(window.from, by),
          tenants,
          to: `frozen until ${window.until}`,
          accepts: there => {
            const read = parseReleasePolicy(there);
            return (read.ok ? added(read.policy, state.policy) : []).some(
              one =>
                one.by !== undefined &&
                isSame(one, wanted, request.from !== undefined) &&
                write(one.from, one.by) === there,
            );
          },
        },
      ],
      // A freeze of everybody is one of those too whose files cannot be read.
      leftOut: isEverybody ? [] : leftOut,
      notes: [
        {
          text: `From ${plain(window.from)} until ${plain(window.until)}${
            request.timeZone === undefined ? '' : ` (${plain(request.timeZone)})`
          }. A roll-back passes a freeze.`,
        },
        ...overlapping(state.policy, wanted),
      ],
      ...(service === undefined ? {} : { service }),
      versions: [],
    };
  },
  title: ({ request, whom }) => `Freeze ${whom} until ${request.until}`,
};

/** @throws InvalidChange */
function windowOf(
  { from, until, timeZone }: ChangeRequest,
  at: Date,
): { from: string; until: string } {
  const [start, end] = [
    from === undefined ? at : instantOf('from', from, timeZone),
    instantOf('until', until ?? '', timeZone),
  ];
  if (start.getTime() < at.getTime() - longestPastMs) {
    throw new InvalidChange(
      'from',
      'lies more than a day in the past: name a later time, or leave it out for now',
    );
  }
  if (end <= at) throw new InvalidChange('until', 'lies in the past: name a later time');
  if (end <= start) throw new InvalidChange('until', 'must be later than from');
  const latest = new Date(start);
  latest.setUTCFullYear(start.getUTCFullYear() + 1);
  if (end > latest) {
    const words = `is more than a year after from: freeze at most until ${formatInstant(
      latest,
      timeZone,
    )}`;
    throw new InvalidChange('until', words);
  }
  return { from: formatInstant(start, timeZone), until: formatInstant(end, timeZone) };
}

function instantOf(field: string, text: string, timeZone: string | undefined): Date {
  const read = readInstant(text, timeZone);
  if ('problem' in read) throw new InvalidChange(field, read.problem);
  return read.instant;
}

/** Whether two freezes mean the same. @param isFromGiven - else it began when somebody asked, whenever that was */
function isSame(one: PolicyFreeze, other: PolicyFreeze, isFromGiven: boolean): boolean {
  const isFrom = !isFromGiven || Date.parse(one.from) === Date.parse(other.from);
  return (
    isFrom &&
    Date.parse(one.until) === Date.parse(other.until) &&
    one.reason === other.reason &&
    freezeSubject(one) === freezeSubject(other)
  );
}

function added(after: ReleasePolicy, before: ReleasePolicy): PolicyFreeze[] {
  const there = new Set(before.freezes.map(one => JSON.stringify(one)));
  return after.freezes.filter(one => !there.has(JSON.stringify(one)));
}

function overlapping({ freezes }: ReleasePolicy, { from, until }: PolicyFreeze) {
  const found = freezes.filter(
    one => Date.parse(one.from) < Date.parse(until) && Date.parse(from) < Date.parse(one.until),
  );
  if (found.length === 0) return [];
  const names = found
    .slice(0, 5)
    .map(one => `${plain(freezeSubject(one))} until ${plain(one.until)} (${plain(one.reason)})`);
  const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
  return [
    {
      text: `Overlaps with: ${names.join('; ')}${more}. Of several, the one that ends last counts.`,
    },
  ];
}
