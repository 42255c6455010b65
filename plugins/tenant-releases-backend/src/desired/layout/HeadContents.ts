import {
  isLfsPointer,
  makeCheckout,
  mayMatter,
  type Checkout,
  type Layout,
  type GitopsConfig,
  type GitFile,
  type GithubApi,
  type GitText,
} from '@internal/gitops';

/** Contents that are asked for at once. */
const batch = 2_000;
/** Characters of all contents: a repository with more is no GitOps repository, and too much to keep. */
export const maxCharacters = 256 * 1024 * 1024;

/** The files of a commit that may say something of releases, with their contents. */
export interface Snapshot {
  /** SHA of the content by path. */
  shas: ReadonlyMap<string, string>;
  text(path: string): string | undefined;
}

/** Contents of the newest commit, each asked for once. */
export class HeadContents {
  readonly #api: Pick<GithubApi, 'blobs'>;
  readonly #layouts: readonly Layout[];
  readonly #maxCharacters: number;
  #texts = new Map<string, string | undefined>();

  constructor(api: Pick<GithubApi, 'blobs'>, layouts: readonly Layout[], max = maxCharacters) {
    this.#api = api;
    this.#layouts = layouts;
    this.#maxCharacters = max;
  }

  /**
   * @returns undefined when there is more than can be kept
   * @throws UpstreamError when Git does not answer
   */
  async read(files: readonly GitFile[], signal: AbortSignal): Promise<Snapshot | undefined> {
    const shas = new Map(
      files
        .filter(({ path, kind }) => !kind && mayMatter(this.#layouts, path))
        .map(({ path, sha }) => [path, sha]),
    );
    const unknown = [...new Set(shas.values())].filter(sha => !this.#texts.has(sha));
    const texts = new Map<string, string | undefined>();
    for (const sha of shas.values()) if (this.#texts.has(sha)) texts.set(sha, this.#texts.get(sha));
    for (let from = 0; from < unknown.length; from += batch) {
      signal.throwIfAborted();
      const some = unknown.slice(from, from + batch);
      const found = await this.#api.blobs(some, signal);
      for (const sha of some) texts.set(sha, plainText(found.get(sha)));
      if (sizeOf(texts) > this.#maxCharacters) return undefined;
    }
    this.#texts = texts;
    return {
      shas,
      text: path => {
        const sha = shas.get(path);
        return sha === undefined ? undefined : texts.get(sha);
      },
    };
  }
}

/** The checkout that a snapshot gives, and which of its files were looked into. */
export function checkoutOf(
  { shas, text }: Snapshot,
  { repository, branch }: Pick<GitopsConfig, 'repository' | 'branch'>,
): { checkout: Checkout; looked: ReadonlySet<string> } {
  const looked = new Set<string>();
  const read = (path: string) => {
    looked.add(path);
    return text(path);
  };
  const identity = { origin: repository.url, revisions: [branch] };
  return { checkout: makeCheckout([...shas.keys()], read, identity), looked };
}

/** An empty file is a text, and so is a pointer of Git LFS, which is told; what is binary, too large or not handed out is none. */
export function plainText(content: GitText | undefined): string | undefined {
  if (!content) return undefined;
  const { problem, text } = content;
  return !problem || text === '' || isLfsPointer(text) ? text : undefined;
}

function sizeOf(texts: ReadonlyMap<string, string | undefined>): number {
  let size = 0;
  for (const text of texts.values()) size += text?.length ?? 0;
  return size;
}
