import { Application } from '../application';
import { Logger } from '../log';
import { KubernetesClient } from '../kubernetes/kubernetesClient';
import { eventType } from '../kubernetes/resourceTypes';
import { KubernetesObject } from '../kubernetes/types';
import { stringAt } from '../json/json';

export type EventReason =
  | 'OperationStarted'
  | 'OperationCompleted'
  | 'ResourceUpdated'
  | 'ResourceDeleted';

/** Writes what happens to applications as Kubernetes events, which `GET events` reads back. */
export class EventRecorder {
  private sequence = 0;

  constructor(
    private readonly client: KubernetesClient,
    private readonly clock: () => number,
    private readonly log: Logger,
  ) {}

  /** Does not wait for the event to be written: losing one harms nothing. */
  record(
    application: Application,
    reason: EventReason,
    message: string,
    type: 'Normal' | 'Warning' = 'Normal',
    component = 'argocd-application-controller',
  ): void {
    const { name, namespace = '', uid, resourceVersion } = application.metadata;
    const now = this.clock();
    const time = new Date(now).toISOString().replace(/\.\d{3}Z$/, 'Z');
    const suffix = (BigInt(now) * 1_000_000n + BigInt(this.sequence++ % 1_000_000)).toString(16);
    const event: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: `${name}.${suffix}`,
        namespace,
        annotations: {
          'dest-namespace': stringAt(application.spec, 'destination', 'namespace') ?? '',
          'dest-server': stringAt(application.spec, 'destination', 'server') ?? '',
        },
      },
      involvedObject: {
        kind: 'Application',
        namespace,
        name,
        uid,
        apiVersion: 'argoproj.io/v1alpha1',
        resourceVersion,
      },
      reason,
      message,
      source: { component },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: '',
      reportingInstance: '',
    };
    this.client.create(eventType, event).catch(error => {
      this.log(`application ${name}: event not written: ${error.message}`);
    });
  }
}
