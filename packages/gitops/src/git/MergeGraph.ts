import type { Mirror } from './Mirror';

/** Commits that are looked at; who merged what is older is not asked for. */
const maxCommits = 50_000;

/** Which merge brought a commit onto the branch: the branch's own line follows the first parents. */
export class MergeGraph {
  readonly #mirror: Pick<Mirror, 'graph' | 'isAncestor'>;
  readonly #merges = new Map<string, string>();
  #line = new Set<string>();
  #head: string | undefined;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(mirror: Pick<Mirror, 'graph' | 'isAncestor'>) {
    this.#mirror = mirror;
  }

  /**
   * The merge that brought a commit; undefined for one that was made on the branch itself, or is not known to be on it.
   *
   * @param head - of the branch
   * @throws GitFault
   */
  async mergeOf(commit: string, head: string): Promise<string | undefined> {
    const reading = this.#reading.then(() => this.#read(head));
    this.#reading = reading.catch(() => undefined);
    await reading;
    return this.#merges.get(commit);
  }

  async #read(head: string): Promise<void> {
    if (this.#line.has(head)) return;
    const known = this.#head;
    const since = known && (await this.#mirror.isAncestor(known, head)) ? known : undefined;
    if (!since) {
      this.#merges.clear();
      this.#line = new Set();
    }
    const graph = await this.#mirror.graph(head, maxCommits, since);
    const parents = new Map(graph.map(([sha, ...others]) => [sha, others]));
    const line: string[] = [];
    for (let sha: string | undefined = head; sha && parents.has(sha); [sha] = parents.get(sha)!) {
      line.push(sha);
      this.#line.add(sha);
    }
    // The oldest merge that has a commit is the one that brought it.
    for (const merge of line.reverse()) {
      const waiting = (parents.get(merge) ?? []).slice(1);
      for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
        if (!parents.has(sha) || this.#line.has(sha) || this.#merges.has(sha)) continue;
        this.#merges.set(sha, merge);
        waiting.push(...parents.get(sha)!);
      }
    }
    this.#head = head;
  }
}
