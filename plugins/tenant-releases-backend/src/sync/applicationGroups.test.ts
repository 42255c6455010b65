import type { ApplicationRecord } from './ApplicationRecord';
import { groupsFor, groupsOf, nameGroup } from './applicationGroups';

type Parts = Pick<ApplicationRecord, 'name'> & Partial<ApplicationRecord>;
const groups = (parts: Parts) => groupsOf({ labels: {}, ...parts } as ApplicationRecord);
const gitops = { index: 0, isMulti: false, targetRevision: 'main' };

describe('groups of Applications', () => {
  it.each<[string, Parts, string[]]>([
    ['a name', { name: 'a' }, ['name:a']],
    ['a label', { name: 'a-prod', labels: { tenant: 'a' } }, ['name:a-prod', 'name:a']],
    ['a label that is the name', { name: 'a', labels: { tenant: 'a' } }, ['name:a']],
    [
      'files',
      { name: 'a', gitops: { ...gitops, files: ['x/a.yaml', 'b.yaml'] } },
      ['name:a', 'file:x/a.yaml', 'file:b.yaml'],
    ],
    [
      'a folder',
      { name: 'a', gitops: { ...gitops, files: [], folder: 'x/a' } },
      ['name:a', 'folder:x/a'],
    ],
    [
      'the root',
      { name: 'a', gitops: { ...gitops, files: [], folder: '' } },
      ['name:a', 'folder:'],
    ],
  ])('are told by %s', (_, parts, expected) => {
    expect(groups(parts)).toEqual(expected);
  });

  it('are looked for by the file, each folder above it and the name', () => {
    expect(groupsFor('a', 'x/y/a.yaml')).toEqual([
      'file:x/y/a.yaml',
      'folder:x',
      'folder:x/y',
      'name:a',
    ]);
    expect(groupsFor('a', 'a.yaml')).toEqual(['file:a.yaml', 'name:a']);
    expect(nameGroup('a')).toBe('name:a');
  });

  it('do not mix up names, files and folders', () => {
    expect(groups({ name: 'x', gitops: { ...gitops, files: ['y'], folder: 'z' } })).toEqual([
      'name:x',
      'file:y',
      'folder:z',
    ]);
    expect(groupsFor('y', 'z/x')).not.toEqual(expect.arrayContaining(['name:x', 'file:y']));
  });
});
