import { command, create, patch, type Act, type Layer } from './acts.ts';
import { neighbour, tenant, type Workloads } from './workloads.ts';

const ns = ['-n', tenant];
const good = 'ghcr.io/acme/demo-api:sha-2222222';
const digest = `sha256:${'0'.repeat(64)}`;

/** Images that a tenant may not run, and what is wrong with each. */
const badImages: Array<[string, string]> = [
  ['from another registry', 'docker.io/library/nginx:1.29.1'],
  ['without a registry', 'nginx:1.29.1'],
  ['from another organisation', 'ghcr.io/other/demo-api:sha-2222222'],
  ['from an organisation that begins alike', 'ghcr.io/acme-corp/demo-api:sha-2222222'],
  ['from a host that begins alike', 'ghcr.io.example.com/acme/demo-api:sha-2222222'],
  ['with the registry as user name', 'ghcr.io/acme/@evil.example/x:1'],
  ['tagged latest', 'ghcr.io/acme/demo-api:latest'],
  ['without a tag', 'ghcr.io/acme/demo-api'],
  ['with a digest that is cut off', `ghcr.io/acme/demo-api@${digest.slice(0, 20)}`],
  ['with a path that climbs', 'ghcr.io/acme/../other/demo-api:sha-2222222'],
];

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

