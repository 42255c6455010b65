import type { Config } from '@backstage/config';
import { z } from 'zod';
import { urlProblem, type PartList } from './PartProblem';

/** A Prometheus or Loki server. */
export interface TelemetryServer {
  kind: 'prometheus' | 'loki';
  /** Name of the Argo CD destination whose tenants it knows, or `*` for all. */
  cluster: string;
  url: string;
  headers: Record<string, string>;
  /** Loki's tenant (`X-Scope-OrgID`), with `{tenant}` for the tenant's name; undefined when Loki has no tenants. */
  orgId?: string;
}

/** Where a tenant's dashboard is. */
export interface GrafanaConfig {
  url: string;
  dashboard: string;
}

const root = 'tenantReleases.telemetry';

const server = z.looseObject({
  url: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

const schema = z.array(
  z.looseObject({
    cluster: z.string().default('*'),
    prometheus: server.optional(),
    loki: server.extend({ orgId: z.string().optional() }).optional(),
  }),
);

/** Reads `tenantReleases.telemetry`; servers that cannot be used are reported, each with the key and the cure. */
export function readTelemetryConfig(config: Config): PartList<TelemetryServer> {
  const parsed = schema.safeParse(config.getOptional(root) ?? []);
  const list: PartList<TelemetryServer> = { parts: [], problems: [] };
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    addMissing(list, `${root}.${issue.path.join('.')}: ${issue.message}`);
    return list;
  }
  parsed.data.forEach((entry, index) => {
    for (const kind of ['prometheus', 'loki'] as const) {
      const found = entry[kind];
      if (found) {
        const wrong =
          urlProblem(found.url) ??
          (Object.keys(found.headers ?? {}).some(name => !/^[\w-]+$/.test(name))
            ? 'has headers whose names are not header names; mend them'
            : undefined);
        const source = telemetrySource(kind, entry.cluster);
        if (wrong) {
          list.problems.push({ source, message: `${root}[${index}].${kind}.url ${wrong}` });
        } else {
          list.parts.push({
            kind,
            cluster: entry.cluster,
            url: found.url!.replace(/\/+$/, ''),
            headers: found.headers ?? {},
            ...(kind === 'loki' && entry.loki?.orgId ? { orgId: entry.loki.orgId } : {}),
          });
        }
      }
    }
  });
  addMissing(list, `${root}: is not configured; add an entry with cluster and url`);
  return list;
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

/**
 * Reads `tenantReleases.grafana`. Without it there are no links to Grafana.
 *
 * @returns the configuration, or one line that says what is wrong with it
 */
export function readGrafanaConfig(config: Config): GrafanaConfig | string | undefined {
  const key = 'tenantReleases.grafana';
  const parsed = z
    .looseObject({ url: z.string().optional(), dashboard: z.string().default('tenant-release') })
    .optional()
    .safeParse(config.getOptional(key));
  if (!parsed.success) return `${key} must have url and dashboard as texts`;
  if (!parsed.data) return undefined;
  const wrong = urlProblem(parsed.data.url);
  if (wrong) return `${key}.url ${wrong}`;
  return { url: parsed.data.url!.replace(/\/+$/, ''), dashboard: parsed.data.dashboard };
}
