import { parseGrid, parseTimeRange } from './timeRange';

const now = new Date('2026-01-01T00:00:00.5Z');
const seconds = 1767225600;

describe('parseTimeRange', () => {
  it.each([
    ['nothing', {}, [seconds - 3600, seconds]],
    ['seconds', { start: '100', end: '200.9' }, [100, 200]],
    [
      'RFC 3339',
      { start: '2026-01-01T00:00:00+01:00', end: '2026-01-01T00:00:00.25Z' },
      [seconds - 3600, seconds],
    ],
    ['an end', { end: '7200' }, [3600, 7200]],
    ['seven days', { start: '0', end: '604800' }, [0, 604800]],
  ])('%s', (_, query, [start, end]) => {
    expect(parseTimeRange(query, now)).toEqual({ start, end });
  });

  it.each([
    ['start', { start: 'yesterday' }],
    ['start', { start: '' }],
    ['start', { start: '-1' }],
    ['start', { start: '1e3' }],
    ['start', { start: 'NaN' }],
    ['end', { end: '2026-13-45T00:00:00Z' }],
    ['end', { end: '2026-01-01' }],
    ['end', { end: '1767225600000' }],
    ['start', { start: '200', end: '200' }],
    ['start', { start: '201', end: '200' }],
    ['start', { start: '0', end: '604801' }],
  ])('names %s in %j', (name, query) => {
    expect(() => parseTimeRange(query, now)).toThrow(new RegExp(`^Query parameter "${name}": `));
  });
});

describe('parseGrid', () => {
  it.each([
    ['the default step', { start: 100, end: 3700 }, undefined, { start: 90, end: 3690, step: 15 }],
    ['a short range', { start: 100, end: 160 }, undefined, { start: 100, end: 160, step: 5 }],
    ['a step', { start: 101, end: 3661 }, '60', { start: 60, end: 3660, step: 60 }],
    ['as many points as may be', { start: 0, end: 1000 }, '1', { start: 0, end: 1000, step: 1 }],
  ])('%s', (_, range, step, expected) => {
    expect(parseGrid(range, step)).toEqual(expected);
  });

  it.each(['0', '-1', '1.5', 'x', '', '86401', '99999999'])('refuses the step %j', step => {
    expect(() => parseGrid({ start: 0, end: 10 }, step)).toThrow(/^Query parameter "step": /);
  });

  it('says which step is fine enough', () => {
    expect(() => parseGrid({ start: 0, end: 604800 }, '60')).toThrow('must be at least 605');
    expect(parseGrid({ start: 0, end: 604800 }, '605').step).toBe(605);
  });
});
