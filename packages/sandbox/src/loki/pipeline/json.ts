import { labelName, type LabelSet } from './labelSet';

/** Names repeat from line to line; making them is slower than looking them up. */
const names = new Map<string, string>();
const mostNames = 5000;

function nameOf(key: string): string {
  let name = names.get(key);
  if (name === undefined) {
    name = labelName(key);
    if (names.size >= mostNames) names.clear();
    names.set(key, name);
  }
  return name;
}

function extract(labels: LabelSet, prefix: string, object: object): void {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix ? `${prefix}_${nameOf(key)}` : nameOf(key);
    // Lists are left out, as in Loki.
    if (Array.isArray(value)) continue;
    if (value !== null && typeof value === 'object') extract(labels, name, value);
    else labels.extract(name, value === null ? '' : String(value));
  }
}

/** Makes labels of a JSON object's properties; those of inner objects get joined names, `a_b`. */
export function extractJson(line: string, labels: LabelSet): void {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Not an outage but a property of the line, which its labels say.
    value = undefined;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    labels.fail('JSONParserErr', "Value looks like object, but can't find closing '}' symbol");
    return;
  }
  extract(labels, '', value);
}
