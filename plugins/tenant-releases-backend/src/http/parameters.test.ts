import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import { parameters, parseParameters, readQuery } from './parameters';

const long = (length: number) => 'a'.repeat(length);
const sha = 'a'.repeat(40);
const release = { tenant: 'tenant-a', service: 'demo-api' };

type Name = keyof typeof parameters;

const parse = (name: Name, value: object) =>
  parseParameters<unknown>(parameters[name], value, 'Query');

describe('parameters', () => {
  it.each<[Name, object, object]>([
    ['none', {}, {}],
    ['release', release, release],
    ['release', { tenant: 'a', service: 'b' }, { tenant: 'a', service: 'b' }],
    ['release', { tenant: long(40), service: long(63) }, { tenant: long(40), service: long(63) }],
    ['panel', { ...release, panelId: `p${long(40)}` }, { panelId: `p${long(40)}` }],
    ['application', { tenant: 'tenant-a' }, { tenant: 'tenant-a' }],
    ['revision', { tenant: 'a', revision: 'abcdef0' }, { revision: 'abcdef0' }],
    ['revision', { tenant: 'a', revision: long(64) }, { revision: long(64) }],
    ['diff', { from: sha, to: 'f'.repeat(64) }, { from: sha, to: 'f'.repeat(64) }],
    ['history', {}, { limit: 20 }],
    ['history', { limit: '90', cursor: long(400) }, { limit: 90, cursor: long(400) }],
    ['listReleases', {}, { limit: 100, counts: false }],
    ['listReleases', { limit: '1' }, { limit: 1 }],
    ['listReleases', { limit: '1000', counts: 'true' }, { limit: 1000, counts: true }],
    ['listReleases', { counts: 'false' }, { counts: false }],
    ['listReleases', { tenant: 'a,b-2', service: 'x' }, { tenant: ['a', 'b-2'], service: 'x' }],
    ['listReleases', { tier: 'free,unknown' }, { tier: ['free', 'unknown'] }],
    ['listReleases', { ring: '-1,0,9' }, { ring: [-1, 0, 9] }],
    ['listReleases', { state: 'in-sync,held' }, { state: ['in-sync', 'held'] }],
    [
      'listReleases',
      { fields: 'tenant,staleSeconds,reasons' },
      { fields: ['tenant', 'staleSeconds', 'reasons'] },
    ],
    ['listReleases', { q: 'Acme & Co, 50 %' }, { q: 'Acme & Co, 50 %' }],
    ['range', { start: '1', end: '2026-11-23T12:00:00Z', step: '15' }, { step: '15' }],
    ['logs', {}, { limit: 100, direction: 'backward' }],
    ['logs', { direction: 'forward', level: 'warn', q: '!=' }, { direction: 'forward' }],
    ['logs', { version: 'v1.2_3-x' }, { version: 'v1.2_3-x' }],
  ])('%s takes %j', (name, value, expected) => {
    expect(parse(name, value)).toMatchObject(expected);
  });

  it.each<[Name, object, RegExp]>([
    ['none', { x: '1' }, /^Query parameter "x": is not known here$/],
    ['none', { [long(100)]: '1' }, /^Query parameter "a{60}": is not known here$/],
    ['release', { ...release, tenant: '' }, /"tenant": must be a tenant’s name$/],
    ['release', { ...release, tenant: '..' }, /"tenant": must be/],
    ['release', { ...release, tenant: 'a/b' }, /"tenant": must be/],
    ['release', { ...release, tenant: '__proto__' }, /"tenant": must be/],
    ['release', { ...release, tenant: 'a\nb' }, /"tenant": must be/],
    ['release', { ...release, tenant: 'a\n' }, /"tenant": must be/],
    ['release', { ...release, tenant: long(41) }, /"tenant": must be/],
    ['release', { tenant: 'a' }, /"service": /],
    ['release', { ...release, service: 'Demo' }, /"service": must be a service’s name$/],
    ['release', { ...release, service: '-a' }, /"service": must be/],
    ['release', { ...release, service: 'a-' }, /"service": must be/],
    ['release', { ...release, service: 'a.b' }, /"service": must be/],
    ['release', { ...release, service: long(64) }, /"service": must be/],
    ['panel', { ...release, panelId: `p${long(41)}` }, /"panelId": /],
    ['panel', { ...release, panelId: '1x' }, /"panelId": /],
    ['panel', { ...release, panelId: 'x/y' }, /"panelId": /],
    ['revision', { tenant: 'a', revision: 'main' }, /"revision": must be a commit$/],
    ['revision', { tenant: 'a', revision: 'abcdef' }, /"revision": must be a commit$/],
    ['revision', { tenant: 'a', revision: long(65) }, /"revision": must be a commit$/],
    ['revision', { tenant: 'a', revision: `${sha}~1` }, /"revision": must be a commit$/],
    ['revision', { tenant: 'a', revision: `-${sha}` }, /"revision": must be a commit$/],
    ['diff', { from: sha }, /"to": /],
    ['diff', { from: sha, to: long(41) }, /"to": must be a whole commit/],
    ['diff', { from: `x${sha}`, to: sha }, /"from": must be a whole commit/],
    ['diff', { from: sha, to: `${sha}x` }, /"to": must be a whole commit/],
    ['diff', { from: 'HEAD', to: sha }, /"from": must be a whole commit/],
    ['history', { limit: '91' }, /"limit": /],
    ['history', { limit: '0' }, /"limit": /],
    ['history', { limit: '1e1' }, /"limit": must be a whole number$/],
    ['history', { limit: ' 1' }, /"limit": must be a whole number$/],
    ['history', { limit: '-1' }, /"limit": must be a whole number$/],
    ['history', { limit: '000001' }, /"limit": must be a whole number$/],
    ['history', { cursor: '' }, /"cursor": /],
    ['history', { cursor: long(401) }, /"cursor": /],
    ['listReleases', { limit: '1001' }, /"limit": /],
    ['listReleases', { tenant: 'a,,b' }, /"tenant": must be a tenant’s name$/],
    ['listReleases', { tenant: Array(51).fill('a').join() }, /"tenant": /],
    ['listReleases', { tier: Array(21).fill('free').join() }, /"tier": /],
    ['listReleases', { tier: 'gold' }, /"tier": /],
    ['listReleases', { ring: '10' }, /"ring": must be a ring$/],
    ['listReleases', { ring: '-2' }, /"ring": must be a ring$/],
    ['listReleases', { ring: 'x1' }, /"ring": must be a ring$/],
    ['listReleases', { state: 'constructor' }, /"state": /],
    ['listReleases', { fields: '__proto__' }, /"fields": /],
    ['listReleases', { counts: 'yes' }, /"counts": /],
    ['listReleases', { q: '' }, /"q": /],
    ['listReleases', { q: long(201) }, /"q": /],
    ['range', { start: long(41) }, /"start": /],
    ['range', { step: long(11) }, /"step": /],
    ['logs', { level: 'unknown' }, /"level": /],
    ['logs', { level: 'warn|error' }, /"level": /],
    ['logs', { q: long(501) }, /"q": /],
    ['logs', { version: 'latest' }, /"version": must be a version$/],
    ['logs', { version: 'a"} or {x="' }, /"version": must be a version$/],
    ['logs', { limit: '1001' }, /"limit": /],
    ['logs', { direction: 'up' }, /"direction": /],
  ])('%s refuses %j and names the parameter', (name, value, message) => {
    expect(() => parse(name, value)).toThrow(InputError);
    expect(() => parse(name, value)).toThrow(message);
  });

  it('says where a parameter stood', () => {
    expect(() => parseParameters(parameters.release, {}, 'Path')).toThrow(
      /^Path parameter "tenant"/,
    );
  });
});

describe('readQuery', () => {
  const read = (originalUrl: string) => readQuery({ originalUrl } as Request);

  it.each([
    ['/releases', {}],
    ['/releases?', {}],
    ['/releases?q=a%26b%3Dc&limit=1', { q: 'a&b=c', limit: '1' }],
    ['/releases?q=a+b%2B', { q: 'a b+' }],
    ['/releases?q', { q: '' }],
    ['/releases?q[a]=1', { 'q[a]': '1' }],
    ['//evil.example.com/releases?q=1', { q: '1' }],
  ])('reads %s as %j', (url, expected) => {
    expect(read(url)).toEqual(expected);
  });

  it('takes nothing for what objects have of themselves', () => {
    const query = read('/releases?__proto__=1&constructor=2');
    expect(Object.entries(query)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
    expect(() => parse('none', query)).toThrow(/"__proto__|"constructor": is not known here$/);
  });

  it.each([
    ['/releases?q=1&limit=2&q=1', 'q'],
    [`/releases?${long(100)}&${long(100)}`, long(60)],
  ])('refuses a parameter that is given twice', (url, name) => {
    expect(() => read(url)).toThrow(new InputError(`Query parameter "${name}": is given twice`));
  });
});
