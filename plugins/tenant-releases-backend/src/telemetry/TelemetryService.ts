import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  LogList,
  PanelData,
  PanelInfo,
  SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import type { TelemetryServer } from '../config/telemetryConfig';
import { LokiClient } from './LokiClient';
import { toLogLine } from './logLines';
import { logQuery, type LogFilter } from './logQuery';
import { panelTemplates } from './panels';
import { PrometheusClient } from './PrometheusClient';
import { guardLogql, guardPromql } from './queryGuard';
import { TelemetrySource } from './TelemetrySource';
import type { TimeRange } from './timeRange';

/** The release that is asked about. */
export interface TelemetryTarget {
  tenant: string;
  service: string;
  /** Name of the Argo CD destination. */
  cluster: string;
}

/** Which lines, and how many. */
export interface LogRequest extends Pick<LogFilter, 'level' | 'q' | 'version'> {
  range: TimeRange;
  limit: number;
  direction: 'forward' | 'backward';
}

/** A rate needs a few scrapes in its window: of the usual 15 s, four. Seconds. */
const minWindowSeconds = 60;

/** Metrics and logs of releases. */
export class TelemetryService {
  readonly #prometheus: Array<{ client: PrometheusClient; source: TelemetrySource }> = [];
  readonly #loki: Array<{ client: LokiClient; source: TelemetrySource }> = [];

  constructor(servers: TelemetryServer[], logger: LoggerService) {
    for (const server of servers) {
      if (server.kind === 'prometheus') {
        const client = new PrometheusClient(server);
        const source = new TelemetrySource(server, () => client.probe(), logger);
        this.#prometheus.push({ client, source });
      } else {
        const client = new LokiClient(server);
        const source = new TelemetrySource(server, () => client.probe(), logger);
        this.#loki.push({ client, source });
      }
    }
  }

  start(): void {
    this.#sources().forEach(source => source.start());
  }

  async stop(): Promise<void> {
    await Promise.all(this.#sources().map(source => source.stop()));
  }

  statuses(): SourceStatus[] {
    return this.#sources().map(({ monitor }) => monitor.status());
  }

  /** @param listener - called when a server goes away or comes back */
  onChange(listener: () => void): void {
    this.#sources().forEach(({ monitor }) => monitor.onChange(listener));
  }

  panels(): PanelInfo[] {
    return panelTemplates.map(({ id, title, unit, kind }) => ({ id, title, unit, kind }));
  }

  /**
   * @throws NotFoundError for an unknown panel
   * @throws ServiceUnavailableError when Prometheus has no answer
   */
  async panel(
    target: TelemetryTarget,
    panelId: string,
    grid: TimeRange & { step: number },
  ): Promise<Omit<PanelData, 'markers'>> {
    const template = panelTemplates.find(({ id }) => id === panelId);
    if (!template) throw new NotFoundError('No such panel');
    const { client, source } = serverOf(this.#prometheus, target.cluster, 'Prometheus');
    const { tenant, service } = target;
    const windowSeconds = Math.max(minWindowSeconds, grid.step);
    const similar = JSON.stringify([tenant, service, panelId, grid.end - grid.start, grid.step]);
    const answer = await source.ask(`${similar}@${grid.start}`, similar, async () => ({
      ...grid,
      series: (
        await Promise.all(
          template.queries.map(async ({ name, query }) => {
            const text = guardPromql(query({ tenant, service, windowSeconds }), tenant);
            const found = await client.queryRange(text, grid);
            return found.map(({ labels, points }) => ({ name, labels, points }));
          }),
        )
      ).flat(),
    }));
    return { panelId, unit: template.unit, ...answer.value, source: answer.source };
  }

  /** @throws ServiceUnavailableError when Loki has no answer */
  async logs(target: TelemetryTarget, request: LogRequest): Promise<LogList> {
    const { client, source } = serverOf(this.#loki, target.cluster, 'Loki');
    const { tenant, service } = target;
    const { range, limit, direction, ...filter } = request;
    const query = guardLogql(logQuery({ tenant, service, ...filter }), tenant);
    const similar = JSON.stringify([tenant, query, range.end - range.start, limit, direction]);
    const answer = await source.ask(`${similar}@${range.start}`, similar, async () => {
      // One more than asked for tells whether there are more.
      const found = await client.queryRange(tenant, {
        query,
        ...range,
        limit: limit + 1,
        direction,
      });
      const order = direction === 'forward' ? 1 : -1;
      found.sort((a, b) => order * compareDecimals(a.time, b.time));
      return { lines: found.slice(0, limit).map(toLogLine), truncated: found.length > limit };
    });
    return { ...answer.value, source: answer.source };
  }

  #sources(): TelemetrySource[] {
    return [...this.#prometheus, ...this.#loki].map(({ source }) => source);
  }
}

/** The server of a cluster; one that is named after it goes before one for all. */
function serverOf<T extends { source: TelemetrySource }>(
  servers: T[],
  cluster: string,
  label: string,
): T {
  const found =
    servers.find(({ source }) => source.cluster === cluster) ??
    servers.find(({ source }) => source.cluster === '*');
  if (!found)
    throw new ServiceUnavailableError(`${label} is not set up for this tenant (misconfigured)`);
  return found;
}

function compareDecimals(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
