import { JsonObject, isJsonObject, listOrEmpty, objectOrEmpty } from '../model/json';
import { KubernetesObject } from '../model/objects';
import { qosClass } from '../model/qos';
import { Resource } from '../model/resources';
import { Pod } from '../model/workloads';
import { podSpecDefaults, podTemplateDefaults, withDefaults } from './podDefaults';

function deploymentSpec(spec: JsonObject): JsonObject {
  const strategy = withDefaults(objectOrEmpty(spec.strategy), { type: 'RollingUpdate' });
  return {
    ...withDefaults(spec, {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    }),
    strategy:
      strategy.type === 'RollingUpdate'
        ? {
            ...strategy,
            rollingUpdate: withDefaults(objectOrEmpty(strategy.rollingUpdate), {
              maxUnavailable: '25%',
              maxSurge: '25%',
            }),
          }
        : strategy,
    template: podTemplateDefaults(objectOrEmpty(spec.template)),
  };
}

function servicePort(port: unknown): unknown {
  return isJsonObject(port) ? withDefaults(port, { protocol: 'TCP', targetPort: port.port }) : port;
}

function serviceSpec(spec: JsonObject): JsonObject {
  return {
    ...withDefaults(spec, {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    }),
    ...(spec.ports ? { ports: listOrEmpty(spec.ports).map(servicePort) } : {}),
  };
}

function replicaSetSpec(spec: JsonObject): JsonObject {
  return {
    ...withDefaults(spec, { replicas: 1 }),
    template: podTemplateDefaults(objectOrEmpty(spec.template)),
  };
}

const specDefaults: Record<string, (spec: JsonObject) => JsonObject> = {
  Pod: podSpecDefaults,
  Deployment: deploymentSpec,
  ReplicaSet: replicaSetSpec,
  StatefulSet: replicaSetSpec,
  Service: serviceSpec,
  Namespace: spec => withDefaults(spec, { finalizers: ['kubernetes'] }),
};

/** The object with the defaults of its kind, as the real API server stores it. */
export function applyDefaults(resource: Resource, object: KubernetesObject): KubernetesObject {
  const specOf = resource.custom ? undefined : specDefaults[resource.kind];
  const filled = specOf ? { ...object, spec: specOf(objectOrEmpty(object.spec)) } : object;
  switch (resource.kind) {
    case 'Namespace':
      return {
        ...filled,
        metadata: {
          ...filled.metadata,
          labels: {
            ...filled.metadata.labels,
            'kubernetes.io/metadata.name': filled.metadata.name,
          },
        },
        status: withDefaults(objectOrEmpty(filled.status), { phase: 'Active' }),
      };
    case 'Pod':
      return {
        ...filled,
        status: withDefaults(objectOrEmpty(filled.status), {
          phase: 'Pending',
          qosClass: qosClass((filled as Pod).spec.containers ?? []),
        }),
      };
    case 'Secret':
      return withDefaults(filled, { type: 'Opaque' }) as KubernetesObject;
    default:
      return filled;
  }
}
