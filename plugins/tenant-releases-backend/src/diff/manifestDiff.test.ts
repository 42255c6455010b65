import { parseManifests, toComparableYaml } from '@internal/gitops';
import { manifestDiff } from './manifestDiff';

const service = (port: number) => `apiVersion: v1
kind: Service
metadata: { name: web, namespace: acme }
spec: { ports: [{ port: ${port} }] }
`;
const secret = (more: string) => `apiVersion: v1
kind: Secret
metadata:
  name: db
  annotations: { kubectl.kubernetes.io/last-applied-configuration: 'hunter2' }
${more}`;
const chart = (text: string) => [{ chart: 'charts/tenant', manifests: parseManifests(text) }];

describe('manifestDiff', () => {
  it('tells what is new, gone and changed, and counts the rest', () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: sa }\n';
    const same = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: same }\n';
    const before = [service(80), same, account].join('---\n');
    const after = [service(81), same, account.replace('sa', 'other')].join('---\n');
    const { objects, unchanged, truncated } = manifestDiff(chart(before), chart(after));
    expect(objects.map(({ kind, name, change }) => `${change} ${kind} ${name}`)).toEqual([
      'changed Service web',
      'added ServiceAccount other',
      'removed ServiceAccount sa',
    ]);
    expect([unchanged, truncated]).toEqual([1, false]);
    expect(objects[0]).toMatchObject({
      chart: 'charts/tenant',
      apiVersion: 'v1',
      namespace: 'acme',
      diff: expect.stringContaining('-    - port: 80\n+    - port: 81\n'),
    });
  });

  it('is bounded', () => {
    const many = (tag: string) =>
      Array.from(
        { length: 300 },
        (_, index) =>
          `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${index} }\ndata: { k: "${tag.repeat(
            20_000,
          )}" }\n`,
      ).join('---\n');
    const { objects, truncated } = manifestDiff(chart(many('a')), chart(many('b')));
    expect([objects.length, truncated]).toEqual([200, true]);
    expect(JSON.stringify(objects).length).toBeLessThan(600_000);
  });

  const configMaps = (count: number, text: string) =>
    chart(
      Array.from(
        { length: count },
        (_, index) =>
          `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${index} }\ndata: { k: "${text}" }\n`,
      ).join('---\n'),
    );

  it.each([
    ['as many objects as are shown', 200, 'x', 200, false],
    ['one more', 201, 'x', 200, true],
    ['an object that is too large', 1, 'x'.repeat(17_000), 1, true],
    ['more text than is shown', 40, 'x'.repeat(15_000), 40, true],
    ['as much as is shown', 30, 'x'.repeat(15_000), 30, false],
  ])('says whether something is left out: %s', (_, count, text, shown, isTruncated) => {
    const { objects, truncated } = manifestDiff([], configMaps(count, text));
    expect([objects.length, truncated]).toEqual([shown, isTruncated]);
    expect(objects.some(each => each.truncated)).toBe(isTruncated && count !== 201);
    const size = objects.reduce((sum, { diff }) => sum + diff.length, 0);
    expect(size).toBeLessThanOrEqual(512 * 1024);
  });

  it('orders by chart, kind, namespace and name, and takes each of them apart', () => {
    const named = (namespace: string, name: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}${
        namespace && `, namespace: ${namespace}`
      } }\n`;
    const text = [named('b', 'a'), named('', 'z'), named('a', 'b'), named('b', 'A')].join('---\n');
    const [{ manifests }] = chart(text);
    const after = ['two', 'one'].map(path => ({ chart: path, manifests }));
    const { objects } = manifestDiff([], after);
    const order = objects.map(each => [each.chart, each.namespace ?? '', each.name].join(' '));
    expect(order).toEqual(
      ['one', 'two'].flatMap(path => [`${path}  z`, `${path} a b`, `${path} b A`, `${path} b a`]),
    );
    expect(objects[0]).not.toHaveProperty('namespace');
  });

  it('names both sides in the text, as a patch does', () => {
    const [added] = manifestDiff([], chart(service(80))).objects;
    const [removed] = manifestDiff(chart(service(80)), []).objects;
    const [changed] = manifestDiff(chart(service(80)), chart(service(81))).objects;
    const heads = [added, removed, changed].map(({ diff }) => diff.split('\n').slice(0, 2));
    expect(heads).toEqual([
      ['--- /dev/null', '+++ b/Service/web'],
      ['--- a/Service/web', '+++ /dev/null'],
      ['--- a/Service/web', '+++ b/Service/web'],
    ]);
  });

  it.each([
    ['changed', 'data: { password: aHVudGVyMg== }', 'data: { password: aHVudGVyMw== }'],
    ['added', 'type: Opaque', 'stringData: { password: hunter2 }'],
    ['removed', 'data: { password: aHVudGVyMg== }', 'type: Opaque'],
    ['of an odd form', 'data: hunter2', 'data: [hunter3]'],
  ])('never shows what a Secret holds: %s', (_, before, after) => {
    const shown = JSON.stringify(manifestDiff(chart(secret(before)), chart(secret(after))));
    expect(shown).not.toMatch(/hunter|aHVu/);
  });

  it('still says that a value of a Secret has changed', () => {
    const [before, after] = [
      secret('data: { a: b25l, b: b25l }'),
      secret('data: { a: dHdv, b: b25l }'),
    ];
    const { objects } = manifestDiff(chart(before), chart(after));
    expect(objects[0].diff).toContain('-  a: ••••••••\n+  a: •••••••• (changed)\n   b: ••••••••');
  });
});

describe('parseManifests', () => {
  it('takes the objects of a list one by one, and leaves out what is empty', () => {
    const list = `kind: List\napiVersion: v1\nitems:\n  - ${service(1)
      .trim()
      .replace(/\n/g, '\n    ')}\n`;
    expect(parseManifests(`---\n# nothing\n---\n${list}`).map(({ kind }) => kind)).toEqual([
      'Service',
    ]);
  });

  it.each(['a: [', 'just text', 'kind: Service\n', 'a: &a [x,x]\nb: &b [*a,*a]\n'])(
    'refuses %j',
    text => {
      expect(() => parseManifests(text)).toThrow();
    },
  );
});

describe('toComparableYaml', () => {
  const noise = {
    uid: 'u',
    resourceVersion: '1',
    managedFields: [],
    creationTimestamp: '2026-01-01T00:00:00Z',
    generation: 3,
    selfLink: '/x',
  };
  const web = (metadata: object, more: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', ...metadata },
    ...more,
  });
  const last = 'kubectl.kubernetes.io/last-applied-configuration';

  it('leaves out what the cluster adds for itself', () => {
    const live = web({ ...noise, annotations: { [last]: '{}' } }, { status: { x: 1 } });
    expect(toComparableYaml(live, undefined)).toEqual({
      before: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n',
      after: '',
    });
    expect(live.metadata).toHaveProperty('uid');
  });

  it('keeps other annotations, and what is no map', () => {
    const { before, after } = toComparableYaml(
      web({ annotations: { [last]: '{}', note: 'n' } }),
      web({ annotations: null }),
    );
    expect(before).toContain('  annotations:\n    note: n\n');
    expect(after).toContain('  annotations: null\n');
  });

  it('writes the same objects the same way, in the order of their keys, without wrapping or anchors', () => {
    const shared = { z: 1, a: 'word '.repeat(40).trim() };
    const { before } = toComparableYaml(web({}, { spec: { y: shared, b: shared } }), undefined);
    const value = `a: ${shared.a}\n    z: 1\n`;
    expect(before).toContain(`spec:\n  b:\n    ${value}  y:\n    ${value}`);
  });
});
