import type { Kubectl } from '../../support/kubectl.ts';
import type { KubernetesObject } from '../../support/objects.ts';
import type { Outcome } from '../../support/run.ts';

/** What refuses an act. */
export type Layer = 'RBAC' | 'Pod Security' | 'policy' | 'quota' | 'limit range' | 'AppProject';

/** Who tries. */
export interface Actors {
  /** A member of the tenant's group, as after sign-in. */
  owner: Kubectl;
  /** The service account that the tenant's pods run as, with its real token. */
  workload: Kubectl;
  /**
   * A service account of the tenant with a real token, to which somebody gave the right to write workloads and network objects:
   * what holds when RBAC was opened too far.
   */
  deployer: Kubectl;
  /** The cluster administrator that Argo CD is: what holds against whatever Git says. */
  argocd: Kubectl;
}

/** An act and what must refuse it, or undefined where it must succeed. */
export interface Act {
  act: string;
  as: keyof Actors;
  refusedBy?: Layer;
  /** What the refusal has to say besides. */
  saying?: RegExp;
  try: (kubectl: Kubectl) => Promise<Outcome>;
}

/** Reads off an answer which layer refused; undefined when it was none, for example an error of the request itself. */
export function refusedBy({ code, stderr }: Outcome): Layer | undefined {
  if (code === 0) return undefined;
  if (/violates PodSecurity/.test(stderr)) return 'Pod Security';
  if (/ValidatingAdmissionPolicy '[^']+' with binding '[^']+' denied request/.test(stderr))
    return 'policy';
  if (/exceeded quota/.test(stderr)) return 'quota';
  if (/(maximum|minimum) .* usage per (Container|Pod) is/.test(stderr)) return 'limit range';
  if (/forbidden: User "[^"]+" cannot [\w:-]+ (resource|path)/.test(stderr)) return 'RBAC';
  return undefined;
}

/** An act that somebody tries, and the layer that must refuse it. */
export function refused(as: keyof Actors, layer: Layer): RefusedAct {
  return (act, attempt, saying) => ({ act, as, refusedBy: layer, saying, try: attempt });
}

/** Makes an act out of what is done and what the refusal says. */
export type RefusedAct = (act: string, attempt: Act['try'], saying?: RegExp) => Act;

/** Creates an object, for the act that it stands for. */
export function create(object: KubernetesObject, ...args: string[]): Act['try'] {
  return kubectl => kubectl.run(['create', ...args, '-f', '-'], JSON.stringify(object));
}

/** Runs kubectl with these arguments. */
export function command(...args: string[]): Act['try'] {
  return kubectl => kubectl.run(args);
}

/** A JSON merge patch of an object. */
export function patch(object: string[], change: unknown, ...args: string[]): Act['try'] {
  return command('patch', ...object, '--type=merge', '-p', JSON.stringify(change), ...args);
}

/** The acts as a table: one line each. */
export function tableOf(rows: Array<{ act: string; as: string; result: string }>): string {
  const width = (key: 'act' | 'as') => Math.max(...rows.map(row => row[key].length));
  const [act, as] = [width('act'), width('as')];
  return rows.map(row => `${row.act.padEnd(act)}  ${row.as.padEnd(as)}  ${row.result}`).join('\n');
}
