import { isMap, isNode, isScalar, parseAllDocuments } from 'yaml';
import { formatKey, type PlacedProblem } from '../yaml/yamlProblem';

/** What stands for a value that sops has encrypted, wherever people see it. */
export const encryptedMark = '(encrypted)';

/** A value as sops writes it, see https://getsops.io/docs: `ENC[AES256_GCM,data:...,iv:...,tag:...,type:str]`. */
const cipher = /ENC\[[A-Za-z0-9_]+,data:[^\]]*\]/g;

/** Whether a value holds what sops has encrypted. */
export function isEncrypted(value: unknown): boolean {
  return typeof value === 'string' && value.search(cipher) >= 0;
}

/** The key that sops puts beside the values: recipients, keys and a checksum, for nobody to read. */
export const sopsKey = 'sops';

/** A value without ciphertext and without what sops keeps beside it; what was encrypted is {@link encryptedMark}. */
export function withoutCiphertext(value: unknown): unknown {
  if (isEncrypted(value)) return encryptedMark;
  if (Array.isArray(value)) return value.map(withoutCiphertext);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== sopsKey)
      .map(([key, child]) => [key, withoutCiphertext(child)]),
  );
}

/**
 * The text of a file without ciphertext, for people: line by line what it was, but for what sops has written.
 *
 * @param before - the text that it is compared with: what is encrypted to something else there is marked as changed
 */
export function hideCiphertext(text: string, before?: string): string {
  if (!text.includes('ENC[') && !/^\s*["']?sops["']?\s*:/m.test(text)) return text;
  const known = new Set(before === undefined ? [] : before.match(cipher) ?? []);
  return withoutSopsBlock(text).replace(cipher, found =>
    before === undefined || known.has(found) ? encryptedMark : '(encrypted, changed)',
  );
}

function withoutSopsBlock(text: string): string {
  let rest = text;
  for (const { contents } of documentsOf(text).reverse()) {
    const pair = isMap(contents)
      ? contents.items.find(({ key }) => isScalar(key) && key.value === sopsKey)
      : undefined;
    if (isNode(pair?.value) && pair.value.range) {
      const [start, end] = pair.value.range;
      const isBlock = rest.slice(start, end).endsWith('\n');
      rest = `${rest.slice(0, start)}${encryptedMark}${isBlock ? '\n' : ''}${rest.slice(end)}`;
    }
  }
  // Of a text that is no YAML, the lines that stand indented below the key.
  return rest.replace(
    /^(["']?sops["']?[ \t]*:)[ \t]*\r?\n(?:[ \t-].*(?:\r?\n|$)|\r?\n)+/gm,
    `$1 ${encryptedMark}\n`,
  );
}

function documentsOf(text: string) {
  try {
    return [...parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false })];
  } catch (error) {
    // Nested too deeply for the parser.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** The words for a key that the portal needs, and cannot read. */
export function encryptedProblem(
  path: readonly PropertyKey[],
): Pick<PlacedProblem, 'rule' | 'key' | 'problem' | 'cure'> {
  const key = formatKey(path);
  return {
    rule: 'encrypted',
    key,
    problem: `is encrypted with sops; leave ${key} in clear (encrypted_regex)`,
    cure: 'let .sops.yaml name the secrets alone, and encrypt the file anew',
  };
}
