import { command, create, type Act } from './acts.ts';
import { tenant, type Workloads } from './workloads.ts';

const ns = ['-n', tenant];
const good = 'ghcr.io/acme/demo-api:sha-2222222';
const digest = `sha256:${'0'.repeat(64)}`;

/** What a service account of the tenant that may write workloads may do. */
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
