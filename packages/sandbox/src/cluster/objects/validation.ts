import { isJsonObject, jsonEqual, listOrEmpty, objectOrEmpty } from '../model/json';
import { KubernetesObject } from '../model/objects';
import { Resource } from '../model/resources';
import { LabelSelector, labelSelectorTest } from '../model/selectors';
import { StatusCause, invalid } from '../model/statusError';

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const labelValueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function required(field: string, detail = ''): StatusCause {
  const message = detail ? `Required value: ${detail}` : 'Required value';
  return { reason: 'FieldValueRequired', message, field };
}

function wrong(field: string, value: unknown, rule: string): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${rule}`,
    field,
  };
}

function nameCauses(resource: Resource, name: string): StatusCause[] {
  if (resource.group === 'rbac.authorization.k8s.io') {
    return /[/%]/.test(name) ? [wrong('metadata.name', name, "may not contain '/' or '%'")] : [];
  }
  const isLabel = ['Namespace', 'Service'].includes(resource.kind);
  const limit = isLabel ? 63 : 253;
  return [
    ...((isLabel ? label : subdomain).test(name)
      ? []
      : [wrong('metadata.name', name, isLabel ? labelRule : subdomainRule)]),
    ...(name.length > limit
      ? [wrong('metadata.name', name, `must be no more than ${limit} characters`)]
      : []),
  ];
}

function labelCauses(labels: unknown, field: string): StatusCause[] {
  return Object.values(objectOrEmpty(labels)).flatMap(value =>
    typeof value === 'string' && labelValue.test(value) && value.length <= 63
      ? []
      : [wrong(field, value, labelValueRule)],
  );
}

function podCauses(spec: unknown, field: string): StatusCause[] {
  const containers = listOrEmpty(objectOrEmpty(spec).containers);
  if (containers.length === 0) {
    return [required(`${field}.containers`)];
  }
  return containers.flatMap((value, index) => {
    const container = objectOrEmpty(value);
    const at = `${field}.containers[${index}]`;
    return [
      ...(container.name ? [] : [required(`${at}.name`)]),
      ...(container.image ? [] : [required(`${at}.image`)]),
    ];
  });
}

function replicasCauses(spec: Record<string, unknown>): StatusCause[] {
  const replicas = spec.replicas;
  return replicas === undefined || (Number.isInteger(replicas) && Number(replicas) >= 0)
    ? []
    : [wrong('spec.replicas', replicas, 'must be greater than or equal to 0')];
}

function selectorCauses(selector: unknown, templateLabels: unknown): StatusCause[] {
  if (!isJsonObject(selector)) {
    return [required('spec.selector')];
  }
  const labels = objectOrEmpty(templateLabels) as Record<string, string>;
  const rule = '`selector` does not match template `labels`';
  return labelSelectorTest(selector as LabelSelector)(labels)
    ? []
    : [wrong('spec.template.metadata.labels', labels, rule)];
}

function workloadCauses(object: KubernetesObject): StatusCause[] {
  const spec = objectOrEmpty(object.spec);
  const template = objectOrEmpty(spec.template);
  return [
    ...replicasCauses(spec),
    ...selectorCauses(spec.selector, objectOrEmpty(template.metadata).labels),
    ...podCauses(template.spec, 'spec.template.spec'),
  ];
}

function serviceCauses(object: KubernetesObject): StatusCause[] {
  const spec = objectOrEmpty(object.spec);
  const ports = listOrEmpty(spec.ports);
  const headless = spec.clusterIP === 'None' || spec.type === 'ExternalName';
  return ports.length === 0 && !headless ? [required('spec.ports')] : [];
}

function immutableCauses(
  resource: Resource,
  previous: KubernetesObject,
  next: KubernetesObject,
): StatusCause[] {
  const before = objectOrEmpty(previous.spec);
  const after = objectOrEmpty(next.spec);
  if (['Deployment', 'ReplicaSet', 'DaemonSet'].includes(resource.kind)) {
    return jsonEqual(before.selector, after.selector)
      ? []
      : [wrong('spec.selector', after.selector, 'field is immutable')];
  }
  if (resource.kind === 'Pod') {
    const frozen = (spec: Record<string, unknown>) => ({
      ...spec,
      terminationGracePeriodSeconds: undefined,
      tolerations: undefined,
      // The scheduler sets it once.
      nodeName: before.nodeName === undefined ? undefined : spec.nodeName,
      containers: listOrEmpty(spec.containers).map(item => ({
        ...objectOrEmpty(item),
        image: undefined,
      })),
    });
    return jsonEqual(frozen(before), frozen(after))
      ? []
      : [
          {
            reason: 'FieldValueForbidden',
            message:
              'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
            field: 'spec',
          },
        ];
  }
  return [];
}

/**
 * The rules that a writer is likely to break. Types and unknown fields are not checked: there is no schema here.
 * @throws StatusError 422 naming each field.
 */
export function validate(
  resource: Resource,
  next: KubernetesObject,
  previous?: KubernetesObject,
): void {
  const causes = [
    ...nameCauses(resource, next.metadata.name),
    ...labelCauses(next.metadata.labels, 'metadata.labels'),
    ...(resource.group === 'apps' ? workloadCauses(next) : []),
    ...(resource.kind === 'Pod' ? podCauses(next.spec, 'spec') : []),
    ...(resource.kind === 'Service' ? serviceCauses(next) : []),
    ...(previous ? immutableCauses(resource, previous, next) : []),
  ];
  if (causes.length > 0) {
    throw invalid(resource, next.metadata.name, causes);
  }
}
