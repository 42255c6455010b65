import { createHash } from 'node:crypto';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { ReleaseResource, ReleaseResources } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import type { RunningIndex } from '../running/RunningIndex';
import { answerMs, inTime } from '../upstream/inTime';
import { toUpstreamError } from '../upstream/UpstreamError';
import type { ApplicationRecord } from './ApplicationRecord';
import type { SyncIndex } from './SyncIndex';
import { toReleaseResources } from './toReleaseResources';

interface Known {
  items: ReleaseResource[];
  truncated: boolean;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * As long as neither the Application nor its pods have changed, Argo CD is not asked again; only how a resource
 * differs can change without that, within this time. Milliseconds.
 */
const freshMs = 60_000;
/** Characters of answers that are remembered. */
const maxSize = 32 * 1024 * 1024;
const sizeCalculation = (known: Known) => JSON.stringify(known.items).length + 100;

/** The resources of Applications with health and drift; Argo CD is asked when somebody looks and something has changed. */
export class ResourceService {
  readonly #sync: SyncIndex;
  readonly #running: RunningIndex;
  readonly #fresh: LRUCache<string, Known, string>;
  readonly #last = new LRUCache<string, Known>({ maxSize, sizeCalculation });

  constructor({ sync, running }: { sync: SyncIndex; running: RunningIndex }) {
    this.#sync = sync;
    this.#running = running;
    this.#fresh = new LRUCache<string, Known, string>({
      maxSize,
      sizeCalculation,
      ttl: freshMs,
      fetchMethod: (_, __, { context: name }) => this.#ask(name),
    });
  }

  /**
   * @throws NotFoundError when Argo CD has no such Application
   * @throws ServiceUnavailableError when Argo CD does not answer and nothing is known
   */
  async resources(tenant: string, service: string): Promise<ReleaseResources> {
    const record = this.#sync.get(tenant);
    if (!record) {
      if (this.#sync.freshness(tenant).state === 'ok') throw new NotFoundError('No such release');
      throw new ServiceUnavailableError('Argo CD does not answer');
    }
    const key = `${record.instance}\n${record.name}\n${this.#fingerprint(record, service)}`;
    const source = this.#sync.status(tenant);
    if (source.state === 'down') return this.#lastKnown(record, source);
    const { name } = record;
    try {
      const asked = this.#fresh.fetch(key, { context: name });
      const known = await inTime(asked, Date.now() + answerMs);
      if (known) return answer(name, known, source);
      return this.#lastKnown(record, source);
    } catch (error) {
      const { errorClass } = toUpstreamError(error);
      return this.#lastKnown(record, { ...source, state: 'down', error: errorClass });
    }
  }

  async #ask(name: string): Promise<Known> {
    const { tree, managed } = await this.#sync.resources(name);
    const known = { ...toReleaseResources(tree, managed), at: Date.now() };
    this.#last.set(name, known);
    return known;
  }

  #lastKnown({ name }: ApplicationRecord, source: ReleaseResources['source']): ReleaseResources {
    const known = this.#last.get(name);
    if (!known) {
      throw new ServiceUnavailableError(
        `Argo CD does not answer (${source.error ?? 'unreachable'})`,
      );
    }
    const ageSeconds = Math.floor((Date.now() - known.at) / 1000);
    return answer(name, known, { ...source, state: 'stale', ageSeconds });
  }

  /** Changes whenever the Application or its pods do. */
  #fingerprint(record: ApplicationRecord, service: string): string {
    const pods = this.#running.pods(undefined, record.name, service);
    return createHash('sha256')
      .update(JSON.stringify([record, pods]))
      .digest('base64url');
  }
}

function answer(
  application: string,
  { items, truncated, at }: Known,
  source: ReleaseResources['source'],
): ReleaseResources {
  return { application, items, truncated, checkedAt: new Date(at).toISOString(), source };
}
