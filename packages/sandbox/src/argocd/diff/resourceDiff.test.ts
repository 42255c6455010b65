import { JsonObject } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';
import { appliedObject, diffResource, lastAppliedAnnotation } from './resourceDiff';
import { parseQuantity } from './quantity';

const object = (spec: JsonObject, metadata: JsonObject = {}, more: JsonObject = {}) =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'demo-api', ...metadata },
    spec,
    ...more,
  } as KubernetesObject);

/** The live object after an apply of `applied`, as changed by `change`. */
const live = (applied: KubernetesObject, change: JsonObject = {}) => ({
  ...appliedObject(undefined, applied),
  ...change,
});

const pod = (container: JsonObject) => ({ template: { spec: { containers: [container] } } });
const first = { name: 'a', image: 'a:1' };

describe('diffResource', () => {
  const spec = { replicas: 2, ...pod(first) };
  const manifest = object(spec);
  it.each<[string, KubernetesObject, KubernetesObject, boolean]>([
    ['the same', live(manifest), manifest, false],
    ['status', live(manifest, { status: { replicas: 1 } }), manifest, false],
    ['a default', live(manifest, { spec: { ...spec, paused: false } }), manifest, false],
    ['another number', live(manifest, { spec: { ...spec, replicas: 5 } }), manifest, true],
    ['a field that went', live(manifest), object({ ...pod(first) }), true],
    ['a label of somebody else', live(object({}, { labels: { b: '2' } })), object({}), true],
    [
      'a label that somebody else set',
      { ...live(object({})), metadata: { ...live(object({})).metadata, labels: { b: '2' } } },
      object({}),
      false,
    ],
    [
      'another image',
      live(manifest),
      object({ replicas: 2, ...pod({ ...first, image: 'a:2' }) }),
      true,
    ],
    [
      'a default inside of a container',
      live(manifest, { spec: { replicas: 2, ...pod({ ...first, imagePullPolicy: 'Always' }) } }),
      manifest,
      false,
    ],
    [
      'a container that went',
      live(object({ template: { spec: { containers: [first, { name: 'b' }] } } })),
      object(pod(first)),
      true,
    ],
    [
      'quantities written differently',
      live(object(pod({ ...first, resources: { limits: { cpu: '1', memory: '1Gi' } } }))),
      object(pod({ ...first, resources: { limits: { cpu: '1000m', memory: '1024Mi' } } })),
      false,
    ],
    [
      'other quantities',
      live(object(pod({ ...first, resources: { limits: { cpu: '1' } } }))),
      object(pod({ ...first, resources: { limits: { cpu: '1001m' } } })),
      true,
    ],
    ['null for absent', live(object({})), object({ strategy: null }), false],
    ['empty for absent', live(object({})), object({ strategy: {}, args: [] }), false],
    [
      'a port whose protocol was filled in',
      live(object(pod({ ...first, ports: [{ containerPort: 80 }] })), {
        spec: pod({ ...first, ports: [{ containerPort: 80, protocol: 'TCP' }] }),
      }),
      object(pod({ ...first, ports: [{ containerPort: 80 }] })),
      false,
    ],
    ['an argument', live(object(pod({ args: ['a', 'b'] }))), object(pod({ args: ['a'] })), true],
  ])('%s', (_name, current, target, modified) => {
    expect(diffResource(current, target).modified).toBe(modified);
  });

  it('takes stringData of a Secret as data', () => {
    const secret = (more: JsonObject) =>
      ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...more } as KubernetesObject);
    const target = secret({ stringData: { key: 'value' } });
    expect(diffResource(secret({ data: { key: 'dmFsdWU=' } }), target).modified).toBe(false);
    expect(diffResource(secret({ data: { key: 'b3RoZXI=' } }), target).modified).toBe(true);
  });

  it('survives a broken note of the last apply', () => {
    const broken = object({ replicas: 2 }, { annotations: { [lastAppliedAnnotation]: '{' } });
    expect(diffResource(broken, object({ replicas: 2 })).modified).toBe(false);
  });
});

describe('parseQuantity', () => {
  it.each<[unknown, number | undefined]>([
    ['250m', 0.25],
    ['64Mi', 67_108_864],
    ['1e3', 1_000],
    ['1.5', 1.5],
    [2, 2],
    ['2k', 2_000],
    ['1X', undefined],
    ['', undefined],
    [true, undefined],
  ])('%s is %s', (text, value) => expect(parseQuantity(text)).toBe(value));
});
