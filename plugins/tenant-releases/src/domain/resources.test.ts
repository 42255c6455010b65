import type { ReleaseResource } from '@internal/plugin-tenant-releases-common';
import { createResource } from '../testing/detailFixtures';
import {
  describeResources,
  gitWord,
  isQuiet,
  nestResources,
  resourceRemark,
  sortResources,
} from './resources';

const resource = (name: string, part: Partial<ReleaseResource> = {}) =>
  createResource({ group: '', kind: 'Service', name, health: undefined, ...part });
const ill = resource('ill', { health: { status: 'Degraded', message: 'crash' } });
const missing = resource('missing', { health: { status: 'Missing' }, status: 'OutOfSync' });
const changed = resource('changed', { status: 'OutOfSync', change: 'changed' });
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

describe('nestResources', () => {
  const made = (name: string, parent: string) =>
    resource(name, { id: name, parent, managed: false, status: undefined });

  it('puts each below the one that made it', () => {
    const web = resource('web', { id: 'web' });
    const nested = nestResources([made('pod', 'set'), web, made('set', 'web'), fine]);
    expect(nested.map(({ resource: { name }, depth }) => [name, depth])).toEqual([
      ['fine', 0],
      ['web', 0],
      ['set', 1],
      ['pod', 2],
    ]);
  });

  it('loses none whose maker is not there or is itself', () => {
    const nested = nestResources([made('orphan', 'gone'), made('odd', 'odd')]);
    expect(nested.map(({ resource: { name }, depth }) => [name, depth])).toEqual([
      ['odd', 0],
      ['orphan', 0],
    ]);
  });
});

describe('isQuiet', () => {
  it.each([
    [fine, true],
    [config, true],
    [changed, false],
    [coming, false],
    [ill, false],
    [resource('pod', { managed: false, status: undefined }), true],
  ])('%j: %s', (item, expected) => {
    expect(isQuiet(item)).toBe(expected);
  });
});

describe('gitWord', () => {
  it.each<[Partial<ReleaseResource>, string]>([
    [{}, 'as in Git'],
    [{ status: 'OutOfSync', change: 'changed' }, 'differs from Git'],
    [{ status: 'OutOfSync', change: 'missing' }, 'missing in the cluster'],
    [{ status: 'OutOfSync', change: 'extra' }, 'no longer in Git'],
    [{ status: 'OutOfSync' }, 'differs from Git'],
    [{ status: undefined }, 'not compared'],
    [{ status: undefined, managed: false }, 'made in the cluster'],
  ])('%j: %s', (part, word) => {
    expect(gitWord(createResource(part)).word).toBe(word);
  });
});

describe('resourceRemark', () => {
  it.each<[Partial<ReleaseResource>, string]>([
    [{ health: { status: 'Degraded', message: 'crash' }, images: ['a:1'] }, 'crash'],
    [
      {
        info: [
          { name: 'Containers', value: '1/1' },
          { name: 'memory', value: '100663296' },
        ],
        images: ['a:1'],
      },
      'Containers: 1/1, a:1',
    ],
    [{}, ''],
  ])('%j: %j', (part, text) => {
    expect(resourceRemark(createResource(part))).toBe(text);
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
