import { KubernetesObject } from '../model/objects';
import { kinds } from '../model/resources';
import { Container, Pod } from '../model/workloads';
import { ObjectStore } from '../store/ObjectStore';
import { containerEnvironment } from './environment';

const metadata = { uid: 'u', resourceVersion: '1', creationTimestamp: '' };
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...metadata, name: 'web-1', namespace: 'shop', labels: { app: 'web' } },
  spec: { containers: [], nodeName: 'node' },
} as Pod;
const image = {
  name: 'web:1',
  tag: '1',
  commit: 'abc',
  id: '',
  environment: { FAULT_RATIO: '0.5', LOG_LEVEL: 'debug' },
};
const facts = { port: 20_001, podIP: '10.244.0.5', hostIP: '127.0.0.1' };

function environment(change: Partial<Container>) {
  const store = new ObjectStore();
  const put = (kind: 'configMap' | 'secret', name: string, data: object) =>
    store.put(kinds[kind], {
      apiVersion: 'v1',
      kind: kinds[kind].kind,
      metadata: { ...metadata, name, namespace: 'shop' },
      data,
    } as KubernetesObject);
  put('configMap', 'settings', { COLOUR: 'blue' });
  put('secret', 'keys', { TOKEN: Buffer.from('hidden').toString('base64') });
  return containerEnvironment(store, pod, { name: 'web', image: 'web:1', ...change }, image, facts);
}

it('takes the image, then the spec, then where to listen', () => {
  const env = [
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'PORT', value: '8000' },
  ];
  expect(environment({ env })).toMatchObject({
    VERSION: '1',
    COMMIT: 'abc',
    FAULT_RATIO: '0.5',
    LOG_LEVEL: 'info',
    PORT: '20001',
    HOST: '127.0.0.1',
    POD_NAME: 'web-1',
    HOSTNAME: 'web-1',
  });
});

it('brings nothing of this process along but PATH', () => {
  process.env.SANDBOX_TEST_SECRET = 'x';
  try {
    expect(environment({})).not.toHaveProperty('SANDBOX_TEST_SECRET');
  } finally {
    delete process.env.SANDBOX_TEST_SECRET;
  }
});

it.each([
  ['metadata.name', 'web-1'],
  ['metadata.namespace', 'shop'],
  ["metadata.labels['app']", 'web'],
  ['spec.nodeName', 'node'],
  ['status.podIP', '10.244.0.5'],
])('knows the field %s', (fieldPath, expected) => {
  const env = [{ name: 'X', valueFrom: { fieldRef: { fieldPath } } }];
  expect(environment({ env }).X).toBe(expected);
});

it('reads config maps and secrets', () => {
  const env = [
    { name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'COLOUR' } } },
    { name: 'B', valueFrom: { secretKeyRef: { name: 'keys', key: 'TOKEN' } } },
    { name: 'C', valueFrom: { configMapKeyRef: { name: 'none', key: 'x', optional: true } } },
  ];
  const envFrom = [
    { prefix: 'S_', configMapRef: { name: 'settings' } },
    { secretRef: { name: 'keys' } },
    { secretRef: { name: 'none', optional: true } },
  ];
  const result = environment({ env, envFrom });
  expect(result).toMatchObject({ A: 'blue', B: 'hidden', S_COLOUR: 'blue', TOKEN: 'hidden' });
  expect(result).not.toHaveProperty('C');
});

it.each([
  [{ configMapKeyRef: { name: 'none', key: 'x' } }, 'configmap "none" not found'],
  [{ secretKeyRef: { name: 'none', key: 'x' } }, 'secret "none" not found'],
  [
    { configMapKeyRef: { name: 'settings', key: 'x' } },
    "couldn't find key x in ConfigMap shop/settings",
  ],
  [{ fieldRef: { fieldPath: 'spec.secret' } }, 'field label not supported: spec.secret'],
])('refuses %j', (valueFrom, message) => {
  expect(() => environment({ env: [{ name: 'X', valueFrom }] })).toThrow(message);
});

it.each([
  [{ configMapRef: { name: 'none' } }, 'configmap "none" not found'],
  [{ secretRef: { name: 'none' } }, 'secret "none" not found'],
])('refuses all of %j', (source, message) => {
  expect(() => environment({ envFrom: [source] })).toThrow(message);
});
