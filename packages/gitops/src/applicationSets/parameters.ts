import { at, type KeyPath, type Traced, type TracedScalar } from '../traced/traced';

/** What a generator gives to the template of an ApplicationSet: a block of values. */
export type Parameters = Traced;

/** What stands for a value that only a running Argo CD knows, such as the name of a cluster. */
export const unknownValue = '*';

/** The value of a parameter by its flat name, as fasttemplate has them: `path.basename`, `path[0]`, `values.region`. */
export function flatParameter(parameters: Parameters, name: string): TracedScalar | undefined {
  const path: KeyPath = name
    .split(/\.|(?=\[\d+\]$)/)
    .map(part => (/^\[\d+\]$/.test(part) ? Number(part.slice(1, -1)) : part));
  // Items of a list are flattened by number: `hosts.0.name`.
  const indexed = path.map(part => (/^\d+$/.test(String(part)) ? Number(part) : part));
  for (const key of [[name], path, indexed, dotted(parameters, path)]) {
    const found = at(parameters, key);
    if (found?.kind === 'scalar') return found;
  }
  return undefined;
}

/** A key with dots of its own, such as a label: `metadata.labels.example.com/region`. */
function dotted(parameters: Parameters, path: KeyPath): KeyPath {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const key = [...path.slice(0, length), path.slice(length).join('.')];
    if (at(parameters, key)) return key;
  }
  return path;
}
