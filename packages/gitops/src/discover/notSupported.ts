import type { Checkout } from '../checkout/checkout';
import { isInUse } from '../applications/manifests';

const kinds: ReadonlyArray<{ name: string; file: RegExp; text?: RegExp }> = [
  {
    name: 'Flux',
    file: /\.ya?ml$/,
    text: /^apiVersion:\s*["']?(?:kustomize|helm|source)\.toolkit\.fluxcd\.io\//m,
  },
  { name: 'helmfile', file: /(^|\/)helmfile(\.d\/[^/]+)?\.ya?ml(\.gotmpl)?$/ },
  { name: 'Jsonnet', file: /\.(jsonnet|libsonnet)$/ },
];

/** Tools whose files are in the repository and that are not supported, for people. */
export function notSupported(checkout: Checkout): string[] {
  return kinds.flatMap(({ name, file, text }) => {
    const [first, ...more] = checkout.files.filter(
      path => file.test(path) && isInUse(path) && (!text || text.test(checkout.text(path) ?? '')),
    );
    if (first === undefined) return [];
    const others = more.length > 0 ? ` and ${more.length} more` : '';
    return [`${name} is not supported: ${first}${others}`];
  });
}
