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

/** A byte order mark stays in the text, so that it is written again. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of a file's content. @throws TreeError when it is empty, binary or not UTF-8 */
export function decode(content: Uint8Array): string {
  if (content.length === 0) {
    throw new TreeError('empty', 'is empty', 'write what belongs here, or delete the file');
  }
  if (startsWith(content, [0xff, 0xfe]) || startsWith(content, [0xfe, 0xff])) {
    throw new TreeError('encoding', 'is UTF-16', 'save it as UTF-8 without a byte order mark');
  }
  if (content.includes(0)) {
    throw new TreeError(
      'binary',
      'holds a NUL byte: it is no text',
      'put the YAML text in its place',
    );
  }
  let text: string;
  try {
    text = decoder.decode(content);
  } catch {
    throw new TreeError('encoding', 'is not UTF-8', 'save it as UTF-8');
  }
  if (/^[\ufeff\s]*$/.test(text)) {
    throw new TreeError('empty', 'is empty', 'write what belongs here, or delete the file');
  }
  return text;
}

function startsWith(content: Uint8Array, bytes: number[]): boolean {
  return bytes.every((byte, index) => content[index] === byte);
}
