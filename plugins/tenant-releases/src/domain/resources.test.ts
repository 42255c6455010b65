import type { ApplicationResource } from '../api/TenantReleasesApi';
import { describeResources, isQuiet, resourceKey, sortResources } from './resources';

const resource = (name: string, part: Partial<ApplicationResource> = {}): ApplicationResource => ({
  kind: 'Service',
  name,
  status: 'Synced',
  ...part,
});
const ill = resource('ill', { health: { status: 'Degraded', message: 'crash' } });
const missing = resource('missing', { health: { status: 'Missing' }, status: 'OutOfSync' });
const changed = resource('changed', { status: 'OutOfSync' });
const coming = resource('coming', { health: { status: 'Progressing' } });
const fine = resource('fine', { health: { status: 'Healthy' } });
const config = resource('config', { kind: 'ConfigMap' });

describe('sortResources', () => {
  it('puts those first that need attention', () => {
    const sorted = sortResources([fine, coming, changed, config, missing, ill]);
    expect(sorted.map(({ name }) => name)).toEqual([
      'ill',
      'missing',
      'changed',
      'coming',
      'config',
      'fine',
    ]);
  });
});

describe('isQuiet', () => {
  it.each([
    [fine, true],
    [config, true],
    [changed, false],
    [coming, false],
    [resource('old', { requiresPruning: true }), false],
  ])('%j: %s', (item, expected) => {
    expect(isQuiet(item)).toBe(expected);
  });
});

describe('describeResources', () => {
  it.each([
    [[fine], '1 resource, none of concern.'],
    [[fine, config, coming], '3 resources, none of concern.'],
    [[fine, changed], '2 resources: 1 differs from Git.'],
    [[ill, missing, changed], '3 resources: 2 not healthy, 2 differ from Git.'],
  ])('%#: %s', (resources, expected) => {
    expect(describeResources(resources)).toBe(expected);
  });
});

describe('resourceKey', () => {
  it('tells apart what has the same name', () => {
    expect(resourceKey(fine)).not.toBe(resourceKey({ ...fine, group: 'apps' }));
  });
});
