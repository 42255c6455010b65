import type { Config } from '@backstage/config';
import { z } from 'zod';
import { defaultGraceSeconds } from '../join/releaseFindings';
import {
  defaultExpectations,
  type ApplicationExpectations,
} from '../releases/applicationExpectations';
import { defaultPodLabels, type PodLabels } from '../running/PodRecord';
import type { ServingObjective } from '../serving/FailingSpans';
import { readSetting } from './parseSetting';

const root = 'tenantReleases';

const pattern = z
  .string()
  .regex(/^[a-z0-9{][-a-z0-9._{}*]*$/, 'must be a name such as customers or {tenant}-prod')
  .refine(
    text => /^\{tenant\}$|^[^{}]*(\{tenant\}[^{}]*)?$/.test(text),
    'can hold {tenant} and no other placeholder',
  );

const patterns = z.union([pattern.transform(text => [text]), z.array(pattern).min(1)]).optional();

const applications = z.strictObject({ project: patterns, namespace: patterns }).default({});

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const labelName = z
  .string()
  .regex(
    /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    'must be the name of a label',
  );

const pods = z
  .strictObject({ tenantLabel: labelName.optional(), serviceLabel: labelName.optional() })
  .default({});

const grace = z
  .union([
    z.number().min(0).max(3600),
    z.strictObject({
      minutes: z.number().min(0).max(60).optional(),
      seconds: z.number().min(0).max(3600).optional(),
    }),
  ])
  .default(defaultGraceSeconds);

const serving = z
  .strictObject({
    errorRatio: z.number().gt(0).lt(1).default(0.05),
    minRequests: z.number().int().min(1).max(100_000).default(10),
  })
  .default({ errorRatio: 0.05, minRequests: 10 });

/** Reads `tenantReleases.serving`. @throws Error that names the key and the cure */
export function readServingObjective(config: Config): ServingObjective {
  return read(config, `${root}.serving`, serving);
}

/** Reads `tenantReleases.applications`. @throws Error that names the key and the cure */
export function readApplicationExpectations(
  config: Config,
  usual = defaultExpectations,
): ApplicationExpectations {
  const { project, namespace } = read(config, `${root}.applications`, applications);
  return {
    projects: project ?? usual.projects,
    namespaces: namespace ?? usual.namespaces,
  };
}

/** Reads `tenantReleases.pods`. @throws Error that names the key and the cure */
export function readPodLabels(config: Config): PodLabels {
  const { tenantLabel, serviceLabel } = read(config, `${root}.pods`, pods);
  return {
    tenant: tenantLabel ?? defaultPodLabels.tenant,
    service: serviceLabel ?? defaultPodLabels.service,
  };
}

/** Reads `tenantReleases.grace`, seconds or a duration. @throws Error that names the key and the cure */
export function readGraceSeconds(config: Config): number {
  const value = read(config, `${root}.grace`, grace);
  if (typeof value === 'number') return value;
  return (value.minutes ?? 0) * 60 + (value.seconds ?? 0);
}

function read<T>(config: Config, key: string, schema: z.ZodType<T>): T {
  const parsed = readSetting(config, key, schema);
  if ('problem' in parsed) throw new Error(`Configuration ${parsed.problem}`);
  return parsed.value;
}
