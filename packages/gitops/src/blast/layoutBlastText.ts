import { shorten } from '../text/shorten';
import type { LayoutBlast, ReachedRelease } from './layoutBlast';
import { code, plain, table } from './markdown';

/** More rows than anybody reads, and than a comment holds. */
const maxRows = 100;
const maxFiles = 30;

/** What a change does, in one line. */
export function layoutHeadline(blast: LayoutBlast): string {
  const { releases, tenants, totalTenants, totalReleases, unmatched } = blast;
  const known =
    releases.length === 0
      ? 'No release changes.'
      : `${tenants} of ${totalTenants} tenants, ${releases.length} of ${totalReleases} releases.`;
  if (unmatched.length === 0) return known;
  const what = unmatched.length === 1 ? '1 thing' : `${unmatched.length} things`;
  return `${known} Not known of ${what} that cannot be read or matched.`;
}

/** A blast radius for the terminal. */
export function layoutBlastAsText(blast: LayoutBlast): string {
  const rows = blast.releases.slice(0, maxRows).map(one => {
    const { tenant, service } = one;
    return shorten(`${tenant}/${service}${placeOf(one)}: ${toldOf(one).join('; ')}`, 600);
  });
  const more = blast.releases.length - maxRows;
  const lines = [
    layoutHeadline(blast),
    ...rows,
    ...(more > 0 ? [`and ${more} more releases`] : []),
    ...others(blast),
  ];
  return `${lines.join('\n')}\n`;
}

/** A blast radius as a comment on a pull request. */
export function layoutBlastAsMarkdown(blast: LayoutBlast): string {
  const rows = blast.releases
    .slice(0, maxRows)
    .map(one => [
      code(one.tenant),
      code(one.service),
      plain(placeOf(one).replace(/^ \(|\)$/g, '')),
      one.ring === undefined ? '' : String(one.ring),
      one.owner === undefined ? '' : code(one.owner),
      plain(toldOf(one).join('; '), 300),
    ]);
  const more = blast.releases.length - maxRows;
  return [
    '### Blast radius',
    '',
    layoutHeadline(blast),
    '',
    ...table(['tenant', 'service', 'where', 'ring', 'owner', 'what'], rows),
    ...(more > 0 ? [`and ${more} more releases`, ''] : []),
    ...others(blast).map(line => `- ${plain(line, 400)}`),
  ].join('\n');
}

function placeOf({ environment, cluster, tenant }: ReachedRelease): string {
  const parts = [environment === tenant ? undefined : environment, cluster].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

function toldOf({ change, from = '', to = '', files, heldAt }: ReachedRelease): string[] {
  const what = {
    added: `new, at ${to}`,
    removed: `removed, was at ${from}`,
    version: `${from} -> ${to}`,
    settings: `stays at ${to}, rendered anew`,
  }[change];
  const through = files.length > 0 ? `by ${files.slice(0, 3).join(', ')}` : '';
  const held = heldAt === undefined ? '' : `held at ${heldAt}`;
  const rest = files.length > 3 ? `and ${files.length - 3} more files` : '';
  return [what, [through, rest].filter(Boolean).join(' '), held].filter(Boolean);
}

function others({ otherFiles, unmatched }: LayoutBlast): string[] {
  const open = unmatched
    .slice(0, maxFiles)
    .map(({ kind, name, reason }) => shorten(`not known: ${kind} ${name}: ${reason}`, 400));
  const shown = otherFiles.slice(0, maxFiles).map(file => `of no release: ${file}`);
  const more = otherFiles.length - maxFiles;
  return [...open, ...shown, ...(more > 0 ? [`of no release: ${more} more files`] : [])];
}
