import { parseLabelSelector as parse } from '../../labelSelector';
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

function splitRequirements(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

/**
 * The `labelSelector` of a request, equality and set based.
 * @throws StatusError 400 with the parser's words when it cannot be parsed.
 */
export function parseLabelSelector(text: string | undefined): Matcher {
  try {
    const test = parse(text ?? '', 'bytes');
    return object => test(object.metadata.labels);
  } catch (error) {
    throw badRequest((error as Error).message);
  }
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
      throw badRequest(`field label not supported: ${path}`);
    }
    return (object: KubernetesObject) =>
      (fieldValue(object, path) === wanted) === (operator !== '!=');
  });
  return object => tests.every(test => test(object));
}
