import { strategicMergePatch } from './strategicMergePatch';

const pod = (containers: unknown[], more: object = {}) => ({ spec: { containers, ...more } });
const web = { name: 'web', image: 'web:1', env: [{ name: 'A', value: '1' }] };
const side = { name: 'side', image: 'side:1' };

it.each([
  [
    'merges items by name',
    pod([{ name: 'web', image: 'web:2' }]),
    pod([{ ...web, image: 'web:2' }, side]),
  ],
  [
    'adds an item',
    pod([{ name: 'new', image: 'n:1' }]),
    pod([web, side, { name: 'new', image: 'n:1' }]),
  ],
  ['deletes an item', pod([{ name: 'side', $patch: 'delete' }]), pod([web])],
  [
    'replaces a list',
    pod([{ name: 'x', image: 'x:1' }, { $patch: 'replace' }]),
    pod([{ name: 'x', image: 'x:1' }]),
  ],
  [
    'merges lists in items',
    pod([{ name: 'web', env: [{ name: 'B', value: '2' }] }]),
    pod([{ ...web, env: [...web.env, { name: 'B', value: '2' }] }, side]),
  ],
  [
    'removes a variable of a container',
    pod([{ name: 'web', env: [{ name: 'A', $patch: 'delete' }] }]),
    pod([{ ...web, env: [] }, side]),
  ],
  [
    'sorts as the patch says',
    { spec: { '$setElementOrder/containers': [{ name: 'side' }, { name: 'web' }] } },
    pod([side, web]),
  ],
  [
    'replaces lists without a key',
    { spec: { tolerations: [{ key: 'b' }] } },
    pod([web, side], { tolerations: [{ key: 'b' }] }),
  ],
])('%s', (_, patch, expected) => {
  const before = pod([web, side]);
  expect(strategicMergePatch(before, patch)).toEqual(expected);
  expect(before).toEqual(pod([web, side]));
});

it('merges container ports by their number and service ports by theirs', () => {
  const container = pod([{ name: 'web', ports: [{ containerPort: 80, name: 'old' }] }]);
  const patch = pod([{ name: 'web', ports: [{ containerPort: 80, name: 'http' }] }]);
  expect(strategicMergePatch(container, patch)).toEqual(
    pod([{ name: 'web', ports: [{ containerPort: 80, name: 'http' }] }]),
  );
  expect(
    strategicMergePatch(
      { spec: { ports: [{ port: 80, targetPort: 1 }] } },
      { spec: { ports: [{ port: 80, targetPort: 2 }, { port: 81 }] } },
    ),
  ).toEqual({ spec: { ports: [{ port: 80, targetPort: 2 }, { port: 81 }] } });
});

it('keeps only what $retainKeys names, and replaces or empties objects on demand', () => {
  const spec = { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } }, a: { b: 1 } };
  expect(
    strategicMergePatch(spec, { strategy: { $retainKeys: ['type'], type: 'Recreate' } }),
  ).toEqual({ ...spec, strategy: { type: 'Recreate' } });
  expect(strategicMergePatch(spec, { a: { $patch: 'replace', c: 2 } })).toEqual({
    ...spec,
    a: { c: 2 },
  });
  expect(strategicMergePatch(spec, { a: null })).toEqual({ strategy: spec.strategy });
});

it('treats finalizers as a set', () => {
  const object = { metadata: { finalizers: ['a', 'b'] } };
  expect(strategicMergePatch(object, { metadata: { finalizers: ['b', 'c'] } })).toEqual({
    metadata: { finalizers: ['a', 'b', 'c'] },
  });
  expect(
    strategicMergePatch(object, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } }),
  ).toEqual({ metadata: { finalizers: ['b'] } });
});

it('refuses an item without its key', () => {
  expect(() => strategicMergePatch(pod([web]), pod([{ image: 'x' }]))).toThrow(
    'does not contain declared merge key: name',
  );
});
