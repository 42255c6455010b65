import { code, plain, table } from '../blast/markdown';
import type { ChangePart, ChangePlan } from './planChange';
import { maxBody, maxRows, tally } from './proposalText';

/** Body of a change's pull request, in Markdown: what changes, whom it reaches, who is left out and why. */
export function changeBody(plan: ChangePlan, part: ChangePart, about?: string): string {
  const texts = [maxRows, 50, 10, 0].map(count => bodyWith(plan, part, about, count));
  return texts.find(({ length }) => length <= maxBody) ?? texts[texts.length - 1].slice(0, maxBody);
}

function bodyWith(
  { request, by }: ChangePlan,
  { edits, tenants, notes, leftOut }: ChangePart,
  about: string | undefined,
  limit: number,
): string {
  const more = (count: number) => (count > limit ? [`and ${count - limit} more`, ''] : []);
  const all = edits.flatMap(({ tenants: own, from = '', to = '' }) =>
    own.map(tenant => ({ tenant, from, to })),
  );
  const rows = all
    .slice(0, limit)
    .map(({ tenant: { name, displayName = '', tier = '', ring }, from, to }) => [
      code(name),
      plain(displayName, 80),
      code(tier),
      ring === undefined ? '' : String(ring),
      code(from),
      code(to),
    ]);
  const left = leftOut
    .slice(0, limit)
    .map(one => `- ${code(one.tenant)} ${plain(one.text, 400)} (${one.code})`);
  const shownNotes = notes.slice(0, Math.max(limit, 5));
  return [
    ...(request.reason === undefined ? [] : [`**Why:** ${plain(request.reason, 500)}`, '']),
    ...(about ? [about, ''] : []),
    ...table(['tenant', 'name', 'tier', 'ring', 'from', 'to'], rows),
    ...more(all.length),
    ...shownNotes.flatMap(note => [note, '']),
    ...(notes.length > shownNotes.length
      ? [`and ${notes.length - shownNotes.length} more such notes`, '']
      : []),
    '**Blast radius**',
    '',
    `- tenants: ${tenants.length}`,
    ...(tenants.length > 0
      ? [
          `- tiers: ${tally(tenants.map(({ tier }) => tier ?? 'not known'))}`,
          `- rings: ${tally(
            tenants.map(({ ring }) => (ring === undefined ? 'not known' : `ring ${ring}`)),
          )}`,
          `- owners: ${tally(tenants.map(({ owner }) => owner ?? 'not known'))}`,
        ]
      : []),
    '',
    ...(left.length > 0 || leftOut.length > 0
      ? ['**Left out**', '', ...left, ...more(leftOut.length), '']
      : []),
    `<sub>${code(`gitops ${request.kind}`)} for ${code(by)}</sub>`,
  ].join('\n');
}
