import assert from 'node:assert/strict';
import type { Context } from '../suites/contract.ts';
import type { ContractApplications } from './ContractApplications.ts';

type Workspace = Context['workspace'];
type RecordOptions = Parameters<Workspace['toRecord']>[0];
type ApplicationRef = Parameters<InstanceType<Workspace['ArgocdClient']>['get']>[0];

/** Argo CD's Applications by the portal's client and parser; the GitOps repository is the suite's own. */
export class PortalReader {
  readonly client: InstanceType<Workspace['ArgocdClient']>;
  readonly #workspace: Workspace;
  readonly #world: ContractApplications;
  readonly #gitops: () => string;

  /** @param gitops - the address of the GitOps repository, when it is not the suite's first */
  constructor(
    { workspace, servers }: Context<'argocd'>,
    world: ContractApplications,
    gitops = () => world.repoURL,
  ) {
    this.client = new workspace.ArgocdClient(servers.argocd);
    this.#workspace = workspace;
    this.#world = world;
    this.#gitops = gitops;
  }

  get options(): RecordOptions {
    return {
      instance: 'main',
      isGitops: address => address === this.#gitops(),
      tenantOfFile: path => /^tenants\/(.*)\.yaml$/.exec(path)?.[1],
    };
  }

  /** What the portal calls an Application of the suite. */
  ref(name: string, namespace = 'argocd'): ApplicationRef {
    return { name, namespace, project: this.#world.project };
  }

  /** From the list. */
  async listed(name: string, namespace = 'argocd') {
    const { items } = await this.client.list(AbortSignal.timeout(30_000));
    const found = items
      .flatMap(item => this.#workspace.readApplication(item) ?? [])
      .find(
        ({ application: { metadata } }) =>
          metadata.name === name && metadata.namespace === namespace,
      );
    assert.ok(found, `${namespace}/${name} is in the list`);
    return this.#workspace.toRecord(this.options, found, false);
  }

  /** From a single answer. */
  async whole(name: string, namespace = 'argocd') {
    const answer = await this.client.get(this.ref(name, namespace));
    const read = this.#workspace.readApplication(answer);
    assert.ok(read, `${namespace}/${name} can be read`);
    return this.#workspace.toRecord(this.options, read, true);
  }
}
