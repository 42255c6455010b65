import { create, patch, refused, type Act } from './acts.ts';
import { neighbour, tenant, type Workloads } from './workloads.ts';

const ns = ['-n', tenant];
const policy = refused('deployer', 'policy');
const quota = refused('deployer', 'quota');

/** Ways to be reached, or to reach out, past the platform; and a volume of the cluster. */
export function actsOnNetwork(workloads: Workloads): Act[] {
  return [
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
    quota(
      'ask for a volume',
      create({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'bad', namespace: tenant },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      }),
    ),
  ];
}
