import type { Config } from '@backstage/config';
import { z } from 'zod';
import { urlProblem, type PartList } from './PartProblem';
import { parseSetting, readSetting } from './parseSetting';
import {
  serverProblem,
  serverSettings,
  type MetricPreset,
  type ServerSettings,
  type TelemetryLabels,
} from './telemetryServer';

/** A Prometheus or Loki server. */
export interface TelemetryServer {
  kind: 'prometheus' | 'loki';
  /** Name of the Argo CD destination whose tenants it knows, or `*` for all. */
  cluster: string;
  url: string;
  headers: Record<string, string>;
  /** The server's own tenant (`X-Scope-OrgID`), with `{tenant}` and `{service}`; undefined when it has none. */
  orgId?: string;
  /** Further parameters of each query, such as a tenancy proxy wants, with `{tenant}` and `{service}`. */
  query?: Record<string, string>;
  labels?: TelemetryLabels;
  /** Of a Prometheus; default `prom-client`. */
  preset?: MetricPreset;
  /** Seconds between two scrapes of a service. Of a Prometheus; default 60. */
  scrapeSeconds?: number;
}

/** Where a tenant's dashboard is. */
export interface GrafanaConfig {
  url: string;
  dashboard: string;
}

const root = 'tenantReleases.telemetry';

const entries = z
  .array(
    z.looseObject({
      cluster: z.string().default('*'),
      prometheus: z.unknown().optional(),
      loki: z.unknown().optional(),
    }),
  )
  .default([]);

/** Reads `tenantReleases.telemetry`; servers that cannot be used are reported, each with the key and the cure. */
export function readTelemetryConfig(config: Config): PartList<TelemetryServer> {
  const list: PartList<TelemetryServer> = { parts: [], problems: [] };
  const parsed = readSetting(config, root, entries);
  if ('problem' in parsed) {
    addMissing(list, parsed.problem);
    return list;
  }
  parsed.value.forEach((entry, index) => {
    for (const kind of ['prometheus', 'loki'] as const) {
      if (entry[kind] !== undefined && entry[kind] !== null) {
        addServer(list, entry[kind], {
          kind,
          cluster: entry.cluster,
          key: `${root}[${index}].${kind}`,
        });
      }
    }
  });
  addMissing(list, `${root}: is not configured; add an entry with cluster and url`);
  return list;
}

function addServer(
  list: PartList<TelemetryServer>,
  value: unknown,
  { kind, cluster, key }: { kind: TelemetryServer['kind']; cluster: string; key: string },
): void {
  const parsed = parseSetting(key, value, serverSettings);
  const found: ServerSettings = 'value' in parsed ? parsed.value : {};
  const wrong = 'problem' in parsed ? parsed.problem : serverProblem(found, key);
  if (wrong) {
    list.problems.push({ source: telemetrySource(kind, cluster), message: wrong });
    return;
  }
  const { url, headers = {}, orgId, query, labels, preset, scrapeSeconds } = found;
  list.parts.push({
    kind,
    cluster,
    url: url!.replace(/\/+$/, ''),
    headers,
    ...(orgId ? { orgId } : {}),
    ...(query ? { query: textsOf(query) } : {}),
    ...(labels ? { labels } : {}),
    ...(kind === 'prometheus' && preset ? { preset: preset as MetricPreset } : {}),
    ...(kind === 'prometheus' && scrapeSeconds !== undefined
      ? { scrapeSeconds: Number(scrapeSeconds) }
      : {}),
  });
}

function textsOf(values: Record<string, string | number | boolean>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** How a telemetry server is called in `GET /sources`. */
export function telemetrySource(kind: TelemetryServer['kind'], cluster: string) {
  const name = kind === 'prometheus' ? 'Prometheus' : 'Loki';
  return cluster === '*'
    ? { id: kind, kind, name }
    : { id: `${kind}:${cluster}`, kind, name: `${name} of ${cluster}` };
}

function addMissing(list: PartList<TelemetryServer>, message: string): void {
  for (const kind of ['prometheus', 'loki'] as const) {
    const known = [...list.parts, ...list.problems.map(({ source }) => source)];
    if (!known.some(part => part.kind === kind)) {
      list.problems.push({ source: telemetrySource(kind, '*'), message: `${message} (${kind})` });
    }
  }
}

const grafana = z
  .looseObject({ url: z.string().optional(), dashboard: z.string().default('tenant-release') })
  .optional();

/**
 * Reads `tenantReleases.grafana`. Without it there are no links to Grafana.
 *
 * @returns the configuration, or one line that says what is wrong with it
 */
export function readGrafanaConfig(config: Config): GrafanaConfig | string | undefined {
  const key = 'tenantReleases.grafana';
  const parsed = readSetting(config, key, grafana);
  if ('problem' in parsed) return parsed.problem;
  if (!parsed.value) return undefined;
  const wrong = urlProblem(parsed.value.url);
  if (wrong) return `${key}.url ${wrong}`;
  return { url: parsed.value.url!.replace(/\/+$/, ''), dashboard: parsed.value.dashboard };
}
