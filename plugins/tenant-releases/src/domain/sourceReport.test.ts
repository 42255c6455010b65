import type { SourceReport } from '@internal/plugin-tenant-releases-common';
import { createGitReport, createReport } from '../testing/sourceFixtures';
import {
  nothingLeftOut,
  reportState,
  reportTitle,
  shownText,
  sourcesSentence,
  sourcesTitle,
  worstFirst,
} from './sourceReport';

const wrong: Partial<SourceReport> = { state: 'down', error: 'misconfigured' };
const down: Partial<SourceReport> = { state: 'down', error: 'unreachable' };
const git = createGitReport();
const kubernetes = createReport({ kind: 'kubernetes', name: 'in-cluster', id: 'kubernetes:x' });

describe('worstFirst', () => {
  it('puts what has to be set up before what is down, late, or leaves something out', () => {
    const reports = [
      createReport({ id: 'fine' }),
      createReport({ id: 'left-out', leftOutCount: 3 }),
      createReport({ id: 'late', state: 'stale' }),
      createReport({ id: 'down', ...down }),
      createReport({ id: 'wrong', ...wrong }),
      createReport({ id: 'also-fine', unusedCount: 9 }),
    ];
    const order = ['wrong', 'down', 'late', 'left-out', 'fine', 'also-fine'];
    expect(worstFirst(reports).map(({ id }) => id)).toEqual(order);
    expect(reports[0].id).toBe('fine');
  });
});

describe('sourcesSentence', () => {
  it.each<[string, SourceReport[], string]>([
    ['none', [], 'The server names no source.'],
    ['one', [git], 'The only source answers. Nothing is left out.'],
    ['all', [git, kubernetes], 'All 2 sources answer. Nothing is left out.'],
    [
      'one entry',
      [git, { ...kubernetes, leftOutCount: 1, unusedCount: 7 }],
      'All 2 sources answer. 1 entry is left out.',
    ],
    [
      'every trouble',
      [
        { ...git, ...wrong, leftOutCount: 1_000 },
        createReport(down),
        { ...kubernetes, state: 'stale', leftOutCount: 234 },
      ],
      '0 of 3 sources answer; Git acme/platform is not set up correctly; Argo CD main is down; Kubernetes in-cluster is late. 1,234 entries are left out.',
    ],
    [
      'several of one trouble',
      [createReport(down), createReport({ ...down, name: 'eu' }), kubernetes],
      '1 of 3 sources answer; Argo CD main and Argo CD eu are down.',
    ],
  ])('says of %s how it is', (_, reports, sentence) => {
    expect(sourcesSentence(reports)).toBe(sentence);
  });

  it('is short in the title', () => {
    expect(sourcesTitle([git, kubernetes])).toBe('Sources');
    expect(sourcesTitle([git, createReport(down)])).toBe('1 of 2 in trouble · Sources');
  });
});

it.each<[Partial<SourceReport>, string, string]>([
  [{}, 'in-sync', 'Answers'],
  [{ leftOutCount: 5 }, 'in-sync', 'Answers'],
  [{ state: 'stale' }, 'unknown', 'Late'],
  [{ state: 'stale', counts: [] }, 'unknown', 'Has not answered yet'],
  [down, 'degraded', 'Down'],
  [wrong, 'degraded', 'Not set up correctly'],
])('a source with %j is %s: %s', (part, state, word) => {
  expect(reportState(createReport(part))).toEqual({ state, word });
});

it.each<[SourceReport, string]>([
  [git, 'Git acme/platform'],
  [createReport(), 'Argo CD main'],
  [kubernetes, 'Kubernetes in-cluster'],
  [createReport({ kind: 'prometheus', name: 'Prometheus' }), 'Prometheus'],
  [createReport({ kind: 'loki', name: 'Loki of eu' }), 'Loki of eu'],
])('is called as people call it', (report, title) => {
  expect(reportTitle(report)).toBe(title);
});

it.each<[Partial<SourceReport>, string | undefined]>([
  [{}, 'Nothing is left out.'],
  [down, 'Nothing was left out when it was read last.'],
  [{ ...down, counts: [] }, undefined],
  [{ leftOutCount: 1 }, undefined],
])('of a source with %j: %s', (part, text) => {
  expect(nothingLeftOut(createReport(part))).toBe(text);
});

it.each<[number, number, number, string | undefined]>([
  [5, 5, 5, undefined],
  [100, 3_211, 3_211, '100 of 3,211 shown'],
  [11, 11, 131, '11 of 131 match'],
  [100, 200, 3_211, '200 of 3,211 match, 100 of 200 shown'],
  [0, 0, 131, '0 of 131 match'],
])('%d entries of %d that match of %d: %s', (shown, matchCount, totalCount, text) => {
  expect(shownText(shown, { matchCount, totalCount })).toBe(text);
});
