import { create, refused, type Act } from './acts.ts';
import { neighbour, type Workloads } from './workloads.ts';

const policy = refused('deployer', 'policy');
const podSecurity = refused('deployer', 'Pod Security');
const quota = refused('deployer', 'quota');
const limitRange = refused('deployer', 'limit range');

/** Pods that Pod Security refuses: the change of the spec, and of its container. */
const unsafePods: Array<[string, object, object?]> = [
  ['is privileged', {}, { securityContext: { privileged: true, allowPrivilegeEscalation: true } }],
  ['may escalate privileges', {}, { securityContext: { allowPrivilegeEscalation: true } }],
  [
    'adds a capability',
    {},
    { securityContext: { capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] } } },
  ],
  ['keeps its capabilities', {}, { securityContext: { capabilities: { drop: undefined } } }],
  ['runs as root', { securityContext: { runAsUser: 0 } }],
  [
    'does not say that it is not root',
    { securityContext: { runAsNonRoot: undefined } },
    { securityContext: { runAsNonRoot: undefined } },
  ],
  ['turns seccomp off', { securityContext: { seccompProfile: { type: 'Unconfined' } } }],
  ['mounts a folder of the node', { volumes: [{ name: 'x', hostPath: { path: '/' } }] }],
  ['uses the network of the node', { hostNetwork: true }],
  ['sees the processes of the node', { hostPID: true }],
  ['shares memory with the node', { hostIPC: true }],
  [
    'takes a port of the node',
    {},
    { ports: [{ name: 'http', containerPort: 8000, hostPort: 8000 }] },
  ],
  ['sets a sysctl', { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
];

/** Pods that only the policies refuse. */
const unwelcomePods: Array<[string, object, RegExp]> = [
  [
    'goes before the platform',
    { priorityClassName: 'platform-critical', priority: undefined },
    /use tenant-workload/,
  ],
  [
    'goes before everybody',
    { priorityClassName: 'system-cluster-critical', priority: undefined },
    /use tenant-workload/,
  ],
  ['takes a token of the API by default', { automountServiceAccountToken: true }, /mount no token/],
  [
    'takes a token of the API by volume',
    {
      volumes: [
        { name: 'x', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
      ],
    },
    /mount no token/,
  ],
  ['chooses its node', { nodeName: 'node-a' }, /nodeName is the scheduler's/],
  ['tolerates every taint', { tolerations: [{ operator: 'Exists' }] }, /tolerates is its own/],
  [
    'tolerates the control plane',
    { tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }] },
    /tolerates is its own/,
  ],
  [
    'tolerates the taint of another tenant',
    { tolerations: [{ key: 'tenant-releases.io/tenant', operator: 'Equal', value: neighbour }] },
    /tolerates is its own/,
  ],
];

/** Pods that would be more than a tenant's, by themselves and by a Deployment. */
export function actsWithPods(workloads: Workloads): Act[] {
  return [
    ...unsafePods.map(([what, change, inside]) =>
      podSecurity(
        `run a pod that ${what}`,
        create(workloads.pod('bad', { ...change }, { ...inside })),
      ),
    ),
    ...unwelcomePods.map(([what, change, saying]) =>
      policy(`run a pod that ${what}`, create(workloads.pod('bad', { ...change })), saying),
    ),
    ...unsafePods
      .slice(0, 2)
      .map(([what, change, inside]) =>
        policy(
          `make a Deployment whose pod ${what}`,
          create(workloads.deployment('bad', { ...change }, { ...inside })),
          /tenant-pods/,
        ),
      ),
    policy(
      'make a Deployment whose pod uses the network of the node',
      create(workloads.deployment('bad', { hostNetwork: true })),
      /nothing of the node/,
    ),
    policy(
      'make a Deployment whose pod mounts a folder of the node',
      create(workloads.deployment('bad', { volumes: [{ name: 'x', hostPath: { path: '/' } }] })),
      /nothing of the node/,
    ),
    policy(
      'make a Deployment that leaves the token to the default',
      create(workloads.deployment('bad', { automountServiceAccountToken: undefined })),
      /mount no token/,
    ),
    quota(
      'take more processors than its tier has',
      create(
        workloads.pod(
          'bad',
          {},
          {
            resources: {
              requests: { cpu: '2', memory: '64Mi' },
              limits: { cpu: '2', memory: '64Mi' },
            },
          },
        ),
      ),
    ),
    limitRange(
      'run a container larger than any may be',
      create(
        workloads.pod(
          'bad',
          {},
          {
            resources: {
              requests: { cpu: '9', memory: '64Mi' },
              limits: { cpu: '9', memory: '64Mi' },
            },
          },
        ),
      ),
    ),
  ];
}
