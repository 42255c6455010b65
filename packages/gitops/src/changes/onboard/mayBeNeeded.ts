import { mayMatter } from '../../checkout/mayBeRead';
import type { Layout } from '../../layout/layout';
import type { OnboardingRequest } from './request';
import { escapeExpression, labelOf } from './tenantWords';

/** Whether an onboarding may read a file: what says something of a release, skeletons, and what stands beside the files of a model. */
export function mayBeNeeded(
  layouts: readonly Layout[],
  { from }: OnboardingRequest,
  path: string,
): boolean {
  const settings = layouts.flatMap(layout => layout.settings.onboarding ?? []);
  const models = [from, ...settings.map(({ model }) => model)].flatMap(id =>
    id === undefined ? [] : [id, labelOf(id)],
  );
  const named = settings.flatMap(({ files = [], entries = [] }) => [
    ...files.flatMap(({ skeleton }) => skeleton ?? []),
    ...entries.map(({ file }) => file),
  ]);
  const isNamed = (pattern: string) =>
    new RegExp(
      `^${pattern
        .split(/\{\w+\}/)
        .map(escapeExpression)
        .join('[^/]+')}$`,
    ).test(path);
  return mayMatter(layouts, path) || models.some(id => path.includes(id)) || named.some(isNamed);
}
