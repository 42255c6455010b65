import { JsonObject, isJsonObject, listOrEmpty, objectOrEmpty } from '../model/json';

/** Copy of `object` with the fields that are absent taken from `defaults`. */
export function withDefaults(object: JsonObject, defaults: JsonObject): JsonObject {
  const missing = Object.entries(defaults).filter(
    ([key]) => object[key] === undefined || object[key] === null,
  );
  return missing.length === 0 ? object : { ...object, ...Object.fromEntries(missing) };
}

function mapField(object: JsonObject, field: string, change: (value: JsonObject) => JsonObject) {
  const value = object[field];
  if (Array.isArray(value)) {
    return { ...object, [field]: value.map(item => (isJsonObject(item) ? change(item) : item)) };
  }
  return isJsonObject(value) ? { ...object, [field]: change(value) } : object;
}

function pullPolicy(image: unknown): string {
  const name =
    String(image ?? '')
      .split('/')
      .pop() ?? '';
  const tag = name.includes('@') ? 'digest' : name.split(':')[1] ?? 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function probe(value: JsonObject): JsonObject {
  const filled = withDefaults(value, {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  });
  return mapField(filled, 'httpGet', http => withDefaults(http, { path: '/', scheme: 'HTTP' }));
}

function variable(value: JsonObject): JsonObject {
  return mapField(value, 'valueFrom', source =>
    mapField(source, 'fieldRef', reference => withDefaults(reference, { apiVersion: 'v1' })),
  );
}

function container(value: JsonObject): JsonObject {
  let filled = withDefaults(value, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(value.image),
  });
  for (const name of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    filled = mapField(filled, name, probe);
  }
  filled = mapField(filled, 'ports', port => withDefaults(port, { protocol: 'TCP' }));
  filled = mapField(filled, 'resources', requestsFromLimits);
  return mapField(filled, 'env', variable);
}

/** A limit without a request is a request too. */
function requestsFromLimits(value: JsonObject): JsonObject {
  const limits = objectOrEmpty(value.limits);
  return Object.keys(limits).length === 0
    ? value
    : { ...value, requests: withDefaults(objectOrEmpty(value.requests), limits) };
}

function volume(value: JsonObject): JsonObject {
  const modes = ['configMap', 'secret', 'projected', 'downwardAPI'];
  return modes.reduce(
    (filled, name) => mapField(filled, name, source => withDefaults(source, { defaultMode: 420 })),
    value,
  );
}

/** The defaults of a pod's spec, in pods and in templates (Kubernetes pkg/apis/core/v1/defaults.go). */
export function podSpecDefaults(spec: JsonObject): JsonObject {
  let filled = withDefaults(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
  if (typeof filled.serviceAccountName === 'string') {
    filled = withDefaults(filled, { serviceAccount: filled.serviceAccountName });
  }
  filled = mapField(filled, 'containers', container);
  filled = mapField(filled, 'initContainers', container);
  return mapField(filled, 'volumes', volume);
}

/** The defaults of a pod's template; only requests and limits of pods themselves are touched at admission. */
export function podTemplateDefaults(template: JsonObject): JsonObject {
  return mapField(template, 'spec', podSpecDefaults);
}

/** What admission adds to a pod that is created, beside {@link podSpecDefaults}. */
export function podAdmissionDefaults(spec: JsonObject): JsonObject {
  const serviceAccountName = spec.serviceAccountName ?? 'default';
  const tolerations = ['not-ready', 'unreachable'].map(problem => ({
    key: `node.kubernetes.io/${problem}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }));
  return withDefaults(spec, {
    serviceAccountName,
    serviceAccount: serviceAccountName,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    tolerations: listOrEmpty(spec.tolerations).concat(spec.tolerations ? [] : tolerations),
  });
}
