import { isDeepStrictEqual } from 'node:util';
import {
  Composer,
  CST,
  isAlias,
  isScalar,
  parseDocument,
  Parser,
  visit,
  type Document,
} from 'yaml';
import { EditError } from './EditError';

/** Tags that stand without quotes in every YAML reader: a letter first, and no word that means something. */
export const plainTag =
  /^(?!(?:true|false|null|yes|no|on|off|y|n|nan|inf)$)[A-Za-z][A-Za-z0-9_.-]*$/i;

/**
 * Changes `image.tag` in the text of a tenant file: one line, and nothing else of it. Comments, quotes, order, line ends and
 * a missing one at the end stay as they are, which yaml's Document API does not promise.
 *
 * @param tag - an image tag
 * @throws EditError when there is no such line, or another would change with it
 */
export function setTag(text: string, tag: string): string {
  const tokens = [...new Parser().parse(text)];
  const documents = [...new Composer({ keepSourceTokens: true }).compose(tokens)];
  const [document] = documents;
  if (!document || documents.some(({ errors }) => errors.length > 0)) {
    throw new EditError('it is no YAML');
  }
  if (documents.length > 1) throw new EditError('it holds more than one document');
  const node: unknown = document.getIn(['image', 'tag'], true);
  if (isAlias(node)) {
    throw new EditError(`image.tag is an alias of &${node.source}: write the version out`);
  }
  if (!isScalar(node) || !node.srcToken) throw new EditError('it has no image.tag');
  if (node.anchor !== undefined && isUsed(document, node.anchor)) {
    throw new EditError(`image.tag is the anchor &${node.anchor} of other values: write these out`);
  }
  if (node.value === tag) return text;
  const isPlain = node.type === 'PLAIN' && plainTag.test(tag);
  CST.setScalarValue(
    node.srcToken,
    tag,
    isPlain || node.type !== 'PLAIN' ? {} : { type: 'QUOTE_DOUBLE' },
  );
  const changed = tokens.map(token => CST.stringify(token)).join('');
  prove(text, changed, document, tag);
  return changed;
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

/** Makes sure that one line is another, and that the file says the same as before but for the tag. */
function prove(before: string, after: string, document: Document, tag: string): void {
  const lines = before.split('\n');
  const changed = after.split('\n');
  const differing = lines.filter((line, index) => line !== changed[index]).length;
  if (lines.length !== changed.length || differing !== 1) {
    throw new EditError('image.tag goes over several lines: write it on one');
  }
  const wanted = document.toJS({ maxAliasCount: 10 }) as { image: Record<string, unknown> };
  wanted.image.tag = tag;
  const reread = parseDocument(after);
  if (reread.errors.length > 0 || !isDeepStrictEqual(reread.toJS({ maxAliasCount: 10 }), wanted)) {
    throw new EditError('the change of image.tag would change something else: write it plainly');
  }
}
