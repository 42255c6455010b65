import { joinRelease } from '../joinRelease';
import type { ReleaseParts } from '../releaseParts';
import { parts } from './parts';

/** Addresses of every place where something can be mended. */
export const links = {
  values: 'values-url',
  argocd: 'argocd-url',
  grafana: 'grafana-url',
  policy: 'policy-url',
};

/** The state of a release, and its reasons as `CODE text`, with `(since)` where that is known. */
export function verdict(more: Partial<ReleaseParts>): [state: string, ...reasons: string[]] {
  const { state, reasons } = joinRelease(parts(more));
  return [
    state,
    ...reasons.map(({ code, text, since }) => `${code} ${text}${since ? ` (${since})` : ''}`),
  ];
}

/** Where the reason of that code leads, and how the place is called. */
export function linkOf(code: string, more: Partial<ReleaseParts>): string | undefined {
  const reason = joinRelease(parts(more), links).reasons.find(found => found.code === code);
  if (!reason) return `no ${code}`;
  return reason.link && `${reason.link.text}: ${reason.link.href}`;
}
