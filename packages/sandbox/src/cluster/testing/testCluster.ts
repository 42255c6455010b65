import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RunningServer, SandboxSettings, sandboxSettings } from '../../settings';
import { ClusterOptions, startClusterWith } from '../startCluster';
import { KubernetesObject } from '../model/objects';
import { Pod } from '../model/workloads';
import { programSource } from './programSource';

/** An answer of the API. */
export interface Answer<T = KubernetesObject> {
  status: number;
  contentType: string | null;
  body: T;
}

/** A cluster on a port and in a directory of its own, whose pods run {@link programSource}. */
export class TestCluster {
  readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), 'cluster-'));
  readonly lines: string[] = [];
  settings: SandboxSettings;
  private server: RunningServer | undefined;

  constructor(private readonly options: ClusterOptions = {}) {
    const settings = sandboxSettings({
      repositoryRoot: this.directory,
      stateDir: this.directory,
      tools: { git: 'git' },
    });
    // Nothing listens on port 1: Loki is away unless a test says where it is.
    this.settings = {
      ...settings,
      ports: { ...settings.ports, cluster: 0, kubernetes: 0, loki: 1 },
    };
    fs.writeFileSync(path.join(this.directory, 'program.cjs'), programSource);
    this.setImages('web:1', 'web:2');
  }

  get url(): string {
    return this.server?.url ?? '';
  }

  async start(): Promise<void> {
    this.server = await startClusterWith(this.settings, {
      program: { file: path.join(this.directory, 'program.cjs') },
      load: false,
      log: line => this.lines.push(line),
      ...this.options,
      kubelet: {
        imageBackOff: { initial: 200, maximum: 400 },
        crashBackOff: { initial: 300, maximum: 600 },
        ...this.options.kubelet,
      },
    });
  }

  async stop(): Promise<void> {
    await this.server?.close();
    this.server = undefined;
  }

  /** Stops the cluster and takes its directory away. */
  async close(): Promise<void> {
    await this.stop();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }

  /** The images that can be pulled; a name is `repository:tag`. */
  setImages(...names: string[]): void {
    const images = names.map(name => {
      const [repository, tag] = name.split(':');
      return { repository, tag, commit: 'c'.repeat(40), createdAt: '2026-11-23T10:00:00Z' };
    });
    fs.mkdirSync(path.join(this.directory, 'registry'), { recursive: true });
    fs.writeFileSync(
      path.join(this.directory, 'registry', 'images.json'),
      JSON.stringify({ images }),
    );
  }

  /** Sends a request as the administrator, or with another token; null sends none. */
  async send<T = KubernetesObject>(
    method: string,
    target: string,
    options: {
      body?: unknown;
      type?: string;
      token?: string | null;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Answer<T>> {
    const {
      body,
      token = this.settings.tokens.kubernetesAdmin,
      type = 'application/json',
    } = options;
    const response = await fetch(`${this.url}${target}`, {
      method,
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': type }),
        ...options.headers,
      },
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      contentType: response.headers.get('content-type'),
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }

  async createNamespace(name: string): Promise<void> {
    await this.send('POST', '/api/v1/namespaces', { body: { metadata: { name } } });
  }

  /** Creates a Deployment called web with one container of the test program. */
  async deploy(
    namespace: string,
    container: Record<string, unknown> = {},
    spec: Record<string, unknown> = {},
    pod: Record<string, unknown> = {},
  ): Promise<Answer> {
    return this.send('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
      body: {
        metadata: { name: 'web', labels: { app: 'web' } },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'web' } },
          ...spec,
          template: {
            metadata: { labels: { app: 'web' } },
            spec: {
              terminationGracePeriodSeconds: 2,
              ...pod,
              containers: [
                {
                  name: 'web',
                  image: 'web:1',
                  ports: [{ name: 'http', containerPort: 8000 }],
                  readinessProbe: { httpGet: { path: '/readyz', port: 'http' }, periodSeconds: 1 },
                  ...container,
                },
              ],
            },
          },
        },
      },
    });
  }

  async pods(namespace: string): Promise<Pod[]> {
    const { body } = await this.send<{ items: Pod[] }>(
      'GET',
      `/api/v1/namespaces/${namespace}/pods`,
    );
    return body.items;
  }

  /** Reasons and messages of the events about a pod. */
  async events(namespace: string, name: string): Promise<string[]> {
    const { body } = await this.send<{ items: { reason: string; message: string }[] }>(
      'GET',
      `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name=${name}`,
    );
    return body.items.map(event => `${event.reason}: ${event.message}`);
  }
}

/** The status of a pod's only container. */
export function containerStatus(pod: Pod) {
  const [status] = pod.status?.containerStatuses ?? [];
  return status;
}
