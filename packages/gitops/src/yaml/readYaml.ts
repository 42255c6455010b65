import {
  isNode,
  isScalar,
  LineCounter,
  parseAllDocuments,
  Scalar,
  type Document,
  type YAMLError,
} from 'yaml';
import { keyNear } from './keyNear';
import { structureProblems } from './structureProblems';
import { explain } from './yamlErrors';
import { atOffset, type PlacedProblem, type YamlPlace } from './yamlProblem';
import { yamlTextTroubles } from './yamlText';
import { aliasTargets, findNode, resolve, valueOf, type AliasTargets } from './yamlValue';

/** A document of a YAML file. */
export interface YamlDocument {
  /** As plain objects, arrays and scalars; merge keys and aliases are followed as Helm follows them. */
  value: unknown;
  /** Where a path of keys and indexes stands; of one that is missing, the nearest part that is there. */
  at(path: readonly PropertyKey[]): YamlPlace;
  /** The text of a scalar without quotes, as it stands in the file; `undefined` for anything else. */
  plainAt(path: readonly PropertyKey[]): string | undefined;
}

/** What came of reading YAML: its documents, or problems; both where a value is ambiguous. */
export interface YamlReading {
  documents: YamlDocument[];
  problems: PlacedProblem[];
}

/** Errors of the parser that are explained; one is often the cause of the next. */
const maxErrors = 25;

const begun = {
  problem: 'begins with a document without content, which Helm 3 takes for the whole file',
  cure: 'remove the "---" line before the content, and what stands before it',
};
const onSeparator = {
  problem: 'goes on behind "---" on the same line, which Helm refuses',
  cure: 'write it on a line of its own',
};

/**
 * Reads YAML that nobody vouches for, as Helm does; what Helm or another reader would take for something else is a problem.
 * Its time grows with the length of the text, whatever stands in it.
 *
 * @param options.single - whether the file must be one document: a `---` before it and `---` or `...` behind it may stand
 */
export function readYaml(text: string, options: { single: boolean }): YamlReading {
  const lines = new LineCounter();
  let documents: Document.Parsed[];
  try {
    // Keys that occur twice are looked for below: the parser compares each with each.
    const parsed = parseAllDocuments(text, {
      uniqueKeys: false,
      keepSourceTokens: true,
      lineCounter: lines,
      logLevel: 'silent',
      prettyErrors: false,
    });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { documents: [], problems: [ofFile(explain('RESOURCE_EXHAUSTION'))] };
  }
  const found = documents
    .flatMap(({ errors, warnings }): YAMLError[] => [...errors, ...warnings])
    .slice(0, maxErrors)
    .map(error => syntaxProblem(text, lines, error));
  if (options.single) {
    found.push(...documentProblems(documents, lines));
    // What is left holds the content; without any, the first says so.
    const [first] = documents;
    documents = documents.filter(hasContent);
    if (documents.length === 0 && first) documents = [first];
  }
  found.push(...separatorProblems(text));
  const lineOf = new Set(found.map(({ line }) => line));
  found.push(...textProblems(text).filter(({ line }) => !lineOf.has(line)));
  if (found.length > 0) return { documents: [], problems: found.sort(byPlace) };
  return withValues(text, documents, lines);
}

/** By line, then by column. */
function byPlace(one: YamlPlace, other: YamlPlace): number {
  return one.line - other.line || one.column - other.column;
}

function ofFile(words: { problem: string; cure: string }): PlacedProblem {
  return { rule: 'yaml', line: 1, column: 1, key: 'file', ...words };
}

function hasContent({ contents }: Document.Parsed): boolean {
  return contents !== null && !(isScalar(contents) && contents.value === null);
}

function documentProblems(documents: Document.Parsed[], lines: LineCounter): PlacedProblem[] {
  const [first, second] = documents.filter(hasContent);
  const at = (document: Document.Parsed) => atOffset(lines, document.range[0]);
  if (second) return [{ ...ofFile(explain('MULTIPLE_DOCS')), ...at(second) }];
  return first && first !== documents[0] ? [{ ...ofFile(begun), ...at(first) }] : [];
}

/** Helm 4 splits a file by lines that begin with `---` before it reads any YAML. */
function separatorProblems(text: string): PlacedProblem[] {
  const index = text.search(/^---[ \t]+(?=[^#\s])/m);
  if (index < 0) return [];
  return [{ ...ofFile(onSeparator), line: text.slice(0, index).split('\n').length }];
}

function syntaxProblem(text: string, lines: LineCounter, error: YAMLError): PlacedProblem {
  const place = atOffset(lines, Math.min(error.pos[0], text.length));
  return { rule: 'yaml', ...place, key: keyNear(text, place.line), ...explain(error.code) };
}

/** What other readers take for something else, whatever this one thinks of it. */
function textProblems(text: string): PlacedProblem[] {
  return yamlTextTroubles(text).map(trouble => ({
    rule: 'yaml',
    key: keyNear(text, trouble.line),
    ...trouble,
  }));
}

function withValues(text: string, documents: Document.Parsed[], lines: LineCounter): YamlReading {
  const result: YamlReading = { documents: [], problems: [] };
  for (const document of documents) {
    try {
      // Most files have no alias, and there may be thousands of them.
      const targets: AliasTargets = text.includes('*') ? aliasTargets(document) : new Map();
      const found = structureProblems(text, document, lines, targets);
      result.problems.push(...found);
      // What is ambiguous has a value all the same; what else is wrong in the file can be told.
      if (found.every(({ rule }) => rule === 'ambiguous-value')) {
        result.documents.push({
          value: valueOf(document.contents, targets),
          at: path => placeOf(document, lines, path, targets),
          plainAt(path) {
            const node = resolve(findNode(document.contents, path, targets)?.value, targets);
            return isScalar(node) && node.type === Scalar.PLAIN && node.tag === undefined
              ? node.source ?? ''
              : undefined;
          },
        });
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      result.problems.push(ofFile(explain('RESOURCE_EXHAUSTION')));
    }
  }
  return result.documents.length < documents.length ? { ...result, documents: [] } : result;
}

function placeOf(
  document: Document.Parsed,
  lines: LineCounter,
  path: readonly PropertyKey[],
  targets: AliasTargets,
): YamlPlace {
  for (let length = path.length; length > 0; length -= 1) {
    const found = findNode(document.contents, path.slice(0, length), targets);
    const node = isNode(found?.key) ? found?.key : found?.value;
    if (isNode(node) && node.range) return atOffset(lines, node.range[0]);
  }
  return atOffset(lines, document.contents?.range?.[0] ?? 0);
}
