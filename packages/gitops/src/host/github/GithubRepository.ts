import { z } from 'zod';
import { GithubClient, type GithubConnection } from './GithubClient';
import { GithubError } from './GithubError';

const shaSchema = z.object({ sha: z.string() });
const refSchema = z.object({ object: shaSchema });
const pullSchema = z.object({
  number: z.number(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
});
const treeSchema = z.object({
  truncated: z.boolean().optional(),
  tree: z.array(
    z.object({ path: z.string(), mode: z.string(), sha: z.string(), size: z.number().optional() }),
  ),
});
const commitSchema = z.object({
  sha: z.string(),
  message: z.string(),
  tree: shaSchema,
  parents: z.array(shaSchema),
});
const blobSchema = z.object({ content: z.string(), encoding: z.literal('base64') });
const compareSchema = z.object({
  merge_base_commit: z.object({ sha: z.string(), commit: z.object({ tree: shaSchema }) }),
});

/** A pull request, as far as it matters here. */
export type Pull = z.infer<typeof pullSchema>;
/** A commit of Git's own. */
export type Commit = z.infer<typeof commitSchema>;
/** An entry of a folder: its mode in six digits, and the id of its content. */
export type ListingEntry = z.infer<typeof treeSchema>['tree'][number];
/** A folder's entries by name. */
export type Listing = ReadonlyMap<string, ListingEntry>;
/** A commit, and the tree that it holds. */
export type CommitTree = Pick<Commit, 'sha' | 'tree'>;

/** A commit to be made, on no branch yet. */
export interface NewCommit {
  message: string;
  /** The commit that it follows. */
  parent: Commit;
  files: ReadonlyArray<{ path: string; text: string; mode?: string }>;
  /** Who made it; without one, the account of the token, whose commits GitHub signs. */
  author?: { name: string; email: string };
}

/** Files sent in one call, and their characters; larger trees are made in several. */
const perCall = { files: 500, characters: 4_000_000 };

/** The Git data and pull requests of one repository, over GitHub's REST API (docs.github.com/rest). */
export class GithubRepository {
  readonly #client: GithubClient;
  readonly #listings = new Map<string, Promise<Listing>>();

  constructor(readonly slug: { owner: string; repo: string }, connection: GithubConnection) {
    this.#client = new GithubClient(connection);
  }

  /** The commit that a branch is at; `undefined` when there is none. */
  async head(branch: string): Promise<Commit | undefined> {
    const sha = await this.tip(branch);
    return sha === undefined ? undefined : this.commit(sha);
  }

  /** The id of the commit that a branch is at; `undefined` when there is none. */
  async tip(branch: string): Promise<string | undefined> {
    const route = 'GET /repos/{owner}/{repo}/git/ref/{ref}';
    const found = await this.callUnless(404, refSchema, route, { ref: `heads/${branch}` });
    return found?.object.sha;
  }

  async commit(sha: string): Promise<Commit> {
    const route = 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}';
    return this.call(commitSchema, route, { commit_sha: sha });
  }

  /** A folder by the id of its tree, which never says anything else: it is asked for once. */
  listing(sha: string): Promise<Listing> {
    const known = this.#listings.get(sha);
    if (known) return known;
    const listing = this.fetchListing(sha);
    this.#listings.set(sha, listing);
    listing.catch(() => this.#listings.delete(sha));
    return listing;
  }

  private async fetchListing(sha: string): Promise<Listing> {
    // One folder, never recursively: such an answer is cut at 100,000 entries of the whole tree.
    const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}';
    const { tree, truncated } = await this.call(treeSchema, route, { tree_sha: sha });
    if (truncated)
      throw new GithubError('The repository has a folder with more entries than the API lists');
    return new Map(tree.map(entry => [entry.path, entry]));
  }

  async blob(sha: string): Promise<Uint8Array> {
    const route = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}';
    const { content } = await this.call(blobSchema, route, { file_sha: sha });
    return Buffer.from(content, 'base64');
  }

  /** Where the histories of two commits part; `undefined` when they have nothing in common. */
  async mergeBase(base: string, head: string): Promise<CommitTree | undefined> {
    const route = 'GET /repos/{owner}/{repo}/compare/{basehead}';
    // The second page: the list of files, which is cut at 300, comes with the first one and is not asked for.
    const parameters = { basehead: `${base}...${head}`, per_page: 1, page: 2 };
    const found = await this.callUnless(404, compareSchema, route, parameters);
    if (found === undefined) return undefined;
    const { sha, commit } = found.merge_base_commit;
    return { sha, tree: commit.tree };
  }

  /** Makes a commit; answers it. */
  async createCommit({ message, parent, files, author }: NewCommit): Promise<Commit> {
    let tree = parent.tree.sha;
    for (const part of inParts(files)) {
      const entries = part.map(({ path, text, mode = '100644' }) => ({
        path,
        mode,
        type: 'blob',
        content: text,
      }));
      const route = 'POST /repos/{owner}/{repo}/git/trees';
      tree = (await this.call(shaSchema, route, { base_tree: tree, tree: entries })).sha;
    }
    const parameters = { message, tree, parents: [parent.sha], ...(author ? { author } : {}) };
    return this.call(commitSchema, 'POST /repos/{owner}/{repo}/git/commits', parameters);
  }

  /** Makes a branch. */
  async createBranch(branch: string, sha: string): Promise<void> {
    const parameters = { ref: `refs/heads/${branch}`, sha };
    await this.call(refSchema, 'POST /repos/{owner}/{repo}/git/refs', parameters);
  }

  /** Points a branch at a commit, wherever it was. */
  async forceBranch(branch: string, sha: string): Promise<void> {
    const parameters = { ref: `heads/${branch}`, sha, force: true };
    await this.call(refSchema, 'PATCH /repos/{owner}/{repo}/git/refs/{ref}', parameters);
  }

  /** The open pull request from a branch of the repository itself. */
  async openPull(branch: string, base: string): Promise<Pull | undefined> {
    const parameters = { state: 'open', head: `${this.slug.owner}:${branch}`, base };
    const route = 'GET /repos/{owner}/{repo}/pulls';
    return (await this.call(z.array(pullSchema), route, parameters))[0];
  }

  async createPull(pull: {
    head: string;
    base: string;
    title: string;
    body: string;
  }): Promise<Pull> {
    return this.call(pullSchema, 'POST /repos/{owner}/{repo}/pulls', pull);
  }

  async updatePull(
    number: number,
    change: { title?: string; body?: string; state?: 'closed' },
  ): Promise<Pull> {
    const parameters = { pull_number: number, ...change };
    const route = 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}';
    return this.call(pullSchema, route, parameters);
  }

  async comment(number: number, body: string): Promise<void> {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    await this.call(z.object({ id: z.number() }), route, { issue_number: number, body });
  }

  /** As {@link call}, but `undefined` for one status that means something. */
  private async callUnless<T>(
    status: number,
    schema: z.ZodType<T>,
    route: string,
    parameters: Record<string, unknown>,
  ): Promise<T | undefined> {
    try {
      return await this.call(schema, route, parameters);
    } catch (error) {
      if (error instanceof GithubError && error.status === status) return undefined;
      throw error;
    }
  }

  /** @throws GithubError also for an answer of another shape, such as a page to sign in */
  private async call<T>(
    schema: z.ZodType<T>,
    route: string,
    parameters: Record<string, unknown>,
  ): Promise<T> {
    const answer = await this.#client.call(route, { ...this.slug, ...parameters });
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw GithubError.odd(route, parsed.error);
    return parsed.data;
  }
}

/** Cuts files into parts of one call each. */
function* inParts(files: NewCommit['files']): Generator<NewCommit['files']> {
  let part: Array<NewCommit['files'][number]> = [];
  let size = 0;
  for (const file of files) {
    const isFull = part.length === perCall.files || size + file.text.length > perCall.characters;
    if (isFull && part.length > 0) {
      yield part;
      [part, size] = [[], 0];
    }
    part.push(file);
    size += file.text.length;
  }
  if (part.length > 0) yield part;
}
