import { createHash } from 'node:crypto';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { ReleaseResource, ReleaseResources } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import type { ReleaseRef } from '../releases/ReleaseRef';
import type { RunningIndex } from '../running/RunningIndex';
import { answerMs, inTime } from '../upstream/inTime';
import { lateStatus } from '../upstream/lateStatus';
import { toUpstreamError } from '@internal/gitops';
import type { ApplicationRecord } from './ApplicationRecord';
import { identityOf, type SyncIndex } from './SyncIndex';
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

/** What a {@link ResourceService} needs. */
export interface ResourceServiceOptions {
  sync: SyncIndex;
  running: RunningIndex;
  board: Pick<ReleaseBoard, 'place'>;
}

/** The resources of Applications with health and drift; Argo CD is asked when somebody looks and something has changed. */
export class ResourceService {
  readonly #sync: SyncIndex;
  readonly #running: RunningIndex;
  readonly #board: Pick<ReleaseBoard, 'place'>;
  readonly #fresh: LRUCache<string, Known, ApplicationRecord>;
  readonly #last = new LRUCache<string, Known>({ maxSize, sizeCalculation });

  constructor({ sync, running, board }: ResourceServiceOptions) {
    this.#sync = sync;
    this.#running = running;
    this.#board = board;
    this.#fresh = new LRUCache<string, Known, ApplicationRecord>({
      maxSize,
      sizeCalculation,
      ttl: freshMs,
      fetchMethod: (_, __, { context: record }) => this.#ask(record),
    });
  }

  /**
   * @throws NotFoundError when Argo CD has no such Application
   * @throws ServiceUnavailableError when Argo CD does not answer and nothing is known
   */
  async resources(ref: ReleaseRef): Promise<ReleaseResources> {
    const record = ref.application;
    if (!record) {
      if (this.#sync.freshness(undefined).state === 'ok') {
        throw new NotFoundError('Argo CD has no Application of this release');
      }
      throw new ServiceUnavailableError('Argo CD does not answer');
    }
    const key = `${identityOf(record)}\n${this.#fingerprint(record, ref)}`;
    const source = this.#sync.status(record);
    if (source.state === 'down') return this.#lastKnown(record, source);
    try {
      const asked = this.#fresh.fetch(key, { context: record });
      const known = await inTime(asked, Date.now() + answerMs);
      if (known) return answer(record.name, known, source);
      return this.#lastKnown(record, source);
    } catch (error) {
      const { errorClass } = toUpstreamError(error);
      return this.#lastKnown(record, { ...source, state: 'down', error: errorClass });
    }
  }

  async #ask(record: ApplicationRecord): Promise<Known> {
    const { tree, managed } = await this.#sync.resources(record);
    const known = { ...toReleaseResources(tree, managed), at: Date.now() };
    this.#last.set(identityOf(record), known);
    return known;
  }

  #lastKnown(record: ApplicationRecord, source: ReleaseResources['source']): ReleaseResources {
    const known = this.#last.get(identityOf(record));
    if (!known) {
      throw new ServiceUnavailableError(
        `Argo CD does not answer (${source.error ?? 'unreachable'})`,
      );
    }
    return answer(record.name, known, lateStatus(source, known.at));
  }

  /** Changes whenever the Application or its pods do. */
  #fingerprint(record: ApplicationRecord, ref: ReleaseRef): string {
    const pods = this.#running.pods(undefined, this.#board.place(ref));
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
