import { isJsonObject } from './json';
import { KubernetesObject } from './objects';
import { badRequest } from './statusError';

/** A test on an object. */
export type Matcher = (object: KubernetesObject) => boolean;

/** spec.selector of workloads: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

type Labels = Record<string, string>;
type LabelTest = (labels: Labels) => boolean;

const labelKey =
  /^(?:[a-z0-9A-Z](?:[-.a-z0-9A-Z]*[a-z0-9A-Z])?\/)?[a-z0-9A-Z](?:[-_.a-z0-9A-Z]*[a-z0-9A-Z])?$/;
const labelValue = /^(?:[a-z0-9A-Z](?:[-_.a-z0-9A-Z]*[a-z0-9A-Z])?)?$/;
const setBased = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/;
const equality = /^([^\s=!]+)\s*(==|=|!=)\s*(\S*)$/;

function operatorTest(key: string, operator: string, values: string[]): LabelTest {
  switch (operator) {
    case 'In':
      return labels => key in labels && values.includes(labels[key]);
    case 'NotIn':
      return labels => !(key in labels && values.includes(labels[key]));
    case 'Exists':
      return labels => key in labels;
    case 'DoesNotExist':
      return labels => !(key in labels);
    default:
      throw badRequest(`"${operator}" is not a valid label selector operator`);
  }
}

/** Splits at commas that stand outside parentheses. */
function splitRequirements(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(part => part !== '');
}

function splitRequirement(text: string): [key: string, operator: string, values: string[]] {
  const set = setBased.exec(text);
  if (set) {
    const values = set[3].split(',').map(value => value.trim());
    return [set[1], set[2] === 'in' ? 'In' : 'NotIn', values];
  }
  const equal = equality.exec(text);
  if (equal) {
    return [equal[1], equal[2] === '!=' ? 'NotIn' : 'In', [equal[3]]];
  }
  return text.startsWith('!') ? [text.slice(1).trim(), 'DoesNotExist', []] : [text, 'Exists', []];
}

function requirement(text: string): LabelTest {
  const [key, operator, values] = splitRequirement(text);
  if (!labelKey.test(key) || !values.every(value => labelValue.test(value))) {
    throw badRequest(
      `unable to parse requirement: <nil>: Invalid value: ${JSON.stringify(
        text,
      )}: not a valid label selector`,
    );
  }
  return operatorTest(key, operator, values);
}

/**
 * The `labelSelector` of a request, equality and set based.
 * @throws StatusError 400 when it cannot be parsed.
 */
export function parseLabelSelector(text: string | undefined): Matcher {
  const tests = splitRequirements(text ?? '').map(requirement);
  return object => tests.every(test => test(object.metadata.labels ?? {}));
}

/** The selector of a workload; one without any requirement selects everything. */
export function labelSelectorTest(selector: LabelSelector): LabelTest {
  const tests = [
    ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) =>
      operatorTest(key, 'In', [value]),
    ),
    ...(selector.matchExpressions ?? []).map(({ key, operator, values }) =>
      operatorTest(key, operator, values ?? []),
    ),
  ];
  return labels => tests.every(test => test(labels));
}

/** The selector as text, as the scale subresource carries it. */
export function labelSelectorText(selector: LabelSelector): string {
  return Object.entries(selector.matchLabels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
}

const selectableFields = [
  'metadata.name',
  'metadata.namespace',
  'status.phase',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'status.podIP',
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.fieldPath',
  'involvedObject.resourceVersion',
  'reason',
  'reportingComponent',
  'source',
  'type',
];

function fieldValue(object: KubernetesObject, path: string): string {
  let value: unknown = object;
  for (const part of path === 'source' ? ['source', 'component'] : path.split('.')) {
    value = isJsonObject(value) ? value[part] : undefined;
  }
  return typeof value === 'string' ? value : '';
}

/**
 * The `fieldSelector` of a request, for example `involvedObject.name=web,type!=Normal`.
 * @throws StatusError 400 for a field that cannot be selected by.
 */
export function parseFieldSelector(text: string | undefined): Matcher {
  const tests = splitRequirements(text ?? '').map(part => {
    const match = equality.exec(part);
    if (!match) {
      throw badRequest(`invalid selector: '${part}'; can't understand '${part}'`);
    }
    const [, path, operator, wanted] = match;
    if (!selectableFields.includes(path)) {
      throw badRequest(`Unable to find field selector: field label not supported: ${path}`);
    }
    return (object: KubernetesObject) =>
      (fieldValue(object, path) === wanted) === (operator !== '!=');
  });
  return object => tests.every(test => test(object));
}
