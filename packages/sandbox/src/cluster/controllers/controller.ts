import { Clock } from '../model/clock';
import { ClusterObjects } from '../objects/ClusterObjects';
import { Change } from '../store/ObjectStore';
import { EventRecorder } from './EventRecorder';
import { WorkQueue } from './WorkQueue';

/** What every controller works with. */
export interface ControllerContext {
  objects: ClusterObjects;
  events: EventRecorder;
  clock: Clock;
  log: (line: string) => void;
}

/** A loop that brings the cluster closer to what its objects ask for. */
export interface Controller {
  name: string;
  /** Keys to look at when the controller starts. */
  initialKeys(): string[];
  /** Keys that a change makes worth a look. */
  keysOf(change: Change): string[];
  /** See {@link WorkQueue}. */
  reconcile(key: string): number | void;
}

/** Starts a controller; the answer stops it. */
export function runController(context: ControllerContext, controller: Controller): () => void {
  const queue = new WorkQueue(
    context.clock,
    key => controller.reconcile(key),
    (key, error, failures) => {
      // What fails again is tried again quietly: the events tell of it.
      if (failures === 1) {
        const problem = error instanceof Error ? error.message : String(error);
        context.log(`${controller.name} ${key}: ${problem}`);
      }
    },
  );
  const unsubscribe = context.objects.store.subscribe(change =>
    controller.keysOf(change).forEach(key => queue.add(key)),
  );
  controller.initialKeys().forEach(key => queue.add(key));
  return () => {
    unsubscribe();
    queue.close();
  };
}
