import { autoscalerController } from '../controllers/autoscalerController';
import { deploymentController } from '../controllers/deploymentController';
import { endpointSliceController } from '../controllers/endpointSliceController';
import { EventRecorder } from '../controllers/EventRecorder';
import { garbageCollector } from '../controllers/garbageCollector';
import { namespaceController } from '../controllers/namespaceController';
import { replicaSetController } from '../controllers/replicaSetController';
import { scheduler } from '../controllers/scheduler';
import { runController } from '../controllers/controller';
import { timestamp } from '../model/clock';
import { KubernetesObject, isTerminating } from '../model/objects';
import { kinds } from '../model/resources';
import { Deployment, Pod, ReplicaSet } from '../model/workloads';
import { ClusterObjects, Draft } from '../objects/ClusterObjects';
import { ObjectStore } from '../store/ObjectStore';
import { FakeClock } from './FakeClock';

export const writer = { manager: 'test' };

/** A deployment of one container; `change` overrides parts of its spec. */
export function deploymentDraft(
  change: Record<string, unknown> = {},
  image = 'example.com/web:1',
): Draft {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [{ name: 'web', image, ports: [{ name: 'http', containerPort: 80 }] }],
        },
      },
      ...change,
    },
  };
}

/** Store and controllers under a fake clock, without a kubelet: tests say which pods are ready. */
export class FakeCluster {
  readonly clock = new FakeClock();
  readonly store = new ObjectStore();
  readonly errors: string[] = [];
  readonly objects: ClusterObjects;
  private seed = 1;

  constructor() {
    const { clock } = this;
    this.objects = new ClusterObjects(this.store, clock, () => this.random());
    const events = new EventRecorder(this.objects, clock, 'node');
    const context = {
      objects: this.objects,
      events,
      clock,
      log: (line: string) => this.errors.push(line),
    };
    [
      namespaceController(context),
      garbageCollector(context),
      deploymentController(context),
      replicaSetController(context),
      endpointSliceController(context),
      autoscalerController(context),
      scheduler(context, 'node'),
    ].forEach(controller => runController(context, controller));
    this.createNamespace('shop');
  }

  createNamespace(name: string): void {
    this.objects.create(
      kinds.namespace,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      writer,
    );
    this.settle();
  }

  /** Lets the controllers work until nothing is due now. */
  settle(): void {
    this.clock.advance(1);
  }

  deploy(draft: Draft = deploymentDraft()): void {
    this.objects.create(kinds.deployment, draft, writer);
    this.settle();
  }

  change(spec: Partial<Deployment['spec']>): void {
    this.objects.modify(
      kinds.deployment,
      'shop',
      'web',
      object => ({ ...object, spec: { ...(object as Deployment).spec, ...spec } }),
      writer,
    );
    this.settle();
  }

  changeImage(image: string): void {
    const { template } = this.deployment.spec;
    const containers = template.spec.containers.map(container => ({ ...container, image }));
    this.change({ template: { ...template, spec: { ...template.spec, containers } } });
  }

  get deployment(): Deployment {
    return this.objects.get(kinds.deployment, 'shop', 'web') as Deployment;
  }

  get sets(): ReplicaSet[] {
    return this.store.list(kinds.replicaSet, 'shop') as ReplicaSet[];
  }

  get pods(): Pod[] {
    return this.store.list(kinds.pod, 'shop').filter(pod => !isTerminating(pod)) as Pod[];
  }

  podsOf(image: string): Pod[] {
    return this.pods.filter(pod => pod.spec.containers[0].image === image);
  }

  /** What the kubelet would report of these pods. */
  setReady(pods: Pod[], ready = true): void {
    for (const pod of pods) {
      const condition = {
        type: 'Ready',
        status: ready ? 'True' : 'False',
        lastTransitionTime: timestamp(this.clock.now()),
      };
      this.objects.modify(
        kinds.pod,
        'shop',
        pod.metadata.name,
        object => ({
          ...object,
          status: { phase: 'Running', podIP: '10.244.0.9', conditions: [condition] },
        }),
        { ...writer, subresource: 'status' },
      );
    }
    this.settle();
  }

  /** The kubelet lets go of pods that end. */
  finishEnding(): void {
    for (const pod of this.store.list(kinds.pod).filter(isTerminating)) {
      this.objects.delete(kinds.pod, pod.metadata.namespace, pod.metadata.name, {
        gracePeriodSeconds: 0,
      });
    }
    this.settle();
  }

  eventMessages(about: KubernetesObject): string[] {
    return this.store
      .list(kinds.event)
      .filter(event => (event.involvedObject as { uid: string }).uid === about.metadata.uid)
      .map(event => `${event.reason}: ${event.message}`);
  }

  private random(): number {
    this.seed = (this.seed * 16_807) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }
}
