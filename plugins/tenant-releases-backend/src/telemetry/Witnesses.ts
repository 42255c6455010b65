import { LRUCache } from 'lru-cache';
import { toUpstreamError, type UpstreamError } from '@internal/gitops';

/** Tenants whose queries are kept: with one, a tenant that loses its access would stand for all. */
const maxWitnesses = 3;

/** Asks a query again that a tenant asked lately, made as small as it can be. */
export type Witness = () => Promise<unknown>;

/**
 * Queries that were answered, at most one a tenant. Where the sign of life is refused, by a gateway or a tenancy proxy,
 * they tell whether the server still answers.
 */
export class Witnesses {
  readonly #byTenant = new LRUCache<string, Witness>({ max: maxWitnesses });

  /** A tenant's query was answered. */
  answered(tenant: string, witness: Witness): void {
    this.#byTenant.set(tenant, witness);
  }

  /** A tenant's query failed: where nobody was ever let in, that is all that is known. */
  failed(tenant: string, witness: Witness, error: UpstreamError): void {
    if (error.errorClass === 'unauthorized' && this.#byTenant.size === 0) {
      this.#byTenant.set(tenant, witness);
    }
  }

  get isEmpty(): boolean {
    return this.#byTenant.size === 0;
  }

  /** @returns the error of the newest query, when none is answered */
  async ask(): Promise<UpstreamError | undefined> {
    const asked = [...this.#byTenant.values()].map(witness => witness());
    try {
      await Promise.any(asked);
      return undefined;
    } catch (thrown) {
      return toUpstreamError((thrown as AggregateError).errors[0]);
    }
  }
}
