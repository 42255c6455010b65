import { readYaml, type YamlDocument } from './readYaml';
import { atMost, finding, type Finding } from '../check/finding';

/** What came of reading a YAML file: its documents, or findings; both where a value is ambiguous. */
export interface YamlFile {
  documents: YamlDocument[];
  findings: Finding[];
}

/**
 * Reads YAML that nobody vouches for, by the reader that the portal has too.
 *
 * @param file - path for the findings
 * @param options.single - whether more than one document is an error
 */
export function parseYaml(file: string, text: string, options: { single: boolean }): YamlFile {
  const { documents, problems } = readYaml(text, options);
  return { documents, findings: atMost(problems.map(problem => finding({ file, ...problem }))) };
}
