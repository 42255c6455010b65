import type { KubernetesObject } from '../../support/objects.ts';
import { create, refused, type Act } from './acts.ts';
import { neighbour, tenant } from './workloads.ts';

const policy = refused('argocd', 'policy');

function externalSecret(spec: Record<string, unknown>): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'bad', namespace: tenant },
    spec: { secretStoreRef: { name: 'tenant-secrets', kind: 'ClusterSecretStore' }, ...spec },
  };
}

const entry = (key: string, more: object = {}) => ({ secretKey: 'X', remoteRef: { key }, ...more });

/**
 * Ways to secrets and identities of others.
 * @param hasOperator - whether the cluster knows the kind ExternalSecret
 */
export function actsWithSecrets(hasOperator: boolean): Act[] {
  const others = [
    policy(
      'a ServiceAccount of the tenant with a role of the cloud',
      create({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: {
          name: 'bad',
          namespace: tenant,
          annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/admin' },
        },
      }),
      /role of the cloud/,
    ),
    policy(
      'a Secret of the tenant that is filled with a token of its service account',
      create({
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/service-account-token',
        metadata: {
          name: 'bad',
          namespace: tenant,
          annotations: { 'kubernetes.io/service-account.name': 'demo-api' },
        },
      }),
      /no token of a service account/,
    ),
  ];
  if (!hasOperator) return others;
  const external = (act: string, spec: Record<string, unknown>, saying: RegExp) =>
    policy(`an ExternalSecret that ${act}`, create(externalSecret(spec)), saying);
  return [
    ...others,
    external(
      'reads another tenant’s key',
      { data: [entry(`${neighbour}/database`)] },
      /keys below tenant-a\//,
    ),
    external('reads a key of everybody’s', { data: [entry('database')] }, /keys below tenant-a\//),
    external(
      'climbs out of its keys',
      { data: [entry(`${tenant}/../${neighbour}/x`)] },
      /keys below tenant-a\//,
    ),
    external(
      'reads everything there is',
      { dataFrom: [{ find: { name: { regexp: '.*' } } }] },
      /one by one/,
    ),
    external(
      'reads from another store beside its own',
      {
        data: [
          entry(`${tenant}/x`, {
            sourceRef: { storeRef: { name: 'x', kind: 'ClusterSecretStore' } },
          }),
        ],
      },
      /one by one/,
    ),
  ];
}
