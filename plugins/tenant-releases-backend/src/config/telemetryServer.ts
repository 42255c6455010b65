import { z } from 'zod';
import { fillIn, reservedParameters } from '../telemetry/ownRequest';
import { urlProblem } from './PartProblem';

/** Names under which services count their requests. */
export const metricPresets = ['prom-client', 'opentelemetry', 'spring', 'istio'] as const;
/** One of {@link metricPresets}. */
export type MetricPreset = (typeof metricPresets)[number];

/** Labels that say whose a series or a line is, where they are called otherwise than usual. */
export interface TelemetryLabels {
  namespace?: string;
  service?: string;
  /** Of lines only. */
  version?: string;
}

/** How a telemetry server is written in the configuration. */
export const serverSettings = z.looseObject({
  url: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  orgId: z.string().optional(),
  query: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  labels: z
    .strictObject({
      namespace: z.string().optional(),
      service: z.string().optional(),
      version: z.string().optional(),
    })
    .optional(),
  preset: z.string().optional(),
  scrapeSeconds: z.union([z.number(), z.string()]).optional(),
});

/** See {@link serverSettings}. */
export type ServerSettings = z.infer<typeof serverSettings>;

/** https://prometheus.io/docs/concepts/data_model/: two underscores are for internal use. */
const labelName = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;
const parameterName = /^[a-zA-Z_][\w.-]*(\[\])?$/;

/** One line that says what is wrong with a server's settings; undefined when they can be used. */
export function serverProblem(settings: ServerSettings, key: string): string | undefined {
  const { url, headers = {}, orgId = '', query = {}, labels = {} } = settings;
  if (url && URL.parse(url)?.search) {
    return `${key}.url holds parameters, which would not be sent; set them under ${key}.query`;
  }
  const wrongUrl = urlProblem(url);
  if (wrongUrl) return `${key}.url ${wrongUrl}`;
  if (Object.keys(headers).some(name => !/^[\w-]+$/.test(name))) {
    return `${key}.headers has names that are not header names; mend them`;
  }
  const wrongOrgId = textProblem(orgId);
  if (wrongOrgId) return `${key}.orgId ${wrongOrgId}`;
  for (const [name, value] of Object.entries(query)) {
    const wrong = parameterProblem(name) ?? textProblem(String(value));
    if (wrong) return `${key}.query.${name} ${wrong}`;
  }
  for (const [name, value] of Object.entries(labels)) {
    if (value !== undefined && !labelName.test(value)) {
      return `${key}.labels.${name} is not a label's name; write letters, digits and "_"`;
    }
  }
  const given = Object.values(labels).filter(value => value !== undefined);
  if (new Set(given).size < given.length) {
    return `${key}.labels names one label twice; give each a label of its own`;
  }
  return prometheusProblem(settings, key);
}

function prometheusProblem(
  { preset, scrapeSeconds }: ServerSettings,
  key: string,
): string | undefined {
  if (preset !== undefined && !metricPresets.some(known => known === preset)) {
    return `${key}.preset is not known; set it to one of ${metricPresets.join(', ')}`;
  }
  if (
    scrapeSeconds !== undefined &&
    !(Number(scrapeSeconds) >= 1 && Number(scrapeSeconds) <= 3600)
  ) {
    return `${key}.scrapeSeconds must be a number of seconds from 1 to 3600; leave it out for 60`;
  }
  return undefined;
}

function parameterProblem(name: string): string | undefined {
  if (!parameterName.test(name)) return 'is not a parameter’s name; mend it';
  if (reservedParameters.includes(name)) {
    return 'is a parameter that the portal sends itself; take it out';
  }
  return undefined;
}

function textProblem(template: string): string | undefined {
  const rest = fillIn(template, { tenant: '', service: '' });
  if (/[{}]/.test(rest)) return 'has an unknown placeholder; use {tenant} and {service}';
  if (!/^[\x20-\x7e]*$/.test(rest)) return 'has characters that no header may have; take them out';
  return undefined;
}
