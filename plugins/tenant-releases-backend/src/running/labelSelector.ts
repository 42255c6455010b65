/** A selector that is none, as the end of a sentence with the cure. */
export class SelectorError extends Error {
  override name = 'SelectorError';
}

/** Labels of pods, whose values may hold names in braces. */
export type LabelSelector = ReadonlyArray<readonly [label: string, value: string]>;

/** What the pods of charts carry that were made by `helm create`, and what Argo CD adds where it tracks by label. */
export const defaultSelector = 'app.kubernetes.io/instance={application}';

const podNames = ['application', 'tenant', 'service', 'environment', 'cluster'] as const;

type Name = (typeof podNames)[number];

/** Names that stand in for the braces of a selector; one that is empty is not known. */
export type SelectorNames = Readonly<Record<Name, string>>;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const label = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/**
 * Reads `app.kubernetes.io/instance={application}`, also several with commas between: pods need all of them.
 *
 * @throws SelectorError
 */
export function parseSelector(text: string, names: readonly Name[] = podNames): LabelSelector {
  const pairs = text.split(',').map(part => /^\s*([^=!\s]+)\s*==?\s*([^=\s]+)\s*$/.exec(part));
  const found = pairs.map(pair => {
    const [, name, value] = pair ?? [];
    if (name === undefined || !label.test(name)) {
      throw new SelectorError(
        `must be labels and their values, for example ${defaultSelector}; "in", "!=" and labels without a value are not known`,
      );
    }
    requireNames(value, names);
    return [name, value] as const;
  });
  return found.sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
}

/**
 * Refuses names in braces that are not known.
 *
 * @throws SelectorError
 */
export function requireNames(text: string, names: readonly Name[]): void {
  const unknown = [...text.matchAll(/\{([^{}]*)\}/g)].find(
    ([, one]) => !names.includes(one as Name),
  );
  if (unknown) throw new SelectorError(`holds ${unknown[0]}; use {${names.join('}, {')}}`);
}

/** A text with the names in the place of their braces; undefined when one of them is not known. */
export function filled(text: string, known: SelectorNames): string | undefined {
  let isKnown = true;
  const found = text.replace(/\{(\w+)\}/g, (_, one: Name) => {
    isKnown &&= known[one] !== '';
    return known[one];
  });
  return isKnown ? found : undefined;
}

/** What a selector says of one release, in one form; undefined when a name that it needs is not known. */
export function selectedBy(selector: LabelSelector, known: SelectorNames): string | undefined {
  return filled(selector.map(([name, value]) => `${name}=${value}`).join(','), known);
}

/** The forms of the selectors that a pod, or an Application, with these labels meets. @param selectors - each as often as one layout has it */
export function labelSets(
  selectors: readonly LabelSelector[],
  labels: Readonly<Record<string, string>>,
): string[] {
  const sets = selectors.flatMap(selector =>
    selector.every(([name]) => labels[name] !== undefined)
      ? selector.map(([name]) => `${name}=${labels[name]}`).join(',')
      : [],
  );
  return [...new Set(sets)];
}

/** What the Kubernetes API is asked for: pods with the label that all selectors have, else all pods. */
export function commonSelector(selectors: readonly LabelSelector[]): string {
  const [first = [], ...others] = selectors;
  const shared = first.find(([name]) => others.every(other => other.some(([one]) => one === name)));
  return shared?.[0] ?? '';
}
