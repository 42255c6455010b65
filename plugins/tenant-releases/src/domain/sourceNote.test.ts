import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { createSource } from '../testing/fixtures';
import { sourceNote, sourceTrouble, troubledSource } from './sourceNote';

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
    [{ state: 'down', error: 'misconfigured', kind: 'git' }, 'Git not set up correctly'],
  ])('%j', (part, expected) => {
    expect(sourceNote(createSource(part))).toBe(expected);
  });

  it('has nothing to say about a source that is not there', () => {
    expect(sourceNote(undefined)).toBeUndefined();
  });
});

describe('sourceTrouble', () => {
  const detail = '0 of 1,204 files match gitops/tenants/{tenant}.yaml';
  it.each<[Partial<SourceStatus>, string | undefined]>([
    [{ detail }, undefined],
    [{ state: 'down', ageSeconds: 20 }, 'Argo CD unreachable for 20 s, last known'],
    [
      { state: 'down', error: 'misconfigured', kind: 'git', detail },
      'Git not set up correctly. 0 of 1,204 files match gitops/tenants/{tenant}.yaml.',
    ],
    [
      { state: 'stale', ageSeconds: 20, detail: 'It lists no more than 7 MB.' },
      'Argo CD late for 20 s, last known. It lists no more than 7 MB.',
    ],
  ])('%j', (part, expected) => {
    expect(sourceTrouble(createSource(part))).toBe(expected);
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
