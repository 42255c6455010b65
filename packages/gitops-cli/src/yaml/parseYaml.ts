import {
  atOffset,
  placeOf,
  yamlTextTroubles,
  type YamlPlace,
} from '@internal/plugin-tenant-releases-common';
import { LineCounter, parseAllDocuments, type Document, type YAMLError } from 'yaml';
import { atMost, compareFindings, finding, type Finding } from '../finding';
import { keyNear } from './keyNear';
import { explain } from './yamlErrors';
import { structureFindings } from './structureFindings';

/** A document of a YAML file. */
export interface YamlDocument {
  /** As plain objects, arrays and scalars. */
  value: unknown;
  /** Where a path of keys and indexes stands. */
  at(path: readonly PropertyKey[]): YamlPlace;
}

/** What came of reading a YAML file: its documents, or findings; both where a value is ambiguous. */
export interface YamlFile {
  documents: YamlDocument[];
  findings: Finding[];
}

const tooDeep = {
  problem: 'is nested too deeply',
  cure: 'write it with a few levels, as the other files',
};

/**
 * Reads YAML that nobody vouches for. Its time grows with the length of the text, whatever stands in it.
 *
 * @param file - path for the findings
 * @param options.single - whether more than one document is an error
 */
export function parseYaml(file: string, text: string, options: { single: boolean }): YamlFile {
  const lines = new LineCounter();
  let documents: Document.Parsed[];
  try {
    // Keys that occur twice are looked for below: the parser compares each with each.
    const parsed = parseAllDocuments(text, {
      uniqueKeys: false,
      lineCounter: lines,
      logLevel: 'silent',
      prettyErrors: false,
    });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failed(finding({ rule: 'yaml', file, ...tooDeep }));
  }
  const found = documents.flatMap(document =>
    [...document.errors, ...document.warnings].map(error =>
      syntaxFinding(file, text, lines, error),
    ),
  );
  if (options.single && documents.length > 1) {
    const place = atOffset(lines, documents[1].range[0]);
    found.push(finding({ rule: 'yaml', file, ...place, ...explain('MULTIPLE_DOCS') }));
  }
  const lineOf = new Set(found.map(({ line }) => line));
  found.push(...textFindings(file, text).filter(({ line }) => !lineOf.has(line)));
  if (found.length > 0) return failed(...found.sort(compareFindings));
  return withValues(file, text, documents, lines);
}

function failed(...findings: Finding[]): YamlFile {
  return { documents: [], findings: atMost(findings) };
}

function syntaxFinding(file: string, text: string, lines: LineCounter, error: YAMLError): Finding {
  const place = atOffset(lines, Math.min(error.pos[0], text.length));
  return finding({
    rule: 'yaml',
    file,
    ...place,
    key: keyNear(text, place.line),
    ...explain(error.code),
  });
}

/** What other readers take for something else, whatever this one thinks of it. */
function textFindings(file: string, text: string): Finding[] {
  return yamlTextTroubles(text).map(trouble =>
    finding({ rule: 'yaml', file, key: keyNear(text, trouble.line), ...trouble }),
  );
}

function withValues(
  file: string,
  text: string,
  documents: Document.Parsed[],
  lines: LineCounter,
): YamlFile {
  const result: YamlFile = { documents: [], findings: [] };
  for (const document of documents) {
    try {
      const found = structureFindings(file, text, document, lines);
      result.findings.push(...found);
      // What is ambiguous has a value all the same; what else is wrong in the file can be told.
      if (found.every(({ rule }) => rule === 'ambiguous-value')) {
        const value: unknown = document.toJS({ maxAliasCount: 10 });
        result.documents.push({ value, at: path => placeOf(document, lines, path) });
      }
    } catch (error) {
      if (error instanceof RangeError)
        result.findings.push(finding({ rule: 'yaml', file, ...tooDeep }));
      else if (error instanceof ReferenceError) result.findings.push(aliasBomb(file));
      else throw error;
    }
  }
  if (result.documents.length < documents.length) return failed(...result.findings);
  return { ...result, findings: atMost(result.findings) };
}

function aliasBomb(file: string): Finding {
  return finding({
    rule: 'alias',
    file,
    problem: 'holds aliases that grow into more than it says',
    cure: 'write the values out instead of anchors (&) and aliases (*)',
  });
}
