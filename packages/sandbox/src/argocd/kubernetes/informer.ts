import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesClient, KubernetesError } from './kubernetesClient';
import { KubernetesObject, ResourceType, WatchEvent } from './types';

/** How long an informer waits after a failure before it lists again; milliseconds. */
const retryDelay = { first: 200, longest: 2_000 };

/** Who is told what an informer learns. */
export interface InformerListener {
  /** The whole content, after a (re)list: what is not in it is gone. */
  replaced(type: ResourceType, items: KubernetesObject[], resourceVersion: string): void;
  changed(type: ResourceType, event: WatchEvent): void;
  /** Told once for each outage, not for each try. */
  failed(type: ResourceType, error: KubernetesError): void;
  recovered(type: ResourceType): void;
}

/** Keeps following one type: lists, watches, and lists again when the watch cannot be continued. */
export async function runInformer(
  client: KubernetesClient,
  type: ResourceType,
  listener: InformerListener,
  signal: AbortSignal,
): Promise<void> {
  let failing = false;
  let delay = retryDelay.first;
  while (!signal.aborted) {
    try {
      const { items, resourceVersion } = await client.list(type);
      if (signal.aborted) return;
      listener.replaced(type, items, resourceVersion);
      if (failing) listener.recovered(type);
      failing = false;
      delay = retryDelay.first;
      await follow(client, type, resourceVersion, listener, signal);
    } catch (caught) {
      if (signal.aborted) return;
      const error =
        caught instanceof KubernetesError
          ? caught
          : new KubernetesError(0, 'InternalError', String(caught));
      // 410: the version is too old to watch from. Not an outage; list again at once.
      if (error.status === 410) continue;
      if (!failing) listener.failed(type, error);
      failing = true;
      await sleep(delay, undefined, { signal }).catch(() => undefined);
      delay = Math.min(delay * 2, retryDelay.longest);
    }
  }
}

/** Watches on and on: a server ends a watch after some minutes, which is no reason to list again. */
async function follow(
  client: KubernetesClient,
  type: ResourceType,
  from: string,
  listener: InformerListener,
  signal: AbortSignal,
): Promise<void> {
  let resourceVersion = from;
  const onEvent = (event: WatchEvent) => {
    resourceVersion = event.object.metadata?.resourceVersion ?? resourceVersion;
    if (event.type !== 'BOOKMARK') listener.changed(type, event);
  };
  while (!signal.aborted) {
    const startedAt = Date.now();
    await client.watch(type, resourceVersion, onEvent, signal);
    // A server that ends every watch at once must not make this a busy loop.
    if (Date.now() - startedAt < 1_000) {
      await sleep(retryDelay.first, undefined, { signal }).catch(() => undefined);
    }
  }
}
