import { KubernetesObject } from './objects';
import { labelSelectorTest, parseFieldSelector, parseLabelSelector } from './selectors';

const object: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: {
    name: 'web-1',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '',
    labels: { app: 'web', 'tenant-releases.io/tenant': 'tenant-a' },
  },
  involvedObject: { name: 'web-1', kind: 'Pod' },
  status: { phase: 'Running' },
  source: { component: 'kubelet' },
  type: 'Normal',
};

it.each<[string, boolean]>([
  ['', true],
  ['app=web', true],
  ['app==web', true],
  ['app = web', true],
  ['app=api', false],
  ['app!=api', true],
  ['app!=web', false],
  ['none!=x', true],
  ['app', true],
  ['none', false],
  ['!none', true],
  ['!app', false],
  ['app in (api, web)', true],
  ['app in (api)', false],
  ['app notin (api,web)', false],
  ['none notin (a)', true],
  ['app in (web),tenant-releases.io/tenant=tenant-a', true],
  ['app in (web,api),tenant-releases.io/tenant=tenant-b', false],
])('labelSelector %j: %s', (selector, expected) => {
  expect(parseLabelSelector(selector)(object)).toBe(expected);
});

it.each(['a b', 'app in web', '=x', 'app=web;drop', '-app'])(
  'refuses the labelSelector %j with 400',
  selector => {
    expect(() => parseLabelSelector(selector)).toThrow(expect.objectContaining({ code: 400 }));
  },
);

it.each<[string, boolean]>([
  ['metadata.name=web-1', true],
  ['metadata.name=web-1,metadata.namespace=shop', true],
  ['metadata.namespace!=shop', false],
  ['involvedObject.name=web-1,involvedObject.kind=Pod', true],
  ['involvedObject.uid=x', false],
  ['status.phase=Running', true],
  ['status.phase!=Running', false],
  ['spec.nodeName=', true],
  ['source=kubelet,type!=Warning', true],
])('fieldSelector %j: %s', (selector, expected) => {
  expect(parseFieldSelector(selector)(object)).toBe(expected);
});

it.each(['spec.containers=x', 'nonsense'])('refuses the fieldSelector %j with 400', selector => {
  expect(() => parseFieldSelector(selector)).toThrow(expect.objectContaining({ code: 400 }));
});

it('knows the selectors of workloads', () => {
  const test = labelSelectorTest({
    matchLabels: { app: 'web' },
    matchExpressions: [
      { key: 'tier', operator: 'DoesNotExist' },
      { key: 'zone', operator: 'In', values: ['a', 'b'] },
    ],
  });
  expect(test({ app: 'web', zone: 'a' })).toBe(true);
  expect(test({ app: 'web', zone: 'c' })).toBe(false);
  expect(test({ app: 'web', zone: 'a', tier: 'x' })).toBe(false);
});
