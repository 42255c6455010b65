import { command, create, patch, refused, type Act } from './acts.ts';
import { tenant, type Workloads } from './workloads.ts';

const ns = ['-n', tenant];
const digest = `sha256:${'0'.repeat(64)}`;
const policy = refused('deployer', 'policy');

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

/** Images from elsewhere, wherever a pod can name one, made or changed. */
export function actsWithImages(workloads: Workloads, pod: string): Act[] {
  const foreign = { name: 'other', image: 'docker.io/library/busybox:1.37.0' };
  const [container] = workloads.podSpec().containers as Array<{ securityContext: object }>;
  const bad = workloads.podSpec({}, { image: 'docker.io/library/nginx:1.29.1' });
  return [
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
  ];
}
