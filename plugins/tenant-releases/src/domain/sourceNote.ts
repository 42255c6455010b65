import type {
  Release,
  SourceErrorClass,
  SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import { asSentence } from './reasons';
import { formatDuration, secondsBetween } from './time';

/** What people call the upstreams. */
export const sourceNames: Record<SourceStatus['kind'], string> = {
  git: 'Git',
  argocd: 'Argo CD',
  kubernetes: 'Kubernetes',
  prometheus: 'Prometheus',
  loki: 'Loki',
};

/** What people call a source; of several repositories, each by its name. */
export function calledSource({ id, kind, name }: SourceStatus): string {
  const isOneOfMany = kind === 'git' && /^git:\d+$/.test(id);
  return isOneOfMany ? `${sourceNames.git} ${name}` : sourceNames[kind];
}

const problems: Record<SourceErrorClass, string> = {
  unreachable: 'unreachable',
  timeout: 'not answering',
  unauthorized: 'refusing the portal’s credentials',
  forbidden: 'refusing the portal access',
  'not-found': 'answering “not found”',
  'rate-limited': 'asking the portal to slow down',
  'server-error': 'answering with errors',
  'bad-answer': 'answering with something that cannot be read',
  misconfigured: 'not set up correctly',
};

/** What went wrong, to stand after the source's name or a colon: `not answering`. */
export function sourceProblem(error: SourceErrorClass): string {
  return problems[error];
}

/** What people call the sources that are late or down, each once; of a release only its own. */
export function awaySources(
  sources: readonly SourceStatus[],
  release?: Pick<Release, 'cluster' | 'gitSource'>,
): string[] {
  const kinds = Object.keys(sourceNames) as SourceStatus['kind'][];
  return kinds.flatMap(kind => {
    const source = troubledSource(sources, kind, release);
    return source ? calledSource(source) : [];
  });
}

/**
 * Seconds since a source was last known to be current. It follows from the moment that the server names, which is the
 * same in all of its answers, so that everything on a page says the same age; an older server names none.
 *
 * @param now - milliseconds since 1970 by the server's clock
 */
export function sourceAge({ currentAt, ageSeconds }: SourceStatus, now: number): number {
  return secondsBetween(currentAt, now) ?? ageSeconds;
}

/**
 * When the oldest part of a release was last known to be current, in RFC 3339; `undefined` while all are, and of an
 * older server.
 */
export function staleSince({ reasons }: Pick<Release, 'reasons'>): string | undefined {
  return reasons
    .flatMap(({ code, since }) => (code === 'SOURCE_STALE' && since ? [since] : []))
    .sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}

/** How old the oldest part of a release is: `last known, 3 min old`; `undefined` while all are current. */
export function staleNote(
  release: Pick<Release, 'reasons' | 'staleSeconds'>,
  now: number,
): string | undefined {
  if (release.staleSeconds === undefined) return undefined;
  const seconds = secondsBetween(staleSince(release), now) ?? release.staleSeconds;
  return `last known, ${formatDuration(seconds)} old`;
}

/**
 * What is wrong with a source and how old the data is, to stand beside that data:
 * `Argo CD unreachable for 3 min, last known`; of one that was never there, what to do about it. `undefined` while the source is ok.
 *
 * @param now - milliseconds since 1970 by the server's clock
 */
export function sourceNote(source: SourceStatus | undefined, now: number): string | undefined {
  if (!source || source.state === 'ok') return undefined;
  // Waiting does not help there, so that no age matters.
  if (source.error === 'misconfigured') {
    return `${calledSource(source)} ${problems.misconfigured}`;
  }
  const problem = source.error ? problems[source.error] : undefined;
  const fallback = source.state === 'down' ? 'unreachable' : 'late';
  const age = formatDuration(sourceAge(source, now));
  return `${calledSource(source)} ${problem ?? fallback} for ${age}, last known`;
}

/** {@link sourceNote} with what is known besides: what is wrong in particular, and the cure. */
export function sourceTrouble(source: SourceStatus | undefined, now: number): string | undefined {
  const note = sourceNote(source, now);
  return note && source?.detail ? `${note}. ${asSentence(source.detail)}` : note;
}

/**
 * The source of one part of a release, if something is wrong with it. The repository that it is read from, or a source named
 * after the release's cluster, is the one; otherwise the worst of its kind.
 */
export function troubledSource(
  sources: readonly SourceStatus[],
  kind: SourceStatus['kind'],
  release?: Pick<Release, 'cluster' | 'gitSource'>,
): SourceStatus | undefined {
  const ofKind = sources.filter(source => source.kind === kind);
  const named = ofKind.filter(({ id, name }) =>
    kind === 'git' ? id === release?.gitSource : name === release?.cluster,
  );
  const candidates = (named.length > 0 ? named : ofKind).filter(({ state }) => state !== 'ok');
  return candidates.find(({ state }) => state === 'down') ?? candidates[0];
}
