import type { Outcome } from './checkQueries';

/** What the embedded platform cannot measure, or measures only while something is wrong, and why. */
const absent: [metric: RegExp, reason: string][] = [
  [/^alertmanager_/, 'the embedded platform has no Alertmanager'],
  [/^loki_/, 'the embedded platform has no collector and no Loki that drops lines'],
  [/^kube_horizontalpodautoscaler_/, 'no tenant has an autoscaler'],
  [/^kube_pod_container_status_waiting_reason$/, 'no container waits'],
  [/^ALERTS$/, 'no alert fires'],
];

/** Queries that find something only after a release, or while something is wrong. */
const eventful = /\/ (Releases|Syncs|Errors)$/;

/** Why an outcome is all right; undefined when it is not. */
export function excuse({ state, detail = '', query }: Outcome): string | undefined {
  if (state === 'data') return 'has data';
  if (state === 'quiet' && query.kind === 'alert') return 'nothing is wrong';
  if (state !== 'refused' && eventful.test(query.where)) return 'nothing has happened';
  if (state !== 'missing' || !detail) return undefined;
  const reasons = detail.split(', ').map(metric => absent.find(([name]) => name.test(metric))?.[1]);
  return reasons.every(Boolean) ? [...new Set(reasons)].join('; ') : undefined;
}
