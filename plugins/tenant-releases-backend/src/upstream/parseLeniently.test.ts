import { z } from 'zod';
import { parseLeniently } from './parseLeniently';

const item = z.object({ name: z.string(), image: z.string().optional() });
const schema = z.object({
  metadata: z.object({
    name: z.string().min(1),
    labels: z.record(z.string(), z.string()).nullish(),
  }),
  spec: z.object({ items: z.array(item).nullish(), count: z.int().optional() }).nullish(),
});
const metadata = { name: 'a' };

describe('parseLeniently', () => {
  it.each<[string, unknown, unknown, string[]]>([
    ['nothing that is wrong', { metadata, more: 1 }, { metadata }, []],
    [
      'a field of another type',
      { metadata, spec: { count: 'two', items: [{ name: 'x' }] } },
      { metadata, spec: { items: [{ name: 'x' }] } },
      ['spec.count'],
    ],
    ['an object that is a text', { metadata, spec: 'no' }, { metadata }, ['spec']],
    ['an object that is a list', { metadata, spec: [] }, { metadata }, ['spec']],
    [
      'one of several labels',
      { metadata: { name: 'a', labels: { x: 1, y: 'z' } } },
      { metadata: { name: 'a', labels: { y: 'z' } } },
      ['metadata.labels.x'],
    ],
    [
      'an item that lacks what it needs',
      { metadata, spec: { items: [{ image: 'i' }, { name: 'x' }] } },
      { metadata, spec: { items: [{ name: 'x' }] } },
      ['spec.items.0'],
    ],
    [
      'an item whose needed field is of another type',
      { metadata, spec: { items: [{ name: 'x' }, { name: 5 }] } },
      { metadata, spec: { items: [{ name: 'x' }] } },
      ['spec.items.1.name', 'spec.items.1'],
    ],
    [
      'several items, of which the others stay',
      { metadata, spec: { items: [5, { name: 'x' }, { name: 2 }, null, { name: 'y', image: 1 }] } },
      { metadata, spec: { items: [{ name: 'x' }, { name: 'y' }] } },
      [
        'spec.items.0',
        'spec.items.2.name',
        'spec.items.3',
        'spec.items.4.image',
        // By now the first one is gone.
        'spec.items.1',
      ],
    ],
    ['a name of another type', { metadata: { name: 5 } }, undefined, ['metadata.name', 'metadata']],
    ['an empty name', { metadata: { name: '' } }, undefined, ['metadata.name', 'metadata']],
    ['no name', { metadata: {} }, undefined, ['metadata']],
    ['no metadata', {}, undefined, ['the whole object']],
    ['null', null, undefined, ['the whole object']],
    ['a text', 'x', undefined, ['the whole object']],
    ['nothing', undefined, undefined, ['the whole object']],
  ])('reads %s', (_, value, data, unreadable) => {
    const before = structuredClone(value);
    const found = parseLeniently(schema, value);
    expect(found.data).toEqual(data);
    expect(found.unreadable).toEqual(unreadable);
    expect(value).toEqual(before);
  });

  it('tells some fields of an object of which thousands are wrong', () => {
    const labels = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`l${at}`, at]));
    const { data, unreadable } = parseLeniently(schema, { metadata: { name: 'a', labels } });
    expect(data).toEqual({ metadata: { name: 'a', labels: {} } });
    expect(unreadable).toHaveLength(20);
    const items = Array.from({ length: 5_000 }, (_, at) => (at % 2 ? { name: `${at}` } : at));
    expect(parseLeniently(schema, { metadata, spec: { items } }).data?.spec?.items).toHaveLength(
      2_500,
    );
  });

  it('reads what is nested without end beside an odd field', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    const value = { metadata, more: deep, spec: { count: deep, items: [{ name: 'x' }, deep] } };
    const { data, unreadable } = parseLeniently(schema, value);
    expect(data).toEqual({ metadata, spec: { items: [{ name: 'x' }] } });
    expect(unreadable).toEqual(['spec.items.1', 'spec.count']);
    expect(value.spec.items).toHaveLength(2);
  });

  it('reads a list that is longer than a call has arguments', () => {
    const items = Array.from({ length: 300_000 }, (_, at) => (at === 7 ? at : { name: 'x' }));
    expect(parseLeniently(schema, { metadata, spec: { items } }).data?.spec?.items).toHaveLength(
      299_999,
    );
  });

  it('drops what stands in something that is dropped, too', () => {
    const both = z.object({ spec: z.unknown() }).check(context => {
      const { spec } = context.value as { spec?: { a?: unknown } };
      if (!spec?.a) return;
      for (const path of [
        ['spec', 'a'],
        ['spec', 'a', 'b'],
      ]) {
        context.issues.push({ code: 'custom', message: 'odd', path, input: spec });
      }
    });
    expect(parseLeniently(both, { spec: { a: { b: 1 }, c: 2 } }).data).toEqual({ spec: { c: 2 } });
  });

  it('is not led astray by keys that mean something to JavaScript', () => {
    const labels = JSON.parse('{"__proto__": 1, "constructor": 2, "x": "y"}');
    const { data } = parseLeniently(schema, { metadata: { name: 'a', labels } });
    expect(data?.metadata).toEqual({ name: 'a', labels: { x: 'y' } });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});
