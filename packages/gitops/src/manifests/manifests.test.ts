import { parseManifests, toComparableYaml, type Manifest } from './manifests';

const object = (kind: string, more: object): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x' },
  ...more,
});
const hidden = '••••••••';

describe('toComparableYaml of Secrets', () => {
  const data = { password: 'aHVudGVyMg==' };

  it.each<[what: string, before: Manifest | undefined, after: Manifest | undefined]>([
    ['one that is new', undefined, object('Secret', { data })],
    ['one that is gone', object('Secret', { data }), undefined],
    ['one that stays', object('Secret', { data }), object('Secret', { data })],
    ['text', object('Secret', { stringData: data }), object('Secret', { stringData: data })],
    ['bytes', object('Secret', { binaryData: data }), object('Secret', { binaryData: data })],
    ['one that was something else', object('ConfigMap', { data }), object('Secret', { data })],
    ['one that becomes something else', object('Secret', { data }), object('ConfigMap', { data })],
  ])('masks what they hold: %s', (_, before, after) => {
    const shown = toComparableYaml(before, after);
    expect(shown.before + shown.after).not.toMatch(/aHVu/);
    const masks = [shown.before, shown.after].map(text => text.includes(`password: ${hidden}\n`));
    expect(masks).toEqual([before !== undefined, after !== undefined]);
  });

  it.each([
    ['a text', 'aHVudGVyMg=='],
    ['a number', 7],
  ])('masks what has an odd form: %s', (_, odd) => {
    const { before } = toComparableYaml(object('Secret', { data: odd }), undefined);
    expect(before).toContain(`data: ${hidden}\n`);
  });

  it('marks the values that changed, and no others', () => {
    const { before, after } = toComparableYaml(
      object('Secret', { data: { a: 'one', b: 'same', gone: 'x' } }),
      object('Secret', { data: { a: 'two', b: 'same', toString: 'x' } }),
    );
    expect(before).toContain(`data:\n  a: ${hidden}\n  b: ${hidden}\n  gone: ${hidden}\n`);
    expect(after).toContain(
      `data:\n  a: ${hidden} (changed)\n  b: ${hidden}\n  toString: ${hidden}\n`,
    );
  });

  it('adds nothing to one that holds nothing', () => {
    const { before, after } = toComparableYaml(object('Secret', {}), object('Secret', {}));
    expect(before).toBe('apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n');
    expect(after).toBe(before);
  });

  it('shows what other objects hold', () => {
    const { before, after } = toComparableYaml(
      object('ConfigMap', { data: { mode: 'one' } }),
      object('ConfigMap', { data: { mode: 'two' } }),
    );
    expect([before, after]).toEqual([
      expect.stringContaining('mode: one\n'),
      expect.stringContaining('mode: two\n'),
    ]);
  });
});

describe('parseManifests', () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n';

  it.each([
    ['nothing', '', []],
    ['empty documents', '---\n---\nnull\n---\n', []],
    ['two objects', `${service}---\n${service}`, ['Service', 'Service']],
    ['a list in a list', `kind: List\nitems: [{ kind: List, items: [] }]\n`, []],
    [
      'a kind of its own that ends like a list',
      'apiVersion: v1\nkind: ServiceList\nmetadata: { name: a }\n',
      ['ServiceList'],
    ],
  ])('reads %s', (_, text, kinds) => {
    expect(parseManifests(text).map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each([
    ['YAML with a mistake that leaves an object', `${service}kind: Secret\n`],
    ['an object without name', 'apiVersion: v1\nkind: Service\nmetadata: {}\n'],
    ['an object without version', 'kind: Service\nmetadata: { name: a }\n'],
    ['a list of what is no object', 'kind: List\nitems: [1]\n'],
  ])('refuses %s', (_, text) => {
    expect(() => parseManifests(text)).toThrow();
  });
});
