import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { eventually } from '../../support/eventually.ts';
import { request, type Answer, type RequestOptions } from './request.ts';
import { ownLabel } from './realServers.ts';
import type { KubernetesServer } from './Servers.ts';

/** A request whose body, if it has one, is an object. */
export interface KubernetesRequest extends Omit<RequestOptions, 'body'> {
  object?: object;
  /** Content type of the object; default JSON. */
  type?: string;
}

const [labelName, labelValue] = ownLabel.split('=');

/** By it everything goes that a test makes. */
export const ownLabels = { [labelName]: labelValue };

/** A namespace of one suite's own, as administrator and as reader. */
export class ContractNamespace {
  readonly name = `contract-${randomBytes(4).toString('hex')}`;
  readonly #server: KubernetesServer;

  constructor(server: KubernetesServer) {
    this.#server = server;
  }

  /** Makes it, and waits until objects may come into it. */
  async create(): Promise<void> {
    const object = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: this.name, labels: ownLabels },
    };
    await this.ok('/api/v1/namespaces', { object });
    const account = `/api/v1/namespaces/${this.name}/serviceaccounts/default`;
    await eventually(() => this.ok(account), 20, 'the namespace’s service account');
  }

  async remove(): Promise<void> {
    await this.administrator(`/api/v1/namespaces/${this.name}`, { method: 'DELETE' });
  }

  /** A path of namespaced objects in it, for example `pods` or `apps/v1/deployments/web`. */
  path(resource: string): string {
    const [group, version, ...rest] = resource.split('/');
    return /^v\d/.test(version ?? '')
      ? `/apis/${group}/${version}/namespaces/${this.name}/${rest.join('/')}`
      : `/api/v1/namespaces/${this.name}/${resource}`;
  }

  administrator(path: string, options: KubernetesRequest = {}): Promise<Answer> {
    return this.#send(path, options, this.#server.administrator);
  }

  reader(path: string, options: KubernetesRequest = {}): Promise<Answer> {
    return this.#send(path, options, this.#server.token);
  }

  /** As administrator, and it has to succeed. */
  async ok(path: string, options: KubernetesRequest = {}): Promise<Answer> {
    const answer = await this.administrator(path, options);
    assert.ok(answer.status < 300, `${path}: ${answer.status} ${answer.text}`);
    return answer;
  }

  configMap(name: string, labels: Record<string, string> = {}, data: Record<string, string> = {}) {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data };
    return this.ok(this.path('configmaps'), { object });
  }

  /** Merges into a ConfigMap. */
  change(name: string, object: object) {
    const type = 'application/merge-patch+json';
    return this.ok(this.path(`configmaps/${name}`), { method: 'PATCH', type, object });
  }

  /** A Deployment with pods like a tenant's: the labels that the portal looks for, and an image that runs. */
  async deploy(name: string, replicas: number, tag = '1.0.0'): Promise<void> {
    const labels = {
      app: name,
      'tenant-releases.io/service': name,
      'tenant-releases.io/tenant': this.name,
    };
    const image = `registry.example.com/contract:${tag}`;
    const ports = [{ name: 'http', containerPort: 8000 }];
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels },
      spec: {
        replicas,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels },
          spec: { terminationGracePeriodSeconds: 1, containers: [{ name, image, ports }] },
        },
      },
    };
    const path = `${this.path(`apps/v1/deployments/${name}`)}?fieldManager=contract&force=true`;
    await this.ok(path, { method: 'PATCH', type: 'application/apply-patch+yaml', object });
  }

  #send(
    path: string,
    { object, type = 'application/json', ...rest }: KubernetesRequest,
    token: string,
  ) {
    return request(this.#server.url, path, {
      ca: this.#server.ca,
      token,
      ...(object ? { method: 'POST', body: JSON.stringify(object) } : {}),
      ...rest,
      headers: { ...(object ? { 'content-type': type } : {}), ...rest.headers },
    });
  }
}
