/** A content that Git does not hand out is asked for again with each poll at first, then now and then. */
const eagerPolls = 15;
const rarePolls = 15;

/** When to ask again for contents that Git has not handed out. */
export class UnreadPolls {
  #polls: number | undefined;

  /** @param isUnread - whether there still is such a content */
  note(isUnread: boolean): void {
    if (!isUnread) this.#polls = undefined;
    else this.#polls ??= 0;
  }

  /** To be called once a poll. */
  isDue(): boolean {
    if (this.#polls === undefined) return false;
    this.#polls += 1;
    return this.#polls <= eagerPolls || this.#polls % rarePolls === 0;
  }
}
