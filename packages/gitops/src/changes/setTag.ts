import { Composer, CST, isAlias, isScalar, Parser, visit, type Document } from 'yaml';
import { EditError } from '../locate/EditError';
import { says, valuesOf } from './lines';

/** Tags that stand without quotes in every YAML reader: a letter first, and no word that means something. */
export const plainTag =
  /^(?!(?:true|false|null|yes|no|on|off|y|n|nan|inf)$)[A-Za-z][A-Za-z0-9_.-]*$/i;

/**
 * Changes `image.tag` in the text of a tenant file: one line, and nothing else of it. Comments, quotes, order, line ends, a
 * missing one at the end and a byte order mark stay as they are, which yaml's Document API does not promise. A digest behind
 * the tag (`1.2.3@sha256:...`) belongs to the version before and goes with it.
 *
 * @param tag - an image tag
 * @throws EditError when there is no such line, or another would change with it
 */
export function setTag(text: string, tag: string): string {
  const tokens = [...new Parser().parse(text)];
  const documents = [...new Composer({ keepSourceTokens: true }).compose(tokens)].filter(
    hasContent,
  );
  const [document] = documents;
  if (documents.length > 1) throw new EditError('it holds more than one document');
  const values = valuesOf(text);
  if (!document || (!values && text.trim() === '')) throw new EditError('it is no YAML');
  if (!values) throw new EditError('it is no YAML that can be read as a tenant file');
  const node: unknown = document.getIn(['image', 'tag'], true);
  if (isAlias(node)) {
    throw new EditError(`image.tag is an alias of &${node.source}: write the version out`);
  }
  if (!isScalar(node) || !node.srcToken) {
    throw new EditError(
      isInherited(values)
        ? 'it has no image.tag of its own: an anchor (&) or a merge key (<<) brings it in; write the tag into image:'
        : 'it has no image.tag',
    );
  }
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
  prove(text, changed, values, tag);
  return changed;
}

function hasContent({ contents }: Document): boolean {
  return contents !== null && !(isScalar(contents) && contents.value === null);
}

function isInherited({ image }: Record<string, unknown>): boolean {
  return typeof image === 'object' && image !== null && Object.hasOwn(image, 'tag');
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
function prove(before: string, after: string, values: Record<string, unknown>, tag: string): void {
  const lines = before.split('\n');
  const changed = after.split('\n');
  const differing = lines.filter((line, index) => line !== changed[index]).length;
  if (lines.length !== changed.length || differing !== 1) {
    throw new EditError('image.tag goes over several lines: write it on one');
  }
  const wanted = { ...values, image: { ...(values.image as object), tag } };
  if (!says(after, wanted)) {
    throw new EditError('the change of image.tag would change something else: write it plainly');
  }
}
