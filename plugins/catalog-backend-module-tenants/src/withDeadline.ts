import type { TreeReader } from '@internal/plugin-tenant-releases-node';

/** Longest wait for a step of reading the repository, in milliseconds. */
const deadline = 20_000;

/**
 * A reader that gives up: UrlReader itself waits for ever for a host that accepts the connection and says nothing.
 *
 * @param milliseconds - for one call, and again for reading the files of its answer
 */
export function withDeadline(urlReader: TreeReader, milliseconds: number = deadline): TreeReader {
  const limited = async <T>(work: Promise<T>, what: string): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new Error(`The Git host did not answer within ${milliseconds / 1000} s (${what})`),
          ),
        milliseconds,
      );
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  };
  return {
    readTree: async (url, options) => {
      const tree = await limited(urlReader.readTree(url, options), 'tree');
      return {
        etag: tree.etag,
        files: () => limited(tree.files(), 'archive'),
        archive: () => tree.archive(),
        dir: dirOptions => tree.dir(dirOptions),
      };
    },
  };
}
