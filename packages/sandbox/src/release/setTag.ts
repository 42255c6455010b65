import { CST, Composer, Parser, isScalar } from 'yaml';

/**
 * Changes `image.tag` in a tenant file and nothing else: comments, quotes, order and line ends stay as they are, which
 * yaml's Document API does not promise.
 * @throws Error when the file has no scalar at image.tag
 */
export function setTag(text: string, tag: string): string {
  const tokens = [...new Parser().parse(text)];
  const [document] = new Composer({ keepSourceTokens: true }).compose(tokens);
  const node: unknown = document?.getIn(['image', 'tag'], true);
  if (!isScalar(node) || !node.srcToken) throw new Error('it has no image.tag');
  CST.setScalarValue(node.srcToken, tag);
  return tokens.map(token => CST.stringify(token)).join('');
}
