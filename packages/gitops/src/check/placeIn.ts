import type { YamlPlace } from '../yaml/yamlProblem';
import { parseYaml } from '../yaml/parseYaml';

/** Where a key stands in a text; its beginning when the text is no YAML. Parses it anew: for the few that need it. */
export function placeIn(text: string | undefined, path: readonly PropertyKey[]): YamlPlace {
  const [document] = parseYaml('', text ?? '', { single: true }).documents;
  return document?.at(path) ?? { line: 1, column: 1 };
}
