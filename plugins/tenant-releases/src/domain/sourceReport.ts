import type {
  LayoutMatch,
  LeftOut,
  ReleaseState,
  SourceReport,
} from '@internal/plugin-tenant-releases-common';
import { formatCount } from './formatCount';
import { sourceNames } from './sourceNote';

/** How a source is, from bad to good. */
const ranks = ['misconfigured', 'down', 'stale', 'left-out', 'ok'] as const;

function rankOf({ state, error, leftOutCount }: SourceReport): (typeof ranks)[number] {
  if (state === 'down') return error === 'misconfigured' ? 'misconfigured' : 'down';
  if (state === 'stale') return 'stale';
  return leftOutCount > 0 ? 'left-out' : 'ok';
}

/** `nothing is left out` of a source, as far as it is known; `undefined` where something is, or nothing has been read. */
export function nothingLeftOut({
  state,
  counts,
  leftOutCount,
}: Pick<SourceReport, 'state' | 'counts' | 'leftOutCount'>): string | undefined {
  if (leftOutCount > 0 || counts.length === 0) return undefined;
  return state === 'ok' ? 'Nothing is left out.' : 'Nothing was left out when it was read last.';
}

/** The worst first; those that are alike stay in the order of the server. */
export function worstFirst(reports: readonly SourceReport[]): SourceReport[] {
  const rank = (report: SourceReport) => ranks.indexOf(rankOf(report));
  return [...reports].sort((one, other) => rank(one) - rank(other));
}

/** What people call a source: `Git acme/platform`, `Argo CD main`, `Prometheus`. */
export function reportTitle({ kind, name, git }: SourceReport): string {
  const own = git?.repository ?? name;
  const word = sourceNames[kind];
  return own.startsWith(word) ? own : `${word} ${own}`;
}

/** A source's state in a word, with the meaning that has its icon and colour. */
export function reportState(report: SourceReport): { state: ReleaseState; word: string } {
  switch (rankOf(report)) {
    case 'misconfigured':
      return { state: 'degraded', word: 'Not set up correctly' };
    case 'down':
      return { state: 'degraded', word: 'Down' };
    case 'stale':
      return { state: 'unknown', word: report.counts.length > 0 ? 'Late' : 'Has not answered yet' };
    default:
      return { state: 'in-sync', word: 'Answers' };
  }
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** How the sources are: `2 of 3 sources answer; Git acme/platform is not set up correctly. 4 entries are left out.` */
export function sourcesSentence(reports: readonly SourceReport[]): string {
  if (reports.length === 0) return 'The server names no source.';
  const total = formatCount(reports.length);
  const named = (rank: (typeof ranks)[number]) =>
    reports.filter(report => rankOf(report) === rank).map(reportTitle);
  const clause = (titles: string[], [one, more]: [string, string]) =>
    titles.length === 0 ? [] : [`${list.format(titles)} ${titles.length === 1 ? one : more}`];
  const troubles = [
    ...clause(named('misconfigured'), ['is not set up correctly', 'are not set up correctly']),
    ...clause(named('down'), ['is down', 'are down']),
    ...clause(named('stale'), ['is late', 'are late']),
  ];
  const answering = reports.filter(({ state }) => state === 'ok').length;
  const all = reports.length === 1 ? 'The only source answers' : `All ${total} sources answer`;
  const some = [`${formatCount(answering)} of ${total} sources answer`, ...troubles].join('; ');
  const leftOut = reports.reduce((sum, { leftOutCount }) => sum + leftOutCount, 0);
  if (troubles.length === 0) return `${all}. ${leftOutText(leftOut)}.`;
  // That a source leaves out nothing is not known while it is away.
  return leftOut === 0 ? `${some}.` : `${some}. ${leftOutText(leftOut)}.`;
}

function leftOutText(count: number): string {
  if (count === 0) return 'Nothing is left out';
  return count === 1 ? '1 entry is left out' : `${formatCount(count)} entries are left out`;
}

/** What the browser's tab says. */
export function sourcesTitle(reports: readonly SourceReport[]): string {
  const away = reports.filter(({ state }) => state !== 'ok').length;
  return away === 0
    ? 'Sources'
    : `${formatCount(away)} of ${formatCount(reports.length)} in trouble · Sources`;
}

/** Whether a pattern is configured for nothing. */
export function isIdle({ files }: LayoutMatch): boolean {
  return files === 0;
}

/** How many of a long list are shown: `100 of 3,211 shown`, `11 of 131 match`; `undefined` when all are. */
export function shownText(
  shown: number,
  { matchCount, totalCount }: { matchCount: number; totalCount: number },
): string | undefined {
  const matching =
    matchCount < totalCount
      ? `${formatCount(matchCount)} of ${formatCount(totalCount)} match`
      : undefined;
  const cut =
    shown < matchCount ? `${formatCount(shown)} of ${formatCount(matchCount)} shown` : undefined;
  const said = [matching, cut].filter(text => text !== undefined);
  return said.length === 0 ? undefined : said.join(', ');
}

/** Names an entry among others; the same object may be named with two reasons. */
export function entryKey({ kind, name, reason }: LeftOut): string {
  return [kind, name, reason].join('\n');
}
