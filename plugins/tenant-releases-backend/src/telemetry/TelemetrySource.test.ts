import { mockServices } from '@backstage/backend-test-utils';
import { UpstreamError } from '@internal/gitops';
import { TelemetrySource } from './TelemetrySource';

describe('TelemetrySource', () => {
  const gone = new UpstreamError('unreachable', 'connection failed');
  let source: TelemetrySource;
  let calls: number;
  let answers: () => Promise<string>;

  const ask = (key = 'request-rate 1') =>
    source.ask({
      tenant: 'acme',
      key,
      similar: 'request-rate',
      query: () => {
        calls += 1;
        return answers();
      },
      witness: answers,
    });
  const goDown = () => {
    source.monitor.failed('probe', gone);
    source.monitor.failed('probe', gone);
  };

  beforeEach(() => {
    jest.useFakeTimers();
    calls = 0;
    answers = async () => 'first';
    const logger = mockServices.logger.mock();
    source = new TelemetrySource({ kind: 'prometheus', cluster: '*' }, async () => {}, logger);
  });

  afterEach(() => jest.useRealTimers());

  it('asks once for all who want the same in a moment', async () => {
    const [one, other] = await Promise.all([ask(), ask()]);
    expect([one, other, await ask()]).toEqual(
      [1, 2, 3].map(() => ({ value: 'first', source: expect.objectContaining({ state: 'ok' }) })),
    );
    expect(calls).toBe(1);
  });

  it('calls an answer old that was given just before the server went away', async () => {
    await ask();
    jest.advanceTimersByTime(1_000);
    goDown();
    expect(await ask()).toEqual({
      value: 'first',
      source: expect.objectContaining({ state: 'stale', ageSeconds: 1, error: 'unreachable' }),
    });
    expect(calls).toBe(1);
  });

  it('has one age for every old answer while the server is away, however old they are', async () => {
    await ask();
    jest.advanceTimersByTime(60_000);
    const other = () =>
      source.ask({ tenant: 'acme', key: 'cpu', similar: 'cpu', query: answers, witness: answers });
    await other();
    const lastAnswer = new Date().toISOString();
    jest.advanceTimersByTime(10_000);
    goDown();
    answers = async () => {
      throw gone;
    };
    const found = [await ask('request-rate 2'), await other()].map(answer => answer.source);
    expect(found.map(({ ageSeconds, currentAt }) => [ageSeconds, currentAt])).toEqual([
      [10, lastAnswer],
      [10, lastAnswer],
    ]);
    expect(source.status()).toMatchObject({ ageSeconds: 10, currentAt: lastAnswer });
  });

  it('gives an answer its own age while only its question is not answered', async () => {
    await ask();
    const answeredAt = new Date().toISOString();
    jest.advanceTimersByTime(30_000);
    source.monitor.current();
    answers = async () => {
      throw new UpstreamError('server-error', 'answered 503');
    };
    expect((await ask('request-rate 2')).source).toMatchObject({
      state: 'stale',
      ageSeconds: 30,
      currentAt: answeredAt,
      error: 'server-error',
    });
  });

  it('is back with the first query that is answered', async () => {
    await ask();
    goDown();
    answers = async () => 'second';
    expect(await ask('request-rate 2')).toMatchObject({ value: 'second', source: { state: 'ok' } });
    expect(source.status().state).toBe('ok');
  });
});
