import os from 'node:os';
import { timestamp } from '../model/clock';
import { kinds } from '../model/resources';
import { ClusterObjects } from '../objects/ClusterObjects';
import { versionBody } from '../api/discovery';

const manager = 'kubelet';

/** Registers the one node, or refreshes it after a restart. `now` in milliseconds since 1970. */
export function registerNode(
  objects: ClusterObjects,
  name: string,
  hostIP: string,
  now: number,
): void {
  if (!objects.store.get(kinds.node, undefined, name)) {
    objects.create(
      kinds.node,
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name,
          labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': os.platform() },
        },
        spec: {},
      },
      { manager },
    );
  }
  const resources = {
    cpu: String(os.cpus().length),
    memory: `${Math.round(os.totalmem() / 1024)}Ki`,
    pods: '110',
  };
  const status = {
    capacity: resources,
    allocatable: resources,
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        lastHeartbeatTime: timestamp(now),
        lastTransitionTime: timestamp(now),
        reason: 'KubeletReady',
        message: 'kubelet is posting ready status',
      },
    ],
    addresses: [
      { type: 'InternalIP', address: hostIP },
      { type: 'Hostname', address: name },
    ],
    nodeInfo: {
      architecture: os.arch() === 'x64' ? 'amd64' : os.arch(),
      containerRuntimeVersion: `node://${process.versions.node}`,
      kernelVersion: os.release(),
      kubeProxyVersion: '',
      kubeletVersion: versionBody.gitVersion,
      operatingSystem: os.platform(),
      osImage: os.type(),
    },
  };
  objects.modify(kinds.node, undefined, name, node => ({ ...node, status }), {
    manager,
    subresource: 'status',
  });
}
