import { Clock, microTimestamp, timestamp } from '../model/clock';
import { KubernetesObject } from '../model/objects';
import { kinds } from '../model/resources';
import { ClusterObjects } from '../objects/ClusterObjects';

/** What happened to an object. */
export interface Occurrence {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** `kubelet`, `deployment-controller`, ... */
  component: string;
  /** For events of one container: `spec.containers{name}`. */
  fieldPath?: string;
}

/** Events are kept for an hour, as by the real API server, and never more than this many. */
const maximumEvents = 1000;
const lifetimeMilliseconds = 60 * 60 * 1000;
const manager = 'event-recorder';

interface EventObject extends KubernetesObject {
  involvedObject: { uid?: string; fieldPath?: string };
  reason: string;
  message: string;
  count?: number;
  source: { component?: string; host?: string };
}

/** The name of an event: that of its object, cut where it would become too long, and a suffix. */
function eventName(about: string, suffix: string): string {
  return `${about.slice(0, 230).replace(/[^a-z0-9]+$/, '')}.${suffix}`;
}

/** Writes v1 Events; the same happening to the same object again counts up the event that is there. */
export class EventRecorder {
  private sequence = 0;

  constructor(
    private readonly objects: ClusterObjects,
    private readonly clock: Clock,
    private readonly nodeName: string,
  ) {}

  record(about: KubernetesObject, occurrence: Occurrence): void {
    const { store } = this.objects;
    const namespace = about.metadata.namespace ?? 'default';
    const owner = store.get(kinds.namespace, undefined, namespace);
    if (!owner || owner.metadata.deletionTimestamp) {
      return;
    }
    const now = this.clock.now();
    const same = this.find(namespace, about, occurrence);
    if (same) {
      this.objects.modify(
        kinds.event,
        namespace,
        same.metadata.name,
        event => ({
          ...event,
          count: ((event as EventObject).count ?? 1) + 1,
          lastTimestamp: timestamp(now),
        }),
        { manager },
      );
      return;
    }
    this.create(namespace, about, occurrence, now);
    this.trim(now);
  }

  private find(
    namespace: string,
    about: KubernetesObject,
    occurrence: Occurrence,
  ): KubernetesObject | undefined {
    return this.objects.store.list(kinds.event, namespace).find(object => {
      const event = object as EventObject;
      return (
        event.involvedObject.uid === about.metadata.uid &&
        event.reason === occurrence.reason &&
        event.message === occurrence.message &&
        event.involvedObject.fieldPath === occurrence.fieldPath
      );
    });
  }

  private create(
    namespace: string,
    about: KubernetesObject,
    occurrence: Occurrence,
    now: number,
  ): void {
    const { component, fieldPath, message, reason, type } = occurrence;
    this.sequence += 1;
    const suffix = (BigInt(now) * 1_000_000n + BigInt(this.sequence)).toString(16);
    const host = component === 'kubelet' ? { host: this.nodeName } : {};
    this.objects.create(
      kinds.event,
      {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: eventName(about.metadata.name, suffix), namespace },
        involvedObject: {
          kind: about.kind,
          namespace: about.metadata.namespace,
          name: about.metadata.name,
          uid: about.metadata.uid,
          apiVersion: about.apiVersion,
          resourceVersion: about.metadata.resourceVersion,
          ...(fieldPath ? { fieldPath } : {}),
        },
        reason,
        message,
        // The scheduler speaks the newer events API: its events have a micro time instead of a count.
        ...(component === 'default-scheduler'
          ? {
              source: {},
              firstTimestamp: null,
              lastTimestamp: null,
              type,
              eventTime: microTimestamp(now),
              action: 'Binding',
              reportingComponent: component,
              reportingInstance: `${component}-${this.nodeName}`,
            }
          : {
              source: { component, ...host },
              firstTimestamp: timestamp(now),
              lastTimestamp: timestamp(now),
              count: 1,
              type,
              eventTime: null,
              reportingComponent: component,
              reportingInstance: component === 'kubelet' ? this.nodeName : '',
            }),
      },
      { manager: component },
    );
  }

  private trim(now: number): void {
    const { store } = this.objects;
    const events = store
      .list(kinds.event)
      .sort(
        (left, right) =>
          Number(left.metadata.resourceVersion) - Number(right.metadata.resourceVersion),
      );
    const surplus = events.length - maximumEvents;
    events
      .filter(
        (event, index) =>
          index < surplus ||
          now - Date.parse(event.metadata.creationTimestamp) > lifetimeMilliseconds,
      )
      .forEach(event => store.remove(kinds.event, event));
  }
}
