import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TelemetryServer } from '../config/telemetryConfig';
import type { ServingState } from '../join/releaseParts';
import { ChangeHints } from '../upstream/ChangeHints';
import type { ServingObjective } from './FailingSpans';
import { ServingWatch, type ServingTarget } from './ServingWatch';

/** Whether releases serve, in all clusters. */
export class ServingIndex {
  readonly changes = new ChangeHints();
  readonly #watches: ServingWatch[];

  constructor(
    servers: readonly TelemetryServer[],
    objective: ServingObjective,
    logger: Pick<LoggerService, 'warn' | 'info'>,
  ) {
    this.#watches = servers
      .filter(({ kind }) => kind === 'prometheus')
      .map(server => new ServingWatch(server, objective, logger));
    for (const { changes } of this.#watches) {
      changes.subscribe(tenants => {
        if (tenants === 'all') this.changes.emitAll();
        else this.changes.emit(tenants);
      });
    }
  }

  start(): void {
    this.#watches.forEach(watch => watch.start());
  }

  async stop(): Promise<void> {
    await Promise.all(this.#watches.map(watch => watch.stop()));
  }

  /**
   * @param cluster - name of the Argo CD destination; a server that is named after it goes before one for all
   * @returns undefined where no Prometheus is set up for it
   */
  state(cluster: string | undefined, target: ServingTarget): ServingState | undefined {
    const watch =
      this.#watches.find(one => one.cluster === cluster) ??
      this.#watches.find(one => one.cluster === '*');
    return watch?.state(target);
  }
}
