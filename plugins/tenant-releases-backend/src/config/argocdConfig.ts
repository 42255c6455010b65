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
  /** There, or `login` is. */
  token?: string;
  login?: { username: string; password: string };
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
  username: z.string().optional(),
  password: z.string().optional(),
});

type Instance = z.infer<typeof instanceSchema>;
type Login = Pick<Instance, 'username' | 'password'>;

/** User and password of the instances that name none. */
const commonLogin = z
  .looseObject({ username: z.string().optional(), password: z.string().optional() })
  .default({});

/** Reads the Argo CD servers; the ones that cannot be used are reported, each with the key and the cure. */
export function readArgocdConfig(config: Config): PartList<ArgocdInstance> {
  const none = { id: 'argocd', kind: 'argocd', name: 'Argo CD' } as const;
  const parsed = readSetting(config, root, methods);
  if ('problem' in parsed) {
    return { parts: [], problems: [{ source: none, message: parsed.problem }] };
  }
  const login = readSetting(config, 'argocd', commonLogin);
  if ('problem' in login) {
    return { parts: [], problems: [{ source: none, message: login.problem }] };
  }
  const list: PartList<ArgocdInstance> = { parts: [], problems: [] };
  parsed.value.forEach((method, methodIndex) => {
    if (method.type !== undefined && method.type !== 'config') return;
    (method.instances ?? []).forEach((value, index) =>
      addInstance(list, value, {
        key: `${root}[${methodIndex}].instances[${index}]`,
        fallbackName: String(index),
        login: login.value,
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
  { key, fallbackName, login }: { key: string; fallbackName: string; login: Login },
): void {
  const name = nameOf(value, fallbackName);
  const parsed = parseSetting(key, value, instanceSchema);
  const own: Instance = 'value' in parsed ? parsed.value : {};
  const instance = own.token ? own : { ...own, ...loginOf(own, login) };
  const wrong = 'problem' in parsed ? parsed.problem : problemOf(instance, list.parts, key);
  if (wrong) {
    const source = { id: `argocd:${name}`, kind: 'argocd', name } as const;
    list.problems.push({ source, message: wrong });
    return;
  }
  const url = instance.url!.replace(/\/+$/, '');
  const frontendUrl = (instance.frontendUrl ?? url).replace(/\/+$/, '');
  const { token, username, password } = instance;
  const credentials = token ? { token } : { login: { username: username!, password: password! } };
  list.parts.push({ name, url, frontendUrl, ...credentials });
}

/** An instance's own user and password, or the common ones: never the user of one with the password of the other. */
function loginOf(own: Login, common: Login): Login {
  const { username, password } = own.username || own.password ? own : common;
  return { username, password };
}

function problemOf(instance: Instance, others: ArgocdInstance[], key: string): string | undefined {
  if (!instance.name) return `${key}.name is missing; give the instance a name`;
  if (others.some(({ name }) => name === instance.name)) {
    return `${key}.name "${instance.name}" is used twice; names must differ`;
  }
  const wrong = urlProblem(instance.url);
  if (wrong) return `${key}.url ${wrong}`;
  const wrongFrontend = instance.frontendUrl ? urlProblem(instance.frontendUrl) : undefined;
  if (wrongFrontend) return `${key}.frontendUrl ${wrongFrontend}`;
  if (instance.token) return undefined;
  if (!instance.username && !instance.password) {
    return `${key}.token is missing; set it to the token of an account that may get applications, and nothing else`;
  }
  if (!instance.password) return `${key}.password is missing; set it beside username, or set token`;
  if (!instance.username) return `${key}.username is missing; set it beside password, or set token`;
  return undefined;
}
