import { forbiddenKey } from './relationQueries';

const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const escaped = Buffer.from('{"filter":{"key":"\\u0072elations.hasPart"}}').toString('base64');

describe('forbiddenKey', () => {
  it.each<[string, string | undefined]>([
    ['filter=kind=component', undefined],
    ['filter=relations.ownedBy=group:default/platform', undefined],
    [
      'filter=relations.partOf=system:default/x&filter=relations.memberof=group:default/y',
      undefined,
    ],
    ['facet=relations.ownedBy&facet=spec.type', undefined],
    ['fields=relations,relations.targetRef', undefined],
    ['q=relations', undefined],
    ['cursor=nonsense', undefined],
    [`cursor=${cursor({ filter: { key: 'relations.ownedBy' } })}`, undefined],
    ['filter=relations.dependencyOf=resource:default/tenant-b', 'relations.dependencyOf'],
    ['filter=kind=component,RELATIONS.dependencyof', 'RELATIONS.dependencyof'],
    ['filter=relations%2EdependencyOf', 'relations.dependencyOf'],
    ['filter=relations.', 'relations.'],
    ['facet=relations.hasPart', 'relations.hasPart'],
    ['orderField=relations.hasPart,asc', 'relations.hasPart'],
    ['order=asc:relations.ownerOf', 'relations.ownerOf'],
    ['fullTextFilterFields=metadata.name,relations.dependencyOf', 'relations.dependencyOf'],
    ['relations.hasPart=x', 'relations.hasPart'],
    [`cursor=${cursor({ query: { 'relations.dependencyof': 'x' } })}`, 'relations.dependencyof'],
    [`after=${cursor({ query: [{ key: 'relations.hasPart' }] })}`, 'relations.hasPart'],
    ['filter=kind=user,spec.memberOf=tenant-b-owners', 'spec.memberOf'],
    ['filter=spec.MEMBEROF.tenant-b-owners=true', 'spec.MEMBEROF'],
    ['facet=spec.members', 'spec.members'],
    ['orderField=spec.parent,asc', 'spec.parent'],
    ['fields=spec.memberOf', undefined],
    ['filter=spec.type=service', undefined],
    [`cursor=${escaped}`, 'relations.hasPart'],
  ])('%s: %s', (query, expected) => {
    expect(forbiddenKey(new URLSearchParams(query))).toBe(expected);
  });

  it.each<[string, unknown, string | undefined]>([
    ['an ordinary query', { query: { kind: 'component' }, limit: 20 }, undefined],
    [
      'a selection of fields',
      { fields: ['relations.targetRef'], entityRefs: ['a:b/c'] },
      undefined,
    ],
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    [
      'a key',
      { query: { $all: [{ 'relations.dependencyOf': { $in: ['x'] } }] } },
      'relations.dependencyOf',
    ],
    ['a facet', { facets: ['relations.hasPart'] }, 'relations.hasPart'],
    ['an order', { orderBy: [{ field: 'relations.hasPart' }] }, 'relations.hasPart'],
    ['a cursor', { cursor: cursor({ query: 'relations.hasPart' }) }, 'relations.hasPart'],
    ['a list of fields', ['relations.hasPart'], 'relations.hasPart'],
  ])('finds it in a body: %s', (_, body, expected) => {
    expect(forbiddenKey(new URLSearchParams(), body)).toBe(expected);
  });
});
