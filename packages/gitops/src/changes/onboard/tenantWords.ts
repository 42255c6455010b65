import { portalName } from '../../layout/portalName';

/** Longest DNS label (RFC 1035). Characters. */
const maxLabel = 63;

/** A name as Kubernetes takes it: `Acme_EU` is `acme-eu`. */
export function labelOf(tenant: string): string {
  return portalName(tenant, maxLabel);
}

/** What ids are made of, besides letters and digits. */
const idText = /[\w.-]/;

/** Finds the id of a tenant as a whole word: `shop` stands in `shop-prod`, and not in `workshop`, nor where `shop-eu` is a tenant too. */
export class TenantWords {
  readonly #expression: RegExp;
  readonly #longer: ReadonlySet<string>;

  /** @param others - ids of all other tenants */
  constructor(readonly tenant: string, others: Iterable<string>) {
    const own = [...new Set([tenant, labelOf(tenant)])].map(escapeExpression);
    const source = `(?<![A-Za-z0-9])(?:${own.join('|')})(?![A-Za-z0-9])`;
    this.#expression = new RegExp(source, 'g');
    const isLonger = new RegExp(source);
    // Only an id that holds this one as a word can be taken for it.
    const longer = [...others].filter(id => isLonger.test(id));
    this.#longer = new Set(longer.flatMap(id => [id, labelOf(id)]));
  }

  isIn(text: string): boolean {
    return this.blank(text) !== text;
  }

  /** Puts something else in the place of each word. @param put - by the name of what the word is; undefined leaves it */
  replace(
    text: string,
    put: (name: 'tenant' | 'tenantLabel', offset: number) => string | undefined,
  ): string {
    return text.replace(this.#expression, (word, offset: number) => {
      if (this.#isPartOfLonger(text, offset, offset + word.length)) return word;
      return put(word === this.tenant ? 'tenant' : 'tenantLabel', offset) ?? word;
    });
  }

  /** A text that is the same for tenants of which it says the same. */
  blank(text: string): string {
    return this.replace(text, () => '\0');
  }

  #isPartOfLonger(text: string, start: number, end: number): boolean {
    if (this.#longer.size === 0) return false;
    const starts = [start];
    for (let at = start - 1; at >= 0 && idText.test(text[at]); at -= 1) {
      if (!/[A-Za-z0-9]/.test(text[at - 1] ?? '')) starts.push(at);
    }
    const ends = [end];
    for (let at = end + 1; at <= text.length && idText.test(text[at - 1]); at += 1) {
      if (!/[A-Za-z0-9]/.test(text[at] ?? '')) ends.push(at);
    }
    return starts.some(from => ends.some(to => this.#longer.has(text.slice(from, to))));
  }
}

/** A text as an expression that meets just it. */
export function escapeExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
