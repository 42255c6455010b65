import type {
  Release,
  SourceErrorClass,
  SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import { asSentence } from './reasons';
import { formatDuration } from './time';

/** What people call the upstreams. */
export const sourceNames: Record<SourceStatus['kind'], string> = {
  git: 'Git',
  argocd: 'Argo CD',
  kubernetes: 'Kubernetes',
  prometheus: 'Prometheus',
  loki: 'Loki',
};

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

/**
 * What is wrong with a source and how old the data is, to stand beside that data:
 * `Argo CD unreachable for 3 min, last known`; of one that was never there, what to do about it. `undefined` while the source is ok.
 */
export function sourceNote(source: SourceStatus | undefined): string | undefined {
  if (!source || source.state === 'ok') return undefined;
  // Waiting does not help there, so that no age matters.
  if (source.error === 'misconfigured') {
    return `${sourceNames[source.kind]} ${problems.misconfigured}`;
  }
  const problem = source.error ? problems[source.error] : undefined;
  const fallback = source.state === 'down' ? 'unreachable' : 'late';
  return `${sourceNames[source.kind]} ${problem ?? fallback} for ${formatDuration(
    source.ageSeconds,
  )}, last known`;
}

/** {@link sourceNote} with what is known besides: what is wrong in particular, and the cure. */
export function sourceTrouble(source: SourceStatus | undefined): string | undefined {
  const note = sourceNote(source);
  return note && source?.detail ? `${note}. ${asSentence(source.detail)}` : note;
}

/**
 * The source of one part of a release, if something is wrong with it. A source named after the release's
 * cluster is the one; otherwise the worst of its kind.
 */
export function troubledSource(
  sources: readonly SourceStatus[],
  kind: SourceStatus['kind'],
  release?: Pick<Release, 'cluster'>,
): SourceStatus | undefined {
  const ofKind = sources.filter(source => source.kind === kind);
  const named = ofKind.filter(({ name }) => name === release?.cluster);
  const candidates = (named.length > 0 ? named : ofKind).filter(({ state }) => state !== 'ok');
  return candidates.find(({ state }) => state === 'down') ?? candidates[0];
}
