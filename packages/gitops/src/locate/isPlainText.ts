import { isScalar, parseDocument, Scalar } from 'yaml';
import { notText } from '../yaml/ambiguity';

/** A number without digits before its exponent, as the YAML 1.1 schema of some readers takes it: e0 */
const bareExponent = /^[-+]?e[-+]?\d[\d_]*$/i;

/** Whether a text needs no quotes: every YAML reader takes it for this text. */
export function isPlainText(text: string): boolean {
  if (notText(text, text) !== undefined || bareExponent.test(text)) return false;
  const { contents, errors } = parseDocument(text, { logLevel: 'silent', prettyErrors: false });
  const node: unknown = contents;
  return errors.length === 0 && isScalar(node) && node.type === Scalar.PLAIN && node.value === text;
}
