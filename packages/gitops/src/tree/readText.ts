import { decodeText } from '../text/decodeText';
import { TreeError, type TreeSource } from './treeSource';

/**
 * Reads a file as text.
 *
 * @param limit - most bytes
 * @returns `undefined` when nothing is there
 * @throws TreeError when it is no readable text in UTF-8
 */
export async function readText(
  source: TreeSource,
  path: string,
  limit: number,
): Promise<string | undefined> {
  const content = await source.read(path, limit);
  return content && decode(content);
}

/** Most that is read of the files of one folder. Bytes. */
const maxTotal = 256 * 1024 * 1024;

/**
 * A {@link readText} for the many files of a folder, which together must not fill the memory.
 *
 * @throws TreeError also when there has been too much
 */
export function boundedReader(
  source: TreeSource,
  limit: number,
  total: number = maxTotal,
): (path: string) => Promise<string | undefined> {
  let rest = total;
  return async path => {
    if (rest <= 0) {
      throw new TreeError(
        'too-many',
        'was not read: the files before it are too large',
        'remove what is too much',
      );
    }
    const text = await readText(source, path, limit);
    rest -= text?.length ?? 0;
    return text;
  };
}

/** Text of a file's content. @throws TreeError when it is empty, binary or not UTF-8 */
export function decode(content: Uint8Array): string {
  const decoded = decodeText(content);
  if ('text' in decoded) return decoded.text;
  const { rule, problem, cure } = decoded.problem;
  throw new TreeError(rule, problem, cure);
}
