import type { LeftOut, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { createSource } from '../testing/fixtures';
import { describeLeftOut, leftOutGroups, leftOutKind } from './leftOut';

const entries = (kind: LeftOut['kind'], count: number): LeftOut[] =>
  Array.from({ length: count }, (_, index) => ({ kind, name: `${kind} ${index}`, reason: 'x' }));
const source = (kind: SourceStatus['kind'], leftOut: LeftOut[], leftOutCount = leftOut.length) =>
  createSource({ kind, leftOut, leftOutCount });

describe('describeLeftOut', () => {
  it.each<[SourceStatus[], string | undefined]>([
    [[], undefined],
    [[createSource(), source('git', [])], undefined],
    [[source('git', entries('file', 1))], '1 file is left out'],
    [[source('argocd', entries('instance', 2))], '2 Argo CD instances are left out'],
    [
      [source('git', entries('file', 3)), source('argocd', entries('application', 1))],
      '3 files and 1 Application are left out',
    ],
    [
      [
        source('git', entries('file', 1)),
        source('argocd', [...entries('application', 2), ...entries('cluster', 1)]),
        source('kubernetes', entries('pod', 1)),
      ],
      '1 file, 2 Applications, 1 cluster and 1 pod are left out',
    ],
    [[source('git', entries('file', 100), 1_204)], '1,204 entries are left out'],
    [[source('git', entries('secret' as LeftOut['kind'], 2))], '2 other entries are left out'],
  ])('%#: %s', (sources, expected) => {
    expect(describeLeftOut(leftOutGroups(sources))).toBe(expected);
  });
});

describe('leftOutGroups', () => {
  it('names the sources that leave something out, and how many there are', () => {
    const groups = leftOutGroups([
      source('git', entries('file', 2), 2_000),
      createSource({ kind: 'kubernetes' }),
      source('argocd', entries('application', 1)),
    ]);
    expect(groups.map(({ title, total }) => [title, total])).toEqual([
      ['Git', 2_000],
      ['Argo CD main', 1],
    ]);
  });

  it('calls a kind what people do, and one that is not known as it came', () => {
    expect(leftOutKind('application')).toBe('Application');
    expect(leftOutKind('secret' as LeftOut['kind'])).toBe('secret');
  });
});
