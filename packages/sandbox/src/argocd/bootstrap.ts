import { setTimeout as sleep } from 'node:timers/promises';
import { renderDirectory } from '@internal/gitops';
import { controlPlaneNamespace } from './application';
import { applyResource } from './controller/applyResource';
import { ClusterCache } from './kubernetes/clusterCache';
import { KubernetesClient } from './kubernetes/kubernetesClient';
import { projectType } from './kubernetes/resourceTypes';
import { KubernetesObject, keyOf } from './kubernetes/types';
import { Logger } from './log';
import { parseManifests } from './repository/parseManifests';
import { Repositories } from './repository/repositories';

/** What is applied by hand once, in a real cluster; here the server does it. */
const bootstrap = {
  path: 'gitops/bootstrap',
  // Not platform.yaml: Prometheus, Loki and the rest of gitops/platform are servers of the embedded platform itself.
  include: '{project,root}.yaml',
  rootApplication: 'root',
};

/** Argo CD makes this project itself when it is absent; it allows everything. */
const defaultProject: KubernetesObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: 'default', namespace: controlPlaneNamespace },
  spec: {
    sourceRepos: ['*'],
    destinations: [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  },
};

/** What it takes to apply what stands in a repository. */
export interface ApplyingContext {
  client: KubernetesClient;
  cache: ClusterCache;
  repositories: Repositories;
  log: Logger;
  /** Ends it. */
  signal: AbortSignal;
}

/**
 * Makes the default project, and applies the projects and the root Application of gitops/bootstrap if the root Application
 * is not there: that stands for the `kubectl apply -f gitops/bootstrap` of a new installation. Tries until forge and cluster
 * are there.
 */
export async function applyBootstrap(
  repoUrl: string | undefined,
  context: ApplyingContext,
): Promise<void> {
  const { cache, client, log, signal } = context;
  let told = '';
  while (!signal.aborted) {
    try {
      if (cache.synced) {
        await ensureNamespace(client, cache);
        await ensureDefaultProject(client, cache);
        if (!repoUrl || hasRoot(cache)) return;
        await applyAll(repoUrl, context);
        log(`kubectl apply -f ${bootstrap.path}: the root Application was absent and is made`);
        return;
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== told) log(`${bootstrap.path} not applied yet: ${reason}`);
      told = reason;
    }
    await sleep(500, undefined, { signal }).catch(() => undefined);
  }

  async function applyAll(url: string, { repositories }: typeof context): Promise<void> {
    const repository = repositories.get(url);
    await repository.refresh();
    const revision = await repository.resolve('HEAD');
    const texts = await repository.checkouts.with(
      revision,
      async root =>
        await renderDirectory(root, {
          repoURL: url,
          path: bootstrap.path,
          directory: { include: bootstrap.include },
        }),
    );
    const objects = texts.flatMap(({ name, text }) => parseManifests(text, name));
    // Projects first: an Application without its project is an error until it comes.
    const isProject = (kind: string) => (kind === 'AppProject' ? 0 : 1);
    const sorted = [...objects].sort((a, b) => isProject(a.kind) - isProject(b.kind));
    for (const object of sorted) {
      const namespace = object.metadata.namespace ?? controlPlaneNamespace;
      const placed = { ...object, metadata: { ...object.metadata, namespace } };
      log(await applyResource(placed, { client, cache }));
    }
  }
}

function hasRoot(cache: ClusterCache): boolean {
  const name = bootstrap.rootApplication;
  const key = { group: 'argoproj.io', kind: 'Application', namespace: controlPlaneNamespace, name };
  return cache.get(key) !== undefined;
}

async function ensureNamespace(client: KubernetesClient, cache: ClusterCache): Promise<void> {
  const key = { group: '', kind: 'Namespace', namespace: '', name: controlPlaneNamespace };
  if (cache.get(key)) return;
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: controlPlaneNamespace } };
  await applyResource(object, { client, cache });
}

async function ensureDefaultProject(client: KubernetesClient, cache: ClusterCache): Promise<void> {
  if (cache.get(keyOf(defaultProject))) return;
  cache.written(await client.create(projectType, defaultProject));
}
