import { setTimeout as sleep } from 'node:timers/promises';
import { argocdApplications, directoryCheckout } from '@internal/gitops';
import { controlPlaneNamespace, resourcesFinalizer } from './application';
import { ApplyingContext } from './bootstrap';
import { applyResource } from './controller/applyResource';
import { applicationType } from './kubernetes/resourceTypes';
import { KubernetesObject, kubernetesObjectSchema } from './kubernetes/types';

/** Between two looks at which commit is the newest; milliseconds. Nothing is asked of a server for it. */
const interval = 500;

/** Says which ApplicationSet makes an Application: the real one has a reference to its owner, which is not in this cluster. */
const setAnnotation = 'sandbox.tenant-releases.io/application-set';

/**
 * Applies the Applications of a repository at its newest commit, and those that its ApplicationSets make; takes away what an
 * ApplicationSet no longer makes. It stands for `kubectl apply` of the manifests and for the ApplicationSet controller, by the
 * rendering that the portal itself uses; the conformance tests hold that to the real controller. Goes on until it is ended.
 */
export async function keepApplications(url: string, context: ApplyingContext): Promise<void> {
  const { cache, repositories, log, signal } = context;
  let [applied, told] = ['', ''];
  while (!signal.aborted) {
    try {
      const repository = repositories.get(url);
      const revision = cache.synced && (await repository.resolve('HEAD'));
      if (revision && revision !== applied) {
        const wanted = await repository.checkouts.with(revision, async root =>
          objectsIn(root, url),
        );
        await applyAll(wanted, context);
        [applied, told] = [revision, ''];
        log(`kubectl apply: ${wanted.length} Applications of ${revision.slice(0, 7)}`);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== told) log(`Applications of ${url} not applied yet: ${reason}`);
      told = reason;
    }
    await sleep(interval, undefined, { signal }).catch(() => undefined);
  }
}

function objectsIn(root: string, url: string): KubernetesObject[] {
  return argocdApplications(directoryCheckout(root), url).map(({ object, applicationSet }) => {
    const { metadata, ...rest } = kubernetesObjectSchema.parse(object);
    const placed = { ...metadata, namespace: metadata.namespace ?? controlPlaneNamespace };
    if (!applicationSet) return { ...rest, metadata: placed } as KubernetesObject;
    // As the controller has it: what an Application has deployed goes with it.
    const annotations = { ...metadata.annotations, [setAnnotation]: applicationSet };
    return {
      ...rest,
      metadata: { ...placed, annotations, finalizers: [resourcesFinalizer] },
    } as KubernetesObject;
  });
}

async function applyAll(
  wanted: readonly KubernetesObject[],
  { client, cache, log }: ApplyingContext,
): Promise<void> {
  for (const object of wanted) log(await applyResource(object, { client, cache }));
  const { items } = await client.list(applicationType);
  const kept = new Set(wanted.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  for (const { metadata } of items) {
    const { name, namespace = '', annotations, deletionTimestamp } = metadata;
    if (!annotations?.[setAnnotation] || deletionTimestamp || kept.has(`${namespace}/${name}`))
      continue;
    await client.delete(applicationType, namespace, name, 'Background');
    log(`application.argoproj.io/${name} deleted`);
  }
}
