import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually } from '../../support/eventually.ts';
import { output } from '../../support/run.ts';
import { ContractNamespace, ownLabels } from './ContractNamespace.ts';
import { request, type Answer, type RequestOptions } from './request.ts';
import type { Servers } from './Servers.ts';

const template = `apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { tag: "{{ .Values.tag }}" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { tenant-releases.io/service: web } }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{ name: web, image: "registry.example.com/contract:{{ .Values.tag }}" }]
`;

/** A chart in Git, a project and its Applications: one suite's own. */
export class ContractApplications {
  /** Of the project, and the name of the Applications begins with it. */
  readonly project: string;
  readonly space: ContractNamespace;
  readonly #argocd: NonNullable<Servers['argocd']>;
  #directory = '';

  constructor({ kubernetes, argocd }: Pick<Servers, 'kubernetes' | 'argocd'>) {
    if (!kubernetes || !argocd) throw new Error('Argo CD’s contract needs its cluster');
    this.space = new ContractNamespace(kubernetes);
    this.project = this.space.name;
    this.#argocd = argocd;
  }

  get repoURL(): string {
    return pathToFileURL(this.#directory).href;
  }

  /** Makes the repository, the namespace to deploy to and the project, which allows that namespace alone. */
  async create(): Promise<void> {
    this.#directory = await mkdtemp(path.join(tmpdir(), 'contract-git-'));
    await output('git', ['init', '-q', '-b', 'main', this.#directory]);
    await this.commit('Start\n\nWith a body', {
      'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
      'chart/values.yaml': 'tag: "1.0.0"\n',
      'chart/templates/all.yaml': template,
    });
    await this.space.create();
    const object = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: this.project, namespace: 'argocd', labels: ownLabels },
      spec: {
        description: 'The contract’s',
        sourceRepos: [this.repoURL],
        destinations: [
          { name: 'in-cluster', server: 'https://kubernetes.default.svc', namespace: this.project },
        ],
      },
    };
    await this.space.ok(this.#kubernetesPath('appprojects'), { object });
  }

  /** Takes everything away; the Applications go first, since they need their project for it. */
  async remove(): Promise<void> {
    const own = () => this.list({ fields: 'items.metadata.name' });
    for (const { metadata } of await own()) await this.delete(metadata.name);
    await eventually(
      async () => {
        if ((await own()).length > 0) throw new Error('there are Applications left');
      },
      60,
      'the end of the Applications',
    );
    await this.space.ok(this.#kubernetesPath(`appprojects/${this.project}`), { method: 'DELETE' });
    await this.space.remove();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Commits files. @returns the commit, 40 hex digits */
  async commit(message: string, files: Record<string, string>): Promise<string> {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    const git = (...args: string[]) =>
      output('git', [...identity, ...args], { cwd: this.#directory });
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.#directory, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await git('add', '--all');
    await git('commit', '-q', '-m', message);
    return (await git('rev-parse', 'HEAD')).trim();
  }

  /** Makes an Application that syncs by itself. */
  async deploy(name: string, spec: { path?: string; namespace?: string } = {}): Promise<void> {
    const object = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name,
        namespace: 'argocd',
        labels: { ...ownLabels, 'tenant-releases.io/service': 'web', stage: name },
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
      },
      spec: {
        project: this.project,
        source: { repoURL: this.repoURL, path: spec.path ?? 'chart', targetRevision: 'main' },
        destination: { name: 'in-cluster', namespace: spec.namespace ?? this.project },
        syncPolicy: { automated: { prune: true, selfHeal: true } },
      },
    };
    await this.space.ok(this.#kubernetesPath('applications'), { object });
  }

  async delete(name: string): Promise<void> {
    await this.space.ok(this.#kubernetesPath(`applications/${name}`), { method: 'DELETE' });
  }

  /** Asks Argo CD as the portal's account. */
  ask(target: string, options: RequestOptions = {}): Promise<Answer> {
    return request(this.#argocd.url, target, { token: this.#argocd.token, ...options });
  }

  /** As Argo CD answers them. */
  async list(query: Record<string, string> = {}): Promise<any[]> {
    const answer = await this.ask('/api/v1/applications', {
      query: { projects: this.project, ...query },
    });
    return answer.body.items ?? [];
  }

  /** Waits until an Application is Synced to a commit and Healthy, having looked at Git for it. */
  async settled(name: string, revision: string): Promise<void> {
    await eventually(
      async () => {
        const { body } = await this.ask(`/api/v1/applications/${name}?refresh=normal`);
        const { sync, health, operationState } = body.status ?? {};
        const found = [sync?.status, sync?.revision, health?.status, operationState?.phase].join(
          ' ',
        );
        if (found !== `Synced ${revision} Healthy Succeeded`) throw new Error(found);
      },
      60,
      `${name} Synced and Healthy`,
    );
  }

  #kubernetesPath(resource: string): string {
    return `/apis/argoproj.io/v1alpha1/namespaces/argocd/${resource}`;
  }
}
