import { beginningOf } from './beginningOf';

const names = { labels: { namespace: 'namespace', service: 'service' } };
const labels = { namespace: 'acme', service: 'api' };
const grid = { end: 1_000, step: 10 };
const series = (...times: number[]) => [
  { labels, points: times.map((time): [number, number] => [time, 0.3]) },
];

it.each([
  ['goes on without a gap', [970, 980, 990, 1_000], 970],
  ['began anew after a gap', [900, 910, 980, 990, 1_000], 980],
  ['has its last point one step before the end', [980, 990], 980],
  ['is over', [900, 910], undefined],
  ['has no point', [], undefined],
])('of what %s', (_, times, begun) => {
  const found = beginningOf(series(...times), names, grid).get('acme/api');
  expect(found?.getTime()).toBe(begun === undefined ? undefined : begun * 1_000);
});

it('knows nothing of series without names', () => {
  expect(beginningOf([{ labels: {}, points: [[1_000, 1]] }], names, grid).size).toBe(0);
});
