import type { Layout } from '../layout/layout';

/**
 * Text that Argo CD's tools read. The rest of a repository may be gigabytes of pictures, archives and models, and Git tells no size
 * before it hands a content out.
 */
const names =
  /(^|\/)(\.?[^/.]+|[^/]+\.(ya?ml|json|json5|jsonnet|libsonnet|tpl|tmpl|gotmpl|txt|env|properties|toml|ini|cfg|conf|xml))$/i;

/** Whether a file may say something of a release, whatever the layouts are. */
export function mayBeRead(path: string): boolean {
  return names.test(path);
}

/** Whether a file may say something of a release in these layouts. */
export function mayMatter(layouts: readonly Layout[], path: string): boolean {
  const isClaimed = ({ path: pattern, settings }: Layout) =>
    pattern?.match(path) !== undefined || settings.facts?.registry === path;
  return mayBeRead(path) || layouts.some(isClaimed);
}