/** What holds when the tenant has got the right to write workloads. */
export function actsOfDeployer(workloads: Workloads, pod: string): Act[] {
  const refused = (refusedBy: Layer, act: string, attempt: Act['try'], saying?: RegExp): Act => ({
    act,
    as: 'deployer',
    refusedBy,
    saying,
    try: attempt,
  });
  const policy = (act: string, attempt: Act['try'], saying?: RegExp) =>
    refused('policy', act, attempt, saying);
  const foreign = { name: 'other', image: 'docker.io/library/busybox:1.37.0' };
  const [container] = workloads.podSpec().containers as Array<{ securityContext: object }>;
  const bad = workloads.podSpec({}, { image: 'docker.io/library/nginx:1.29.1' });
  return [
    ...unsafePods.map(([what, change, inside]) =>
      refused(
        'Pod Security',
        `run a pod that ${what}`,
        create(workloads.pod('bad', { ...change }, { ...inside })),
      ),
    ),
    ...badImages.map(([what, image]) =>
      policy(`run an image ${what}`, create(workloads.pod('bad', {}, { image })), /tenant-images/),
    ),
    ...[
      'Deployment',
      'StatefulSet',
      'DaemonSet',
      'ReplicaSet',
      'Job',
      'CronJob',
      'ReplicationController',
      'PodTemplate',
    ].map(kind =>
      policy(
        `run an image from elsewhere by ${kind}`,
        create(workloads.maker(kind, 'bad', bad)),
        /tenant-images/,
      ),
    ),
    policy(
      'run an init container from elsewhere',
      create(
        workloads.pod('bad', {
          initContainers: [{ ...foreign, securityContext: container.securityContext }],
        }),
      ),
      /busybox:1\.37\.0 is not from a registry/,
    ),
    policy(
      'mount an image from elsewhere as a volume',
      create(
        workloads.pod('bad', { volumes: [{ name: 'x', image: { reference: foreign.image } }] }),
      ),
      /busybox:1\.37\.0 is not from a registry/,
    ),
    policy(
      'add an ephemeral container from elsewhere to its pod',
      command(
        'patch',
        'pod',
        pod,
        ...ns,
        '--subresource=ephemeralcontainers',
        '--type=strategic',
        '-p',
        JSON.stringify({
          spec: {
            ephemeralContainers: [
              {
                ...foreign,
                securityContext: container.securityContext,
              },
            ],
          },
        }),
      ),
      /busybox:1\.37\.0 is not from a registry/,
    ),
    policy(
      'change the image of its pod to one from elsewhere',
      patch(
        ['pod', pod],
        { spec: { containers: [{ ...container, image: foreign.image }] } },
        ...ns,
      ),
      /busybox:1\.37\.0 is not from a registry/,
    ),
    policy(
      'change the image of its Deployment to one from elsewhere',
      command('set', 'image', 'deployment/demo-api', `demo-api=${foreign.image}`, ...ns),
      /busybox:1\.37\.0 is not from a registry/,
    ),
    policy(
      'change the image of its Deployment to latest',
      command(
        'set',
        'image',
        'deployment/demo-api',
        'demo-api=ghcr.io/acme/demo-api:latest',
        ...ns,
      ),
      /name an immutable tag/,
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
    policy(
      'open a port on every node',
      create(workloads.service('bad', { type: 'NodePort' })),
      /not NodePort/,
    ),
    policy(
      'open a load balancer',
      create(workloads.service('bad', { type: 'LoadBalancer' })),
      /not LoadBalancer/,
    ),
    policy(
      'take traffic by external address',
      create(workloads.service('bad', { externalIPs: ['203.0.113.7'] })),
      /externalIPs/,
    ),
    policy(
      'send its traffic to any host by name',
      create(
        workloads.service('bad', {
          type: 'ExternalName',
          externalName: 'metadata.example.com',
          selector: undefined,
        }),
      ),
      /not ExternalName/,
    ),
    policy(
      'turn its Service into a NodePort',
      patch(['service', 'demo-api'], { spec: { type: 'NodePort' } }, ...ns),
      /not NodePort/,
    ),
    policy(
      'serve the host of another tenant',
      create(workloads.ingress('bad', `${neighbour}.example.com`)),
      /no other host/,
    ),
    policy('serve every host', create(workloads.ingress('bad', undefined)), /no other host/),
    policy('serve a wildcard', create(workloads.ingress('bad', '*.example.com')), /no other host/),
    policy(
      'catch what no other Ingress serves',
      create(
        workloads.ingress('bad', `${tenant}.example.com`, {
          spec: { defaultBackend: { service: { name: 'demo-api', port: { name: 'http' } } } },
        }),
      ),
      /defaultBackend/,
    ),
    policy(
      'serve TLS for another tenant',
      create(
        workloads.ingress('bad', `${tenant}.example.com`, {
          spec: { tls: [{ hosts: [`${neighbour}.example.com`], secretName: 'x' }] },
        }),
      ),
      /no other host/,
    ),
    policy(
      'write configuration into the ingress controller',
      create(
        workloads.ingress('bad', `${tenant}.example.com`, {
          metadata: { annotations: { 'nginx.ingress.kubernetes.io/configuration-snippet': 'x' } },
        }),
      ),
      /snippets/,
    ),
    refused(
      'quota',
      'ask for a volume',
      create({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'bad', namespace: tenant },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      }),
    ),
    refused(
      'quota',
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
    refused(
      'limit range',
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

/** What the same service account may do. */
export function rightsOfDeployer(workloads: Workloads): Act[] {
  const allowed: Array<[string, Act['try']]> = [
    ['run a pod as the chart makes it', create(workloads.pod('fine', {}, { image: good }))],
    [
      'run an image by digest',
      create(workloads.pod('fine-digest', {}, { image: `ghcr.io/acme/demo-api@${digest}` })),
    ],
    ['make a Deployment', create(workloads.deployment('fine'))],
    ['make a Service', create(workloads.service('fine', {}))],
    ['serve its own host', create(workloads.ingress('fine', `${tenant}.example.com`))],
    [
      'change the image of its Deployment to another version',
      command(
        'set',
        'image',
        'deployment/fine',
        'demo-api=ghcr.io/acme/demo-api:sha-4444444',
        ...ns,
      ),
    ],
    [
      'add an ephemeral container of its own image',
      kubectl =>
        kubectl.run([
          'patch',
          'pod',
          'fine',
          ...ns,
          '--subresource=ephemeralcontainers',
          '--type=strategic',
          '-p',
          JSON.stringify({
            spec: {
              ephemeralContainers: [
                {
                  name: 'look',
                  image: good,
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ['ALL'] },
                  },
                },
              ],
            },
          }),
        ]),
    ],
    [
      'tolerate its own taint',
      create(
        workloads.pod('fine-taint', {
          tolerations: [{ key: 'tenant-releases.io/tenant', operator: 'Equal', value: tenant }],
        }),
      ),
    ],
  ];
  return allowed.map(([act, attempt]) => ({ act, as: 'deployer', try: attempt }));
}
