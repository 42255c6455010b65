import { eventually } from '../../support/eventually.ts';
import { ContractNamespace, ownLabels } from './ContractNamespace.ts';
import { ContractRepository } from './ContractRepository.ts';
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

/** What an Application may have other than the rest of its suite. */
export interface ApplicationOptions {
  /** Folder of the repository; default the chart. */
  path?: string;
  /** To deploy to; default the suite's own. */
  namespace?: string;
  /** Of the Application itself; default Argo CD's own. */
  appNamespace?: string;
  /** In place of the one source. */
  sources?: object[];
  /** In place of everything automated. */
  syncPolicy?: object;
  /** It can never be deployed: Argo CD would wait for ever to take it away. */
  isHopeless?: boolean;
}

/** Argo CD's own namespace. */
const home = 'argocd';

/** A chart in Git, a project and its Applications: one suite's own. */
export class ContractApplications {
  /** Of the project, and the name of the Applications begins with it. */
  readonly project: string;
  readonly space: ContractNamespace;
  readonly #argocd: NonNullable<Servers['argocd']>;
  readonly #repository = new ContractRepository();

  constructor({ kubernetes, argocd }: Pick<Servers, 'kubernetes' | 'argocd'>) {
    if (!kubernetes || !argocd) throw new Error('Argo CD’s contract needs its cluster');
    this.space = new ContractNamespace(kubernetes);
    this.project = this.space.name;
    this.#argocd = argocd;
  }

  get repoURL(): string {
    return this.#repository.url;
  }

  /**
   * Makes the repository, the namespace to deploy to and the project, which allows that namespace alone.
   *
   * @param spec - of the project, over what it has by itself
   */
  async create(spec: object = {}): Promise<void> {
    await this.#repository.create();
    await this.commit('Start\n\nWith a body', {
      'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
      'chart/values.yaml': 'tag: "1.0.0"\n',
      'chart/templates/all.yaml': template,
    });
    await this.space.create();
    const object = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: this.project, namespace: home, labels: ownLabels },
      spec: {
        description: 'The contract’s',
        sourceRepos: [this.repoURL],
        destinations: [
          { name: 'in-cluster', server: 'https://kubernetes.default.svc', namespace: this.project },
        ],
        ...spec,
      },
    };
    await this.space.ok(this.#kubernetesPath('appprojects'), { object });
  }

  /** Takes everything away; the Applications go first, since they need their project for it. */
  async remove(): Promise<void> {
    const own = () => this.list({ fields: 'items.metadata.name,items.metadata.namespace' });
    for (const { metadata } of await own()) await this.delete(metadata.name, metadata.namespace);
    await eventually(
      async () => {
        if ((await own()).length > 0) throw new Error('there are Applications left');
      },
      60,
      'the end of the Applications',
    );
    await this.space.ok(this.#kubernetesPath(`appprojects/${this.project}`), { method: 'DELETE' });
    await this.space.remove();
    await this.#repository.remove();
  }

  /** Commits files. @returns the commit, 40 hex digits */
  commit(message: string, files: Record<string, string>): Promise<string> {
    return this.#repository.commit(message, files);
  }

  /** Makes an Application that syncs by itself. */
  async deploy(name: string, options: ApplicationOptions = {}): Promise<void> {
    const { appNamespace = home, path = 'chart', sources } = options;
    const object = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name,
        namespace: appNamespace,
        labels: { ...ownLabels, 'tenant-releases.io/service': 'web', stage: name },
        finalizers: options.isHopeless ? [] : ['resources-finalizer.argocd.argoproj.io'],
      },
      spec: {
        project: this.project,
        ...(sources
          ? { sources }
          : { source: { repoURL: this.repoURL, path, targetRevision: 'main' } }),
        destination: { name: 'in-cluster', namespace: options.namespace ?? this.project },
        syncPolicy: options.syncPolicy ?? { automated: { prune: true, selfHeal: true } },
      },
    };
    await this.space.ok(this.#kubernetesPath('applications', appNamespace), { object });
  }

  /** Merges into an Application by way of Kubernetes, as a person who may. */
  async change(name: string, object: object): Promise<void> {
    const type = 'application/merge-patch+json';
    const path = this.#kubernetesPath(`applications/${name}`);
    await this.space.ok(path, { method: 'PATCH', type, object });
  }

  /** Merges into the project. */
  async changeProject(object: object): Promise<void> {
    const type = 'application/merge-patch+json';
    const path = this.#kubernetesPath(`appprojects/${this.project}`);
    await this.space.ok(path, { method: 'PATCH', type, object });
  }

  async delete(name: string, appNamespace = home): Promise<void> {
    const path = this.#kubernetesPath(`applications/${name}`, appNamespace);
    await this.space.ok(path, { method: 'DELETE' });
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

  /** The status of an Application as Argo CD tells it after it has looked at Git. */
  async status(name: string, appNamespace = home): Promise<any> {
    const query = { refresh: 'normal', appNamespace };
    return (await this.ask(`/api/v1/applications/${name}`, { query })).body.status ?? {};
  }

  /**
   * Waits until an Application is Synced to a commit and Healthy, having looked at Git for it.
   *
   * @param revision - of several sources the commits, with a space between
   */
  async settled(name: string, revision: string, appNamespace = home): Promise<void> {
    await eventually(
      async () => {
        const { sync, health, operationState } = await this.status(name, appNamespace);
        const at = sync?.revisions?.join(' ') ?? sync?.revision;
        const found = [sync?.status, at, health?.status, operationState?.phase].join(' ');
        if (found !== `Synced ${revision} Healthy Succeeded`) throw new Error(found);
      },
      60,
      `${name} Synced and Healthy`,
    );
  }

  #kubernetesPath(resource: string, namespace = home): string {
    return `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/${resource}`;
  }
}
