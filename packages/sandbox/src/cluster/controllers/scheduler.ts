import { timestamp } from '../model/clock';
import { isTerminating, objectKey, splitKey } from '../model/objects';
import { kinds } from '../model/resources';
import { Pod } from '../model/workloads';
import { Controller, ControllerContext } from './controller';

const manager = 'kube-scheduler';

/** Gives every pod to the one node there is. */
export function scheduler(context: ControllerContext, nodeName: string): Controller {
  const { objects, events, clock } = context;
  const { store } = objects;
  return {
    name: 'scheduler',
    initialKeys: () => store.list(kinds.pod).map(objectKey),
    keysOf: ({ resource, object, type }) =>
      resource === kinds.pod && type === 'ADDED' ? [objectKey(object)] : [],
    reconcile: key => {
      const { namespace, name } = splitKey(key);
      const pod = store.get(kinds.pod, namespace, name) as Pod | undefined;
      if (!pod || pod.spec.nodeName || isTerminating(pod)) {
        return;
      }
      const bound = objects.modify(
        kinds.pod,
        namespace,
        name,
        current => ({
          ...current,
          spec: { ...(current as Pod).spec, nodeName },
          status: {
            ...(current as Pod).status,
            phase: 'Pending',
            conditions: [
              {
                type: 'PodScheduled',
                status: 'True',
                lastProbeTime: null,
                lastTransitionTime: timestamp(clock.now()),
              },
            ],
          },
        }),
        { manager, subresource: 'binding' },
      );
      events.record(bound, {
        type: 'Normal',
        reason: 'Scheduled',
        message: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
        component: 'default-scheduler',
      });
    },
  };
}
