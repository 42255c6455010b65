import { Composer, CST, isAlias, isScalar, Parser, visit, type Document } from 'yaml';
import { EditError } from '../locate/EditError';
import { says, valuesOf } from './lines';

/** Tags that stand without quotes in every YAML reader: a letter first, and no word that means something. */
export const plainTag =
  /^(?!(?:true|false|null|yes|no|on|off|y|n|nan|inf|e\d+)$)[A-Za-z][A-Za-z0-9_.-]*$/i;

/** Texts that do so too, with blanks, and what stands in references and addresses. */
const plainText =
  /^(?!(?:true|false|null|yes|no|on|off|y|n|nan|inf|e\d+)$)[A-Za-z](?:[\w./@-]|:(?=[\w/])| (?=\w))*$/i;

/**
 * Changes one value in the text of a YAML file: one line, and nothing else of it. Comments, quotes, order, line ends, a missing
 * one at the end and a byte order mark stay as they are, which yaml's Document API does not promise.
 *
 * @param path - of the block and the key in it
 * @throws EditError when there is no such line, or another would change with it
 */
export function setScalar(
  text: string,
  path: readonly [block: string, key: string],
  value: string | number,
): string {
  const name = path.join('.');
  const tokens = [...new Parser().parse(text)];
  const documents = [...new Composer({ keepSourceTokens: true }).compose(tokens)].filter(
    hasContent,
  );
  const [document] = documents;
  if (documents.length > 1) throw new EditError('it holds more than one document');
  const values = valuesOf(text);
  if (!document || (!values && text.trim() === '')) throw new EditError('it is no YAML');
  if (!values) throw new EditError('it is no YAML that can be read as a tenant file');
  const node: unknown = document.getIn(path, true);
  if (isAlias(node)) {
    throw new EditError(
      `${name} is an alias of &${node.source}: write the ${
        name === 'image.tag' ? 'version' : 'value'
      } out`,
    );
  }
  if (!isScalar(node) || !node.srcToken) {
    throw new EditError(
      isInherited(values, path)
        ? `it has no ${name} of its own: an anchor (&) or a merge key (<<) brings it in; write the ${path[1]} into ${path[0]}:`
        : `it has no ${name}`,
    );
  }
  if (node.anchor !== undefined && isUsed(document, node.anchor)) {
    throw new EditError(`${name} is the anchor &${node.anchor} of other values: write these out`);
  }
  if (node.value === value) return text;
  const isNumber = typeof value === 'number';
  const isPlain = isNumber || (node.type === 'PLAIN' && plainText.test(value));
  CST.setScalarValue(
    node.srcToken,
    String(value),
    (isNumber && { type: 'PLAIN' }) ||
      (isPlain || node.type !== 'PLAIN' ? {} : { type: 'QUOTE_DOUBLE' }),
  );
  const changed = tokens.map(token => CST.stringify(token)).join('');
  prove(text, changed, values, path, value);
  return changed;
}

function hasContent({ contents }: Document): boolean {
  return contents !== null && !(isScalar(contents) && contents.value === null);
}

function isInherited(
  values: Record<string, unknown>,
  [block, key]: readonly [string, string],
): boolean {
  const found = values[block];
  return typeof found === 'object' && found !== null && Object.hasOwn(found, key);
}

function isUsed(document: Document, anchor: string): boolean {
  let used = false;
  visit(document, {
    Alias(_, { source }) {
      used ||= source === anchor;
    },
  });
  return used;
}

/** Makes sure that one line is another, and that the file says the same as before but for the value. */
function prove(
  before: string,
  after: string,
  values: Record<string, unknown>,
  [block, key]: readonly [string, string],
  value: string | number,
): void {
  const name = `${block}.${key}`;
  const lines = before.split('\n');
  const changed = after.split('\n');
  const differing = lines.filter((line, index) => line !== changed[index]).length;
  if (lines.length !== changed.length || differing !== 1) {
    throw new EditError(`${name} goes over several lines: write it on one`);
  }
  const wanted = { ...values, [block]: { ...(values[block] as object), [key]: value } };
  if (!says(after, wanted)) {
    throw new EditError(`the change of ${name} would change something else: write it plainly`);
  }
}
