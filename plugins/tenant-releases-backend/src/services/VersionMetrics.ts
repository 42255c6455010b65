import type { TelemetryServer } from '../config/telemetryConfig';
import type { Sample } from '../serving/requestsOf';
import type { MetricNames } from '../telemetry/metricNames';
import { metricNamesOf } from '../telemetry/panels';
import { PrometheusClient } from '../telemetry/PrometheusClient';
import { rateWindowSeconds } from '../telemetry/rateWindow';
import { answerMs, inTime } from '../upstream/inTime';
import { toUpstreamError } from '@internal/gitops';
import { LRUCache } from 'lru-cache';
import { measuredVersions, versionQuery, type MeasuredVersion } from './versionQuery';

/** Errors and latency of a version are taken over five minutes at least: it is compared, not watched. */
const minWindowSeconds = 300;
/** Answers are shared by everyone who looks at the service within this time. Milliseconds. */
const freshMs = 15_000;

interface Server {
  client: PrometheusClient;
  names: MetricNames;
  isPerTenant: boolean;
}

/** What all Prometheus servers tell of a service. */
export interface ServiceMetrics {
  versions: Map<string, MeasuredVersion>;
  /** Why something, or everything, is missing: a sentence. */
  problem?: string;
}

/** How the versions of services serve, over all tenants: one query a server and service. */
export class VersionMetrics {
  readonly windowSeconds: number;
  readonly #servers: Server[];
  readonly #answers: LRUCache<string, Sample[]>;

  constructor(servers: readonly TelemetryServer[]) {
    const all = servers.filter(({ kind }) => kind === 'prometheus');
    this.windowSeconds = Math.max(minWindowSeconds, ...all.map(rateWindowSeconds));
    this.#servers = all.map(server => ({
      client: new PrometheusClient(server),
      names: metricNamesOf(server),
      isPerTenant: JSON.stringify([server.orgId, server.query]).includes('{'),
    }));
    this.#answers = new LRUCache<string, Sample[]>({
      max: 200,
      ttl: freshMs,
      fetchMethod: key => {
        const [index, service] = key.split('/');
        const { client, names } = this.#servers[Number(index)];
        return client.queryFleet(
          versionQuery(names, service, this.windowSeconds),
          Math.floor(Date.now() / 1000),
        );
      },
    });
  }

  /** @param isTenant - whether the service has that tenant */
  async of(service: string, isTenant: (tenant: string) => boolean): Promise<ServiceMetrics> {
    if (this.#servers.length === 0) {
      return { versions: new Map(), problem: 'No Prometheus is set up.' };
    }
    const problems = new Set<string>();
    const versions = new Map<string, MeasuredVersion>();
    const until = Date.now() + answerMs;
    await Promise.all(
      this.#servers.map(async ({ names, isPerTenant }, index) => {
        if (isPerTenant) {
          problems.add('This Prometheus tells of one tenant at a time.');
          return;
        }
        try {
          const asked = this.#answers.fetch(`${index}/${service}`);
          const samples = (await inTime(asked, until)) ?? [];
          const found = measuredVersions(samples, names, this.windowSeconds, isTenant);
          found.forEach((measured, version) => add(versions, version, measured));
        } catch (error) {
          problems.add(`Prometheus does not answer (${toUpstreamError(error).errorClass}).`);
        }
      }),
    );
    return { versions, ...(problems.size > 0 ? { problem: [...problems].join(' ') } : {}) };
  }
}

/** Percentiles of two servers cannot be merged: the longer one is kept. */
function add(versions: Map<string, MeasuredVersion>, version: string, more: MeasuredVersion): void {
  const known = versions.get(version);
  if (!known) {
    versions.set(version, more);
    return;
  }
  more.all.forEach((count, tenant) => known.all.set(tenant, (known.all.get(tenant) ?? 0) + count));
  known.failed += more.failed;
  if (more.p95 !== undefined) known.p95 = Math.max(known.p95 ?? 0, more.p95);
}
