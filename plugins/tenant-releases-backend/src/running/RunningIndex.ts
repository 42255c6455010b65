import type { LeftOut, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import type { PartFreshness, PodState } from '../join/releaseParts';
import { ChangeHints } from '../upstream/ChangeHints';
import type { WatchReport } from '../upstream/ListWatch';
import { leastCurrent } from '../upstream/SourceMonitor';
import type { TreePod } from '../sync/treePods';
import { Digests } from './Digests';
import { repositoryFit } from './imageReference';
import type { PodRecord } from './PodRecord';
import { imageVersion, podsOfService, podVersion, type ImageHint } from './podVersion';
import type { PodPlace, PodWatch } from './PodWatch';
import { RunningLog, type Start } from './RunningLog';

/** What the image of a tenant's service is called, as far as Git has told. */
export type HintOf = (tenant: string, service: string) => ImageHint;

/** Without a tenant file the container is told by its name. */
const noHint: HintOf = () => ({ versions: [] });

/** What the pods run: the tenants' pods in all clusters. */
export class RunningIndex {
  readonly changes = new ChangeHints();
  readonly #watches: PodWatch[];
  readonly #hintOf: HintOf;
  readonly #log = new RunningLog();
  readonly #digests = new Digests();
  /** Start of the earliest pod, by service and version. */
  readonly #firstPods = new LRUCache<string, string>({ max: 10_000 });

  /** @param tenantsAt - the tenants of labels in a namespace, in a repository of another layout than our own */
  constructor(
    watches: PodWatch[],
    hintOf: HintOf = noHint,
    tenantsAt?: (placedLabels: string) => readonly string[],
  ) {
    this.#watches = watches;
    this.#hintOf = hintOf;
    for (const watch of watches) {
      watch.changes.subscribe(tenants => {
        if (tenants === 'all') {
          this.changes.emitAll();
          return;
        }
        // Names of tenants hold no slash, as labels in a namespace do.
        const named = tenants.filter(tenant => !tenantsAt || !tenant.includes('/'));
        const placed = tenants.filter(tenant => !named.includes(tenant));
        for (const tenant of named) this.#observe(watch.ofTenant(tenant));
        this.changes.emit([...new Set([...named, ...placed.flatMap(tenantsAt ?? (() => []))])]);
      });
    }
  }

  start(): void {
    this.#watches.forEach(watch => watch.start());
  }

  async stop(): Promise<void> {
    await Promise.all(this.#watches.map(watch => watch.stop()));
  }

  statuses(): SourceStatus[] {
    return this.#watches.map(({ monitor }) => monitor.status());
  }

  /** What no release can be made of, by the source's id. */
  leftOut(): Map<string, LeftOut[]> {
    return new Map(this.#watches.map(watch => [watch.monitor.status().id, watch.leftOut()]));
  }

  /** The pods of each cluster that has been read, by the source's id. */
  reports(): Map<string, WatchReport<PodRecord>> {
    return new Map(this.#watches.map(watch => [watch.monitor.status().id, watch.report()]));
  }

  /** Every pod with the labels of a release, also those that run none, in the cluster of that name. */
  podsAt(cluster: string | undefined, place: PodPlace): PodRecord[] {
    return this.#clusters(cluster).flatMap(watch => watch.ofRelease(place));
  }

  /** The pods of a release in the cluster of that name. */
  pods(cluster: string | undefined, place: PodPlace, hint?: ImageHint): PodState[] {
    const wanted = hint ?? this.#hintOf(place.tenant, place.service);
    const counted = this.podsAt(cluster, place)
      .filter(({ counts }) => counts)
      .map(pod =>
        place.labels !== undefined ? { ...pod, tenant: place.tenant, service: place.service } : pod,
      );
    const starts = this.#log.versionsOf(keyOf(place));
    return podsOfService(counted, wanted).map(pod => {
      const state = this.#toState(pod, wanted);
      const wasReady = state.version !== undefined && starts.has(state.version);
      return wasReady && !state.ready ? { ...state, wasReady } : state;
    });
  }

  /**
   * Pods of Argo CD's tree, which names images and no containers; those without the service's image are left out.
   *
   * @param notBefore - RFC 3339; until then no pod had been unready, as far as anybody knows
   */
  treePods(
    pods: readonly TreePod[],
    tenant: string,
    hint: ImageHint,
    notBefore?: string,
  ): PodState[] {
    const { repository } = hint;
    return pods.flatMap(({ images, ...told }) => {
      const image =
        repository === undefined
          ? images[0]
          : images.find(each => repositoryFit(each, repository) > 0);
      if (image === undefined) return [];
      const unreadySince = told.ready ? undefined : latest(told.startedAt, notBefore);
      return {
        ...imageVersion(image, tenant, hint, this.#digests),
        ...told,
        ...(unreadySince ? { unreadySince } : {}),
      };
    });
  }

  freshness(cluster: string | undefined): PartFreshness {
    return leastCurrent(this.#clusters(cluster).map(({ monitor }) => monitor));
  }

  /** When a version was first seen ready, not before a time (RFC 3339); undefined when nobody knows. */
  startOf(place: PodPlace, version: string, notBefore: string): Start | undefined {
    return this.#log.startOf(keyOf(place), version, notBefore);
  }

  /** When the first pod of a version was seen to start, RFC 3339; older pods may be gone. */
  firstSeen(service: string, version: string): string | undefined {
    return this.#firstPods.get(`${service}\n${version}`);
  }

  #toState(pod: PodRecord, hint: ImageHint): PodState {
    const { container, ...told } = podVersion(pod, hint, this.#digests);
    const { ready, startedAt, unreadySince, unreadable } = pod;
    const { waiting, waitingImage } = container ?? {};
    // Whether it is ready, and what holds it back, may stand in the part that cannot be read.
    const odd = unreadable.find(field => !/^metadata\.(annotations|resourceVersion)/.test(field));
    return {
      ...(odd === undefined ? told : { problem: `${odd} of the pod cannot be read` }),
      ready,
      ...(startedAt ? { startedAt } : {}),
      ...(unreadySince ? { unreadySince } : {}),
      ...(waiting ? { waiting } : {}),
      ...(waitingImage ? { waitingImage } : {}),
    };
  }

  /**
   * A destination that no cluster is named after may be any of them: Argo CD's names and the portal's need not be the
   * same where there is only one.
   */
  #clusters(name: string | undefined): PodWatch[] {
    const named = this.#watches.filter(watch => watch.name === name);
    return named.length > 0 ? named : this.#watches;
  }

  #noteStart(key: string, startedAt: string | undefined): void {
    const time = Date.parse(startedAt ?? '');
    const known = Date.parse(this.#firstPods.get(key) ?? '');
    if (startedAt !== undefined && !Number.isNaN(time) && !(known <= time)) {
      this.#firstPods.set(key, startedAt);
    }
  }

  /** @param pods - all pods with a tenant's label; a label alone does not make them the tenant's */
  #observe(pods: readonly PodRecord[]): void {
    const releases = new Map<string, PodRecord[]>();
    for (const pod of pods) {
      this.#digests.learn(pod);
      const key = keyOf(pod);
      const others = releases.get(key);
      if (others) others.push(pod);
      else releases.set(key, [pod]);
    }
    for (const [key, group] of releases) {
      const hint = this.#hintOf(group[0].tenant, group[0].service);
      const versioned: Array<PodRecord & { version?: string }> = podsOfService(group, hint).map(
        pod => ({
          ...pod,
          ...podVersion(pod, hint, this.#digests),
        }),
      );
      for (const { service, version, startedAt, counts } of versioned) {
        if (counts && version !== undefined) this.#noteStart(`${service}\n${version}`, startedAt);
      }
      this.#log.observe(key, versioned);
    }
  }
}

function keyOf({ namespace, tenant, service }: PodPlace): string {
  return `${namespace}/${tenant}/${service}`;
}

function latest(...times: Array<string | undefined>): string | undefined {
  return times.flatMap(time => time ?? []).sort((a, b) => Date.parse(b) - Date.parse(a))[0];
}
