import type { Checkout } from '../checkout/checkout';
import { nameOf } from '../checkout/paths';
import type { Origin, Traced } from '../traced/traced';

/** Finds where the texts of rendered manifests originate. */
export type TextPlaces = (
  text: string,
  template: string,
  application: string,
) => Origin | undefined;

/** Shorter texts stand anywhere. */
const minLength = 2;

/**
 * Where a text of a rendered manifest originates: the one value of the chart that has it, else the one file that is called as the
 * Application and holds it, else the one line of the template. What could come from more than one place has none.
 *
 * @param chart - folder of the chart
 * @param variant - values file that tells this rendering from others; files of other variants are passed over
 */
export function textPlaces(
  checkout: Checkout,
  chart: string,
  values: Traced | undefined,
  variant: string | undefined,
): TextPlaces {
  const places = new Map<string, Origin | undefined>();
  collect(values, places);
  const name =
    variant === undefined
      ? undefined
      : /^(?:values[-_.])?(.+?)(?:[-_.]values)?\.ya?ml$/.exec(nameOf(variant))?.[1];
  const extra = checkout.files.filter(
    file =>
      file.startsWith(`${chart}/`) &&
      !/\/(templates|charts)\/|\/values[^/]*$|\/Chart\.[^/]+$/.test(file),
  );
  const filesOf = new Map<string, Map<string, Origin | undefined>>();
  const called = (application: string) => {
    const found = new Map<string, Origin | undefined>();
    for (const file of extra) {
      const isCalled = nameOf(file).replace(/\.\w+$/, '') === application;
      if (!isCalled || (name !== undefined && !file.split('/').includes(name))) continue;
      for (const { value } of checkout.documents(file)) collect(value, found);
    }
    return found;
  };
  return (text, template, application) => {
    if (text.length < minLength) return undefined;
    if (places.has(text)) return places.get(text);
    const inFiles = filesOf.get(application) ?? called(application);
    filesOf.set(application, inFiles);
    return inFiles.has(text) ? inFiles.get(text) : lineOf(checkout, template, text);
  };
}

/** The one line of a template that holds a text as the value of a key. */
function lineOf(checkout: Checkout, template: string, text: string): Origin | undefined {
  const lines = (checkout.text(template) ?? '').split('\n').flatMap((line, index) => {
    const [, key, value] = /^\s*(?:-\s+)?([\w.-]+):\s*["']?([^\s"'#]+)/.exec(line) ?? [];
    return value === text ? [{ key, line: index + 1 }] : [];
  });
  const [first] = lines;
  if (!first || lines.length > 1) return undefined;
  return { file: template, line: first.line, document: 0, path: [first.key], isText: true };
}

function collect(value: Traced | undefined, places: Map<string, Origin | undefined>): void {
  if (!value) return;
  if (value.kind === 'scalar') {
    const text = typeof value.value === 'string' ? value.value : value.source;
    if (text !== '') places.set(text, places.has(text) ? undefined : value.origin);
  } else {
    for (const part of value.kind === 'map' ? value.entries.values() : value.items)
      collect(part, places);
  }
}
