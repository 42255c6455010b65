import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { ago, createRelease, createSource, now } from '../testing/fixtures';
import { sourceNote, sourceTrouble, staleNote, troubledSource } from './sourceNote';

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
      { state: 'stale', ageSeconds: 20, kind: 'git', id: 'git:1', name: 'acme/shop' },
      'Git acme/shop late for 20 s, last known',
    ],
    [
      { state: 'down', error: 'timeout', kind: 'loki', ageSeconds: 7200 },
      'Loki not answering for 2 h, last known',
    ],
    [{ state: 'down', error: 'misconfigured', kind: 'git' }, 'Git not set up correctly'],
  ])('%j', (part, expected) => {
    expect(sourceNote(createSource(part), now)).toBe(expected);
  });

  it('has nothing to say about a source that is not there', () => {
    expect(sourceNote(undefined, now)).toBeUndefined();
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
    expect(sourceTrouble(createSource(part), now)).toBe(expected);
  });
});

describe('troubledSource', () => {
  const sources = [
    createSource({ id: 'a', kind: 'kubernetes', name: 'east', state: 'stale' }),
    createSource({ id: 'b', kind: 'kubernetes', name: 'west' }),
    createSource({ id: 'c', kind: 'argocd', state: 'stale' }),
    createSource({ id: 'd', kind: 'argocd', state: 'down' }),
    createSource({ id: 'e', kind: 'git' }),
    createSource({ id: 'f', kind: 'git', state: 'down' }),
  ];
  it.each([
    ['kubernetes', { cluster: 'east' }, 'a'],
    ['kubernetes', { cluster: 'west' }, undefined],
    ['kubernetes', { cluster: 'elsewhere' }, 'a'],
    ['argocd', undefined, 'd'],
    ['git', undefined, 'f'],
    ['git', { cluster: 'east', gitSource: 'e' }, undefined],
    ['git', { cluster: 'east', gitSource: 'f' }, 'f'],
    ['loki', undefined, undefined],
  ] as const)('of kind %s for %j', (kind, release, expected) => {
    expect(troubledSource(sources, kind, release)?.id).toBe(expected);
  });
});

describe('ages', () => {
  const away = { state: 'down', error: 'unreachable' } as const;

  it('go on counting after the answer, and are the same from answers of different age', () => {
    const earlier = createSource({ ...away, ageSeconds: 170, currentAt: ago(190) });
    const later = createSource({ ...away, ageSeconds: 190, currentAt: ago(190) });
    for (const seconds of [0, 30, 3_600]) {
      const time = now + seconds * 1000;
      expect(sourceNote(earlier, time)).toBe(sourceNote(later, time));
    }
    expect(sourceNote(earlier, now)).toBe('Argo CD unreachable for 3 min, last known');
    expect(sourceNote(earlier, now + 60_000)).toBe('Argo CD unreachable for 4 min, last known');
  });

  it('are never negative', () => {
    const source = createSource({ ...away, ageSeconds: 0, currentAt: ago(-2) });
    expect(sourceNote(source, now)).toBe('Argo CD unreachable for under 1 s, last known');
  });

  it('of a release count from its oldest part', () => {
    const reasons = [20, 190, 5].map(seconds => ({
      code: 'SOURCE_STALE' as const,
      text: 'x',
      since: ago(seconds),
    }));
    const release = createRelease({ staleSeconds: 180, reasons });
    expect(staleNote(release, now)).toBe('last known, 3 min old');
    expect(staleNote(release, now + 60_000)).toBe('last known, 4 min old');
    // An older server names no moment.
    expect(staleNote(createRelease({ staleSeconds: 40 }), now)).toBe('last known, 40 s old');
    expect(staleNote(createRelease(), now)).toBeUndefined();
  });
});
