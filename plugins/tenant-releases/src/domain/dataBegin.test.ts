import type { PanelSeries, ReleaseMarker } from '@internal/plugin-tenant-releases-common';
import { createPanel, now } from '../testing/fixtures';
import { dataBegin } from './dataBegin';

const end = now / 1000;
const line = (...times: number[]): PanelSeries => ({
  name: 'requests',
  labels: {},
  points: times.map(time => [time, 1]),
});
const marker = (time: number): ReleaseMarker => ({ time, version: 'v1', kind: 'release' });

describe('dataBegin', () => {
  it.each<[string, Parameters<typeof dataBegin>[0], number | undefined]>([
    ['no panel', [], undefined],
    ['nothing measured', [createPanel({ series: [line()] })], undefined],
    ['data throughout', [createPanel({ series: [line(end - 3_600, end)] })], undefined],
    ['a short gap', [createPanel({ series: [line(end - 3_000, end)] })], undefined],
    ['ten minutes', [createPanel({ series: [line(end - 600, end)] })], end - 615],
    [
      'ten minutes, and the release right before',
      [createPanel({ series: [line(end - 600, end)], markers: [marker(end - 640)] })],
      end - 655,
    ],
    [
      'ten minutes, and a release long before',
      [createPanel({ series: [line(end - 600, end)], markers: [marker(end - 3_000)] })],
      end - 615,
    ],
    [
      'another panel that has data throughout',
      [
        createPanel({ series: [line(end - 600, end)] }),
        createPanel({ series: [line(end - 3_590, end)] }),
      ],
      undefined,
    ],
    ['a single point', [createPanel({ series: [line(end)] })], end - 15],
  ])('with %s', (_, panels, expected) => {
    expect(dataBegin(panels)).toBe(expected);
  });
});
