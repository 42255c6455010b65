import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TelemetryServer } from '../config/telemetryConfig';
import type { PartFreshness, ServingState } from '../join/releaseParts';
import { metricNamesOf } from '../telemetry/panels';
import { rateWindowSeconds } from '../telemetry/rateWindow';
import { seriesOf } from '../telemetry/series';
import type { MetricNames } from '../telemetry/metricNames';
import { PrometheusClient } from '../telemetry/PrometheusClient';
import { ChangeHints } from '../upstream/ChangeHints';
import { RetryLoop } from '../upstream/RetryLoop';
import { toUpstreamError, UpstreamError } from '@internal/gitops';
import { alertsOf, type TenantAlert } from './alertsOf';
import { beginningOf } from './beginningOf';
import { FailingSpans, isFailing, isTellable, type ServingObjective } from './FailingSpans';
import { failingQuery, requestsQuery } from './fleetQueries';
import { requestsOf, servingKey, type Requests } from './requestsOf';

/** Milliseconds between two questions. */
const intervalMs = 10_000;
/** An answer that is older is not current: three in a row have failed. Seconds. */
const staleAfterSeconds = 35;
/** How far the first question looks back for the beginning of what fails now. Seconds. */
const lookBack = { seconds: 6 * 3600, step: 60 };

/** Whose health is asked for. */
export interface ServingTarget {
  tenant: string;
  service: string;
  /** All services of the tenant: an alert of another service is not this one's. */
  services: readonly string[];
}

/** Whether releases serve, as one Prometheus tells: two requests for the whole fleet, whatever its size. */
export class ServingWatch {
  readonly cluster: string;
  readonly changes = new ChangeHints();
  readonly #client: PrometheusClient;
  readonly #names: MetricNames;
  readonly #objective: ServingObjective;
  readonly #windowSeconds: number;
  readonly #isPerTenant: boolean;
  readonly #loop: RetryLoop;
  readonly #startedAt = Date.now();
  #spans = new FailingSpans();
  #requests: ReadonlyMap<string, Requests> = new Map();
  #alerts: ReadonlyMap<string, TenantAlert[]> = new Map();
  #answeredAt: number | undefined;
  #alertsAt = 0;
  #alertsProblem: UpstreamError | undefined;
  #problem: UpstreamError | undefined;
  #told = new Map<string, string>();

