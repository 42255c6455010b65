import { Clock } from '../model/clock';
import { ObjectStore } from '../store/ObjectStore';
import { BackOffSettings } from './BackOff';
import { Program } from './ContainerThread';
import { PortPool } from './freePort';
import { Image } from './imageRegistry';

/** How a kubelet behaves. */
export interface KubeletSettings {
  nodeName: string;
  hostIP: string;
  imageBackOff: BackOffSettings;
  crashBackOff: BackOffSettings;
}

/** What the workers of a kubelet share. */
export interface KubeletServices {
  settings: KubeletSettings;
  clock: Clock;
  store: ObjectStore;
  program: Program;
  ports: PortPool;
  /** Images that were pulled before, by the reference in the pod's spec. */
  present: Map<string, Image>;
  /** @throws ImagePullError. */
  pull(reference: string): Promise<Image>;
  /** The time of the next log line; see ContainerLog. */
  lineTime(): bigint;
}

/** What the steps before a container's start have to tell. */
export interface WaitObserver {
  event(type: 'Normal' | 'Warning', reason: string, message: string): void;
  /** The container waits, for this reason. */
  waiting(reason: string, message: string): void;
}
