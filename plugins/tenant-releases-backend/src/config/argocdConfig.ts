import type { Config } from '@backstage/config';
import { z } from 'zod';
import { urlProblem, type PartList } from './PartProblem';
import { nameOf, parseSetting, readSetting } from './parseSetting';

/** An Argo CD server. */
export interface ArgocdInstance {
  name: string;
  url: string;
  /** Address for people, when it is another than the one the portal uses. */
  frontendUrl: string;
  token: string;
}

const root = 'argocd.appLocatorMethods';

/** The block of Roadie's Argo CD plugin: https://roadie.io/backstage/plugins/argo-cd */
const methods = z
  .array(z.looseObject({ type: z.string().optional(), instances: z.array(z.unknown()).optional() }))
  .default([]);

const instanceSchema = z.looseObject({
  name: z.string().optional(),
  url: z.string().optional(),
  frontendUrl: z.string().optional(),
  token: z.string().optional(),
});

/** Reads the Argo CD servers; the ones that cannot be used are reported, each with the key and the cure. */
export function readArgocdConfig(config: Config): PartList<ArgocdInstance> {
  const none = { id: 'argocd', kind: 'argocd', name: 'Argo CD' } as const;
  const parsed = readSetting(config, root, methods);
  if ('problem' in parsed) {
    return { parts: [], problems: [{ source: none, message: parsed.problem }] };
  }
  const list: PartList<ArgocdInstance> = { parts: [], problems: [] };
  parsed.value.forEach((method, methodIndex) => {
    if (method.type !== undefined && method.type !== 'config') return;
    (method.instances ?? []).forEach((value, index) =>
      addInstance(list, value, {
        key: `${root}[${methodIndex}].instances[${index}]`,
        fallbackName: String(index),
      }),
    );
  });
  if (list.parts.length + list.problems.length === 0) {
    const message = `${root}: no instance is configured; add one with name, url and token`;
    list.problems.push({ source: none, message });
  }
  return list;
}

function addInstance(
  list: PartList<ArgocdInstance>,
  value: unknown,
  { key, fallbackName }: { key: string; fallbackName: string },
): void {
  const name = nameOf(value, fallbackName);
  const parsed = parseSetting(key, value, instanceSchema);
  const instance: z.infer<typeof instanceSchema> = 'value' in parsed ? parsed.value : {};
  const wrong = 'problem' in parsed ? parsed.problem : problemOf(instance, list.parts, key);
  if (wrong) {
    const source = { id: `argocd:${name}`, kind: 'argocd', name } as const;
    list.problems.push({ source, message: wrong });
    return;
  }
  const url = instance.url!.replace(/\/+$/, '');
  const frontendUrl = (instance.frontendUrl ?? url).replace(/\/+$/, '');
  list.parts.push({ name, url, frontendUrl, token: instance.token! });
}

function problemOf(
  instance: z.infer<typeof instanceSchema>,
  others: ArgocdInstance[],
  key: string,
): string | undefined {
  if (!instance.name) return `${key}.name is missing; give the instance a name`;
  if (others.some(({ name }) => name === instance.name)) {
    return `${key}.name "${instance.name}" is used twice; names must differ`;
  }
  const wrong = urlProblem(instance.url);
  if (wrong) return `${key}.url ${wrong}`;
  const wrongFrontend = instance.frontendUrl ? urlProblem(instance.frontendUrl) : undefined;
  if (wrongFrontend) return `${key}.frontendUrl ${wrongFrontend}`;
  if (!instance.token) {
    return `${key}.token is missing; set it to the token of an account that may get applications, and nothing else`;
  }
  return undefined;
}
