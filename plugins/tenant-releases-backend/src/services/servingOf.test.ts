import { servingOf } from './servingOf';

const measured = (all: Record<string, number>, failed = 0, p95?: number) => ({
  versions: new Map([
    ['v1', { all: new Map(Object.entries(all)), failed, ...(p95 === undefined ? {} : { p95 }) }],
  ]),
});
const alone = { minRequests: 10, minTenants: 1 };
const together = { minRequests: 10, minTenants: 3 };

describe('servingOf', () => {
  it('tells errors and latency', () => {
    expect(servingOf('v1', measured({ a: 50, b: 50 }, 5, 0.2), alone)).toEqual({
      serving: { errorRatio: 0.05, latencyP95: 0.2 },
    });
    // Two scrapes apart, the failed requests may be more than all.
    expect(servingOf('v1', measured({ a: 10 }, 11), alone).serving).toEqual({ errorRatio: 1 });
  });

  it('tells nothing of fewer tenants with requests than may be told of, and not how many those are', () => {
    const few: Array<Record<string, number>> = [
      {},
      { a: 99 },
      { a: 99, b: 99 },
      { a: 99, b: 99, c: 0 },
    ];
    const texts = few.map(all => servingOf('v1', measured(all, 5, 0.2), together));
    expect(new Set(texts.map(text => JSON.stringify(text))).size).toBe(1);
    expect(texts[0]).toEqual({ notMeasured: expect.stringContaining('from 3 tenants') });
    expect(servingOf('v1', measured({ a: 9, b: 9, c: 9 }), together).serving).toBeDefined();
  });

  it.each([
    ['there are none', servingOf('v2', measured({}), alone), /no requests of this version/],
    ['there are few', servingOf('v1', measured({ a: 9 }), alone), /too few requests/],
    [
      'nobody measures',
      servingOf('v1', { versions: new Map(), problem: 'No Prometheus is set up.' }, together),
      /No Prometheus/,
    ],
  ])('says why not when %s', (_, found, text) => {
    expect(found).toEqual({ notMeasured: expect.stringMatching(text) });
  });

  it('says what is missing beside what one of several servers told', () => {
    const problem = 'Prometheus does not answer (unreachable).';
    expect(servingOf('v1', { ...measured({ a: 99 }), problem }, alone)).toEqual({
      serving: { errorRatio: 0 },
      notMeasured: problem,
    });
  });
});
