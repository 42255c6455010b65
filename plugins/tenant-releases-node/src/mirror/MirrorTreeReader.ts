import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  resolveSafeChildPath,
  type UrlReaderService,
  type UrlReaderServiceReadTreeOptions,
  type UrlReaderServiceReadTreeResponse,
} from '@backstage/backend-plugin-api';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { GitFault, type GitopsConfig, type Mirror, type TreeFile } from '@internal/gitops';

/** Reads folders of a repository from its mirror as a UrlReader reads them from the host's API. */
export class MirrorTreeReader implements Pick<UrlReaderService, 'readTree'> {
  readonly #mirror: Mirror;
  readonly #root: string;
  #fetching: Promise<string> | undefined;

  constructor(mirror: Mirror, gitops: Pick<GitopsConfig, 'treeUrl'>) {
    this.#mirror = mirror;
    this.#root = gitops.treeUrl('').replace(/\/$/, '');
  }

  /**
   * @param url - of a folder, as `treeUrl` gives it
   * @throws NotModifiedError while the branch is at `etag`
   * @throws NotFoundError when there is no such repository or branch
   * @throws GitFault
   */
  async readTree(
    url: string,
    { etag, filter = () => true }: UrlReaderServiceReadTreeOptions = {},
  ): Promise<UrlReaderServiceReadTreeResponse> {
    const folder = this.#folderOf(url);
    const commit = await this.#fetch();
    if (commit === etag) throw new NotModifiedError(`the branch is still at ${commit}`);
    const all = await this.#mirror.files(commit);
    const inside = all.filter(file => file.path.startsWith(folder));
    const nameOf = (file: TreeFile) => file.path.slice(folder.length);
    // An archive of the host holds a link as a file without content, and nothing of submodules.
    const plain = inside.filter(file => !file.kind && filter(nameOf(file)));
    const links = inside.filter(
      file => file.kind === 'symlink' && filter(nameOf(file), { size: 0 }),
    );
    const sizes = await this.#mirror.sizes(plain.map(({ id }) => id));
    const wanted = plain.filter(file => {
      const size = sizes.get(file.id);
      if (size === undefined) throw new Error(`the Git host does not hand out ${file.path}`);
      return filter(nameOf(file), { size });
    });
    const files = async () => {
      const contents = await this.#mirror.contents(
        wanted.map(({ id }) => id),
        Infinity,
      );
      return [...wanted, ...links].map(file => {
        const content = contents.get(file.id) ?? Buffer.alloc(0);
        return { path: nameOf(file), content: async () => content };
      });
    };
    return {
      etag: commit,
      files,
      archive: async () => {
        throw new Error('a mirror has no archive; use files() or dir()');
      },
      dir: async ({ targetDir } = {}) => {
        if (!targetDir) throw new Error('targetDir is needed: name an empty folder');
        for (const file of await files()) {
          const target = resolveSafeChildPath(targetDir, file.path);
          await mkdir(path.dirname(target), { recursive: true });
          await writeFile(target, await file.content());
        }
        return targetDir;
      },
    };
  }

  #folderOf(url: string): string {
    const rest = url.startsWith(this.#root) ? url.slice(this.#root.length) : undefined;
    if (rest === undefined || !/^(?:\/|$)/.test(rest)) {
      throw new Error(`${url} is no folder of this repository`);
    }
    const folder = decodeURIComponent(rest.replace(/^\/|\/$/g, ''));
    return folder === '' ? '' : `${folder}/`;
  }

  /** Who asks at the same time gets one answer. */
  async #fetch(): Promise<string> {
    this.#fetching ??= this.#mirror.fetch().finally(() => {
      this.#fetching = undefined;
    });
    try {
      return await this.#fetching;
    } catch (error) {
      const isMissing = error instanceof GitFault && /^(not-found|no-branch)$/.test(error.kind);
      if (isMissing) throw new NotFoundError(error.message, error);
      throw error;
    }
  }
}
