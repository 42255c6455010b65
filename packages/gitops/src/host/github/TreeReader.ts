import { LRUCache } from 'lru-cache';
import { limitConcurrency } from '../../http/limitConcurrency';
import { UpstreamError } from '../../http/UpstreamError';
import type { GitFile } from '../GithubApi';

/** An answer of GitHub's trees; of a recursive one that is cut nobody knows what is missing. */
export interface GitTree {
  truncated?: boolean;
  tree: Array<{ path: string; type: string; sha: string; mode?: string }>;
}

/** What a {@link TreeReader} needs. */
export interface TreeReaderOptions {
  /** @param sha - of a commit or a tree */
  ask(sha: string, isRecursive: boolean): Promise<GitTree>;
  /** Whether a folder, or one below it, may hold a file of interest. */
  mayHold(folder: string): boolean;
}

/** Answers that the files of one commit may take. */
const maxRequests = 1_000;
/** Files of folders that are remembered. */
const maxKnown = 200_000;

/**
 * The files of a commit. GitHub cuts recursive trees at 100,000 entries or 7 MB; such a folder is read one level at a
 * time, and below it only what may matter. A folder that has not changed is not asked for again.
 */
export class TreeReader {
  readonly #options: TreeReaderOptions;
  readonly #limit = limitConcurrency(8);
  /** Folders that were cut: the next commit will not have made them small. */
  readonly #large = new LRUCache<string, true>({ max: maxRequests });
  readonly #known = new LRUCache<string, GitFile[]>({
    maxSize: maxKnown,
    sizeCalculation: files => files.length + 1,
  });

  constructor(options: TreeReaderOptions) {
    this.#options = options;
  }

  /** @throws UpstreamError */
  async files(commit: string): Promise<GitFile[]> {
    let left = maxRequests;
    const ask = (sha: string, isRecursive: boolean) => {
      left -= 1;
      if (left < 0) throw new UpstreamError('bad-answer', 'the repository has too many folders');
      return this.#limit(() => this.#options.ask(sha, isRecursive));
    };
    return this.#read(commit, '', ask);
  }

  async #read(sha: string, folder: string, ask: TreeReaderOptions['ask']): Promise<GitFile[]> {
    if (!this.#large.has(folder)) {
      const { tree, truncated } = await ask(sha, true);
      if (!truncated) return filesOf(tree);
      this.#large.set(folder, true);
    }
    const { tree, truncated } = await ask(sha, false);
    if (truncated) {
      const name = folder || 'its root';
      throw new UpstreamError('bad-answer', `${name} has too many files for one answer`);
    }
    const below = tree.filter(({ type, path }) => type === 'tree' && this.#mayHold(folder, path));
    const read = await Promise.all(
      below.map(async ({ sha: id, path }) => {
        const key = `${join(folder, path)}\n${id}`;
        const files = this.#known.get(key) ?? (await this.#read(id, join(folder, path), ask));
        this.#known.set(key, files);
        return files.map(file => ({ ...file, path: join(path, file.path) }));
      }),
    );
    return [...filesOf(tree), ...read.flat()];
  }

  #mayHold(folder: string, path: string): boolean {
    return this.#options.mayHold(join(folder, path));
  }
}

function filesOf(tree: GitTree['tree']): GitFile[] {
  return tree.flatMap(({ path, sha, type, mode }): GitFile[] => {
    if (type === 'commit') return [{ path, sha, kind: 'submodule' }];
    if (type !== 'blob') return [];
    return [{ path, sha, ...(mode === '120000' ? { kind: 'symlink' } : {}) }];
  });
}

function join(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
