import { globExpression } from './glob';
import { parseLayouts } from './layout';
import { LayoutError } from './LayoutError';
import { parsePattern } from './pathPattern';

it.each([
  [
    'tenants/{tenant}/{service}/values.yaml',
    'tenants/acme/api/values.yaml',
    { tenant: 'acme', service: 'api' },
  ],
  ['{environment}-{tenant}.yaml', 'prod-acme-eu.yaml', { environment: 'prod', tenant: 'acme-eu' }],
  [
    '{service}-{environment}.yaml',
    'payment-api-prod.yaml',
    { service: 'payment-api', environment: 'prod' },
  ],
  ['**/{tenant}.yaml', 'a/b/acme.com.yaml', { tenant: 'acme.com' }],
  ['clusters/*/{tenant}', 'clusters/eu/I00001', { tenant: 'I00001' }],
  ['x/{tenant}', 'x/y/z', undefined],
])('%s says of %s', (pattern, path, names) => {
  expect(parsePattern('path', pattern).match(path)).toEqual(names);
});

it.each([
  ['path: must be', { path: '/a/{tenant}' }],
  ['path: holds {env}', { path: '{env}/x' }],
  ['a placeholder twice', { path: '{tenant}/{tenant}' }],
  ['something between', { path: '{tenant}{service}' }],
  ['something between', { path: '{tenant}*' }],
  ['cannot tell tenants apart', { path: 'tenants/*/values.yaml' }],
  ['needs path or application', { tenant: 'acme' }],
  ['says {tenant} twice', { path: '{tenant}', tenant: 'acme' }],
  ['must be a locator', { path: '{tenant}', versions: [{ locator: 'image.tag' }] }],
  ['Unrecognized key', { path: '{tenant}', paths: 'x' }],
])('refuses in words: %s', (why, settings) => {
  const parse = () => parseLayouts({ layouts: [settings] });
  expect(parse).toThrow(LayoutError);
  expect(parse).toThrow(why);
  expect(parse).toThrow('layouts[0]');
});

it('takes from a preset what a layout does not say', () => {
  const [layout] = parseLayouts({
    layouts: [{ preset: 'tenant-values', path: 't/{tenant}.yaml' }],
  });
  expect(layout.path?.match('t/acme.yaml')).toEqual({ tenant: 'acme' });
  expect(layout.settings.versions).toEqual([{ locator: 'yaml:image.tag' }]);
});

it('excludes what is named, and what a glob meets', () => {
  const [layout] = parseLayouts({
    layouts: [{ path: 'a/{tenant}', exclude: ['a/base', 'a/x-*'] }],
  });
  expect(['a/base', 'a/x-1', 'a/acme'].map(layout.isExcluded)).toEqual([true, true, false]);
});

it('meets nothing with a set that is none', () => {
  expect(globExpression('a[z-a]').test('a')).toBe(false);
  expect(globExpression('{a,b}/?.y*').test('b/x.yml')).toBe(true);
});

it('meets nothing with a glob that could be tried forever', () => {
  const path = `${'a/'.repeat(40)}${'a'.repeat(200)}`;
  expect(globExpression(`${'**/'.repeat(30)}b`).test(path)).toBe(false);
  expect(globExpression(`**/${'*a'.repeat(30)}b`).test(path)).toBe(false);
  expect(globExpression('**/**/a*').test(path)).toBe(true);
});
