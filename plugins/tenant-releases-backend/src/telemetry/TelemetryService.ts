import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  LogList,
  PanelData,
  PanelInfo,
  SourceReport,
  SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import type { TelemetryServer } from '../config/telemetryConfig';
import type { TelemetryLabels } from '../config/telemetryServer';
import { explainEmpty } from './explainEmpty';
import { LineCap } from './LineCap';
import { logQuery, type LogFilter } from './logQuery';
import { LokiClient } from './LokiClient';
import type { MetricNames } from './metricNames';
import { createPanels, metricNamesOf, panelTemplates, type PanelTemplate } from './panels';
import { PrometheusClient } from './PrometheusClient';
import { guardLogql } from './queryGuard';
import { rateWindowSeconds, scrapeSecondsOf } from './rateWindow';
import { readLogs } from './readLogs';
import { readPanel, windowOf, witnessPanel } from './readPanel';
import { witnessMs, TelemetrySource } from './TelemetrySource';
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

/** How far a query that stands for others looks back: a minute. */
const witnessedNanoseconds = 60_000_000_000n;

interface PrometheusServer {
  client: PrometheusClient;
  source: TelemetrySource;
  names: MetricNames;
  minWindowSeconds: number;
  scrapeSeconds: number;
  panels: readonly PanelTemplate[];
}

interface LokiServer {
  client: LokiClient;
  source: TelemetrySource;
  labels: TelemetryLabels;
  cap: LineCap;
}

/** Metrics and logs of releases. */
export class TelemetryService {
  readonly #prometheus: PrometheusServer[] = [];
  readonly #loki: LokiServer[] = [];

  constructor(servers: TelemetryServer[], logger: LoggerService) {
    for (const server of servers) {
      if (server.kind === 'prometheus') {
        const client = new PrometheusClient(server);
        const source = new TelemetrySource(server, () => client.probe(), logger);
        const names = metricNamesOf(server);
        const minWindowSeconds = rateWindowSeconds(server);
        const panels = createPanels(names);
        const scrapeSeconds = scrapeSecondsOf(server);
        this.#prometheus.push({ client, source, names, minWindowSeconds, scrapeSeconds, panels });
      } else {
        const client = new LokiClient(server);
        const source = new TelemetrySource(server, () => client.probe(), logger);
        this.#loki.push({ client, source, labels: server.labels ?? {}, cap: new LineCap() });
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
    return this.#sources().map(source => source.status());
  }

  /** What went wrong last with each server, by the source's id. */
  reports(): Map<string, Pick<SourceReport, 'lastError'>> {
    return new Map(
      this.#sources().map(({ monitor }) => {
        const { lastError } = monitor;
        return [monitor.status().id, lastError ? { lastError } : {}];
      }),
    );
  }

  /** @param listener - called when a server goes away or comes back */
  onChange(listener: () => void): void {
    this.#sources().forEach(({ monitor }) => monitor.onChange(listener));
  }

  /** The panels of a cluster's services. */
  panels(cluster: string): PanelInfo[] {
    const panels = findServer(this.#prometheus, cluster)?.panels ?? panelTemplates;
    return panels.map(({ id, title, unit, kind }) => ({ id, title, unit, kind }));
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
    const server = serverOf(this.#prometheus, target.cluster, 'Prometheus');
    const { source, names } = server;
    const template = server.panels.find(({ id }) => id === panelId);
    if (!template) throw new NotFoundError('No such panel');
    const { tenant, service } = target;
    const reading = { ...server, template, target };
    const similar = JSON.stringify([tenant, service, panelId, grid.end - grid.start, grid.step]);
    const answer = await source.ask({
      tenant,
      key: `${similar}@${grid.start}`,
      similar,
      query: () => readPanel(reading, grid),
      witness: () => witnessPanel(reading, grid.step, witnessMs),
    });
    const windowSeconds = windowOf(reading, grid.step);
    const empty = explainEmpty(template, names, { ...target, windowSeconds }, answer.value);
    return {
      panelId,
      unit: template.unit,
      ...answer.value,
      ...(empty ? { empty } : {}),
      source: answer.source,
    };
  }

  /** @throws ServiceUnavailableError when Loki has no answer */
  async logs(target: TelemetryTarget, request: LogRequest): Promise<LogList> {
    const { client, source, labels, cap } = serverOf(this.#loki, target.cluster, 'Loki');
    const { tenant, service } = target;
    const { range, limit, direction, ...filter } = request;
    const guarded = (wanted: Partial<LogFilter>) =>
      guardLogql(logQuery({ tenant, service, ...wanted }, labels), tenant, labels.namespace);
    const query = guarded(filter);
    const similar = JSON.stringify([tenant, query, range.end - range.start, limit, direction]);
    const answer = await source.ask({
      tenant,
      key: `${similar}@${range.start}`,
      similar,
      query: () =>
        readLogs({
          client,
          cap,
          target,
          query,
          range,
          limit,
          direction,
          level: filter.level,
          versionLabel: labels.version,
        }),
      witness: () => {
        const end = BigInt(Date.now()) * 1_000_000n;
        return client.queryRange(target, {
          query: guarded({}),
          start: end - witnessedNanoseconds,
          end,
          limit: 1,
          direction: 'backward',
          timeoutMs: witnessMs,
        });
      },
    });
    return { ...answer.value, source: answer.source };
  }

  #sources(): TelemetrySource[] {
    return [...this.#prometheus, ...this.#loki].map(({ source }) => source);
  }
}

/** The server of a cluster; one that is named after it goes before one for all. */
function findServer<T extends { source: TelemetrySource }>(
  servers: T[],
  cluster: string,
): T | undefined {
  return (
    servers.find(({ source }) => source.cluster === cluster) ??
    servers.find(({ source }) => source.cluster === '*')
  );
}

function serverOf<T extends { source: TelemetrySource }>(
  servers: T[],
  cluster: string,
  label: string,
): T {
  const found = findServer(servers, cluster);
  if (!found)
    throw new ServiceUnavailableError(`${label} is not set up for this tenant (misconfigured)`);
  return found;
}
