import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { createSource } from '../testing/fixtures';
import { sourceNote, troubledSource } from './sourceNote';

describe('sourceNote', () => {
  it.each<[Partial<SourceStatus>, string | undefined]>([
    [{}, undefined],
    [
      { state: 'down', error: 'unreachable', ageSeconds: 190 },
      'Argo CD unreachable for 3 min, last known',
    ],
    [{ state: 'down', ageSeconds: 20 }, 'Argo CD unreachable for 20 s, last known'],
    [{ state: 'stale', ageSeconds: 20, kind: 'git' }, 'Git late for 20 s, last known'],
    [
      { state: 'down', error: 'timeout', kind: 'loki', ageSeconds: 7200 },
      'Loki not answering for 2 h, last known',
    ],
    [
      {
        state: 'down',
        error: 'misconfigured',
        kind: 'kubernetes',
        detail: 'name is missing; set it',
      },
      'Kubernetes not set up correctly: name is missing; set it',
    ],
    [
      { state: 'down', error: 'misconfigured', kind: 'kubernetes' },
      'Kubernetes not set up correctly',
    ],
  ])('%j', (part, expected) => {
    expect(sourceNote(createSource(part))).toBe(expected);
  });

  it('has nothing to say about a source that is not there', () => {
    expect(sourceNote(undefined)).toBeUndefined();
  });
});

describe('troubledSource', () => {
  const sources = [
    createSource({ id: 'a', kind: 'kubernetes', name: 'east', state: 'stale' }),
    createSource({ id: 'b', kind: 'kubernetes', name: 'west' }),
    createSource({ id: 'c', kind: 'argocd', state: 'stale' }),
    createSource({ id: 'd', kind: 'argocd', state: 'down' }),
    createSource({ id: 'e', kind: 'git' }),
  ];
  it.each([
    ['kubernetes', { cluster: 'east' }, 'a'],
    ['kubernetes', { cluster: 'west' }, undefined],
    ['kubernetes', { cluster: 'elsewhere' }, 'a'],
    ['argocd', undefined, 'd'],
    ['git', undefined, undefined],
    ['loki', undefined, undefined],
  ] as const)('of kind %s for %j', (kind, release, expected) => {
    expect(troubledSource(sources, kind, release)?.id).toBe(expected);
  });
});