  constructor(
    server: TelemetryServer,
    objective: ServingObjective,
    logger: Pick<LoggerService, 'warn' | 'info'>,
  ) {
    this.cluster = server.cluster;
    this.#client = new PrometheusClient(server);
    this.#names = metricNamesOf(server);
    this.#windowSeconds = rateWindowSeconds(server);
    this.#objective = objective;
    this.#isPerTenant = JSON.stringify([server.orgId, server.query]).includes('{');
    this.#loop = new RetryLoop({
      step: async () => {
        await this.#ask();
        if (this.#problem) logger.info(`The health of releases is measured again`);
        this.#problem = undefined;
        return intervalMs;
      },
      onError: error => {
        if (!this.#problem) {
          logger.warn(
            `The health of releases is not measured (${error.errorClass}): ${error.message}`,
          );
        }
        this.#problem = error;
        this.#announce();
      },
      maxBackoffMs: intervalMs,
    });
  }

  start(): void {
    if (!this.#isPerTenant) this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  state(target: ServingTarget): ServingState {
    const { tenant, service, services } = target;
    const key = servingKey(tenant, service);
    const requests = this.#requests.get(key);
    const failing = this.#spans.get(key);
    const alerts = (this.#alerts.get(tenant) ?? []).filter(
      ({ service: other }) => other === undefined || other === service || !services.includes(other),
    );
    const notMeasured = this.#notMeasured(requests, target);
    return {
      ...(requests && isTellable(requests, this.#objective)
        ? {
            requests: {
              errorRatio: requests.failed / requests.all,
              objective: this.#objective.errorRatio,
              ...(failing ? { failing } : {}),
            },
          }
        : {}),
      alerts,
      freshness: this.#freshness(),
      ...(notMeasured === undefined ? {} : { notMeasured }),
      ...(this.#alertsProblem
        ? {
            alertsUnknown: `Prometheus does not tell its alerts (${
              this.#alertsProblem.errorClass
            }).`,
          }
        : {}),
    };
  }

  #notMeasured(requests: Requests | undefined, target: ServingTarget): string | undefined {
    if (this.#isPerTenant) {
      return 'This Prometheus is asked for one tenant at a time, so that the health of all is not measured: see the panels.';
    }
    if (this.#answeredAt === undefined) {
      return this.#problem
        ? `Prometheus does not answer (${this.#problem.errorClass}).`
        : 'Prometheus has not answered yet.';
    }
    if (!requests) {
      const series = seriesOf(this.#names, this.#names.requests, target);
      return `Prometheus has no requests of it (${series}): see whether it is scraped, and set preset or labels in tenantReleases.telemetry[].prometheus.`;
    }
    return undefined;
  }

  #freshness(): PartFreshness {
    const ageSeconds = Math.floor((Date.now() - (this.#answeredAt ?? this.#startedAt)) / 1000);
    if (this.#answeredAt === undefined) return { state: 'unknown', ageSeconds };
    return { state: ageSeconds > staleAfterSeconds ? 'stale' : 'ok', ageSeconds };
  }

  async #ask(): Promise<void> {
    const now = new Date();
    const seconds = Math.floor(now.getTime() / 1000);
    const [samples, alerts] = await Promise.all([
      this.#client.queryFleet(requestsQuery(this.#names, this.#windowSeconds), seconds),
      // Some that stand before a Prometheus know no rules; the requests say something all the same.
      this.#client.firingAlerts().catch(toUpstreamError),
    ]);
    const requests = requestsOf(samples, this.#names, this.#windowSeconds);
    const isFirst = this.#answeredAt === undefined;
    const isAnyFailing = [...requests.values()].some(one => isFailing(one, this.#objective));
    const before = isFirst && isAnyFailing ? await this.#beginnings(seconds) : undefined;
    this.#spans.update(requests, this.#objective, now, before);
    this.#requests = requests;
    const isRefused = alerts instanceof UpstreamError;
    this.#alertsProblem = isRefused ? alerts : undefined;
    this.#answeredAt = Date.now();
    // One answer that fails ends no alert: those that fired stay until they are too old to go by.
    if (!isRefused) {
      this.#alerts = alertsOf(alerts, this.#names);
      this.#alertsAt = this.#answeredAt;
    } else if (this.#answeredAt - this.#alertsAt > staleAfterSeconds * 1000) {
      this.#alerts = new Map();
    }
    this.#announce();
  }

  /** Since when those fail that fail now; none when that cannot be told. */
  async #beginnings(end: number): Promise<Map<string, Date>> {
    const { step } = lookBack;
    const query = failingQuery(this.#names, this.#windowSeconds, this.#objective.errorRatio);
    const series = await this.#client
      .queryFleetRange(query, { start: end - lookBack.seconds, end, step })
      .catch(() => []);
    return beginningOf(series, this.#names, { end, step });
  }

  /** Tells of the tenants of which something else is said now. */
  #announce(): void {
    const said = new Map<string, string>();
    const add = (tenant: string, text: string) =>
      said.set(tenant, `${said.get(tenant) ?? ''}${text}\n`);
    for (const [key, requests] of this.#requests) {
      const span = this.#spans.get(key);
      const ratio = span ? Math.round((requests.failed / requests.all) * 100) : '';
      add(
        key.slice(0, key.indexOf('/')),
        JSON.stringify([key, span, ratio, isTellable(requests, this.#objective)]),
      );
    }
    for (const [tenant, alerts] of this.#alerts) add(tenant, JSON.stringify(alerts));
    const changed = [...new Set([...said.keys(), ...this.#told.keys()])].filter(
      tenant => said.get(tenant) !== this.#told.get(tenant),
    );
    this.#told = said;
    this.changes.emit(changed);
  }
}
