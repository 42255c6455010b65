import type { KubernetesObject } from '../../support/objects.ts';

/** The tenant whose acts are tried, and the neighbour that they are aimed at. */
export const tenant = 'tenant-a';
export const neighbour = 'tenant-b';

const labels = { 'tenant-releases.io/conformance': 'act' };
/** Finds what the acts made that were allowed. */
export const labelOfActs = 'tenant-releases.io/conformance=act';

/** A part of an object, to be merged into it: maps are merged, everything else is replaced, undefined takes a key away. */
export interface Change {
  [key: string]: unknown;
}

/** Merges like a JSON merge patch (RFC 7386), with undefined for null. */
export function merge<T>(base: T, change: Change): T {
  const merged: Record<string, unknown> = { ...(base as Record<string, unknown>) };
  for (const [key, value] of Object.entries(change)) {
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    merged[key] = isMap ? merge(merged[key] ?? {}, value as Change) : value;
  }
  return merged as T;
}

/** Objects of a tenant that are as they should be, made from the Deployment that Argo CD brought. */
export class Workloads {
  readonly #deployment: KubernetesObject;

  constructor(deployment: KubernetesObject) {
    this.#deployment = deployment;
  }

  /** A pod spec with changes: `container` is merged into the one container, volumes are added. */
  podSpec(change: Change = {}, container: Change = {}): Record<string, unknown> {
    const spec = this.#deployment.spec.template.spec;
    const [first] = spec.containers;
    const { volumes = [], ...others } = change;
    return {
      ...merge({ ...spec, containers: [merge(first, container)] }, others),
      volumes: [...(spec.volumes ?? []), ...(volumes as object[])],
    };
  }

  pod(name: string, change: Change = {}, container: Change = {}): KubernetesObject {
    return this.#object('v1', 'Pod', name, this.podSpec(change, container));
  }

  deployment(name: string, change: Change = {}, container: Change = {}): KubernetesObject {
    const spec = this.podSpec(change, container);
    return this.#object('apps/v1', 'Deployment', name, {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec },
    });
  }

  /** Every other kind that makes pods, with the pod spec where that kind has it. */
  maker(kind: string, name: string, spec: Record<string, unknown>): KubernetesObject {
    const template = { metadata: { labels: { app: name } }, spec };
    const selector = { matchLabels: { app: name } };
    const once = { ...template, spec: { ...spec, restartPolicy: 'Never' } };
    switch (kind) {
      case 'CronJob':
        return this.#object('batch/v1', kind, name, {
          schedule: '0 0 1 1 *',
          jobTemplate: { spec: { template: once } },
        });
      case 'Job':
        return this.#object('batch/v1', kind, name, { template: once });
      case 'StatefulSet':
        return this.#object('apps/v1', kind, name, { serviceName: name, selector, template });
      case 'ReplicationController':
        return this.#object('v1', kind, name, { selector: { app: name }, template });
      case 'PodTemplate': {
        const { spec: _, ...object } = this.#object('v1', kind, name, {});
        return { ...object, template };
      }
      default:
        return this.#object('apps/v1', kind, name, { selector, template });
    }
  }

  service(name: string, spec: Record<string, unknown>): KubernetesObject {
    return this.#object('v1', 'Service', name, {
      selector: { app: name },
      ports: [{ port: 8000 }],
      ...spec,
    });
  }

  ingress(name: string, host: string | undefined, change: Change = {}): KubernetesObject {
    const backend = { service: { name: 'demo-api', port: { name: 'http' } } };
    const paths = [{ path: '/', pathType: 'Prefix', backend }];
    const rule = { ...(host ? { host } : {}), http: { paths } };
    return merge(
      this.#object('networking.k8s.io/v1', 'Ingress', name, {
        ingressClassName: 'traefik',
        rules: [rule],
      }),
      change,
    );
  }

  #object(apiVersion: string, kind: string, name: string, spec: unknown): KubernetesObject {
    return { apiVersion, kind, metadata: { name, namespace: tenant, labels }, spec };
  }
}
