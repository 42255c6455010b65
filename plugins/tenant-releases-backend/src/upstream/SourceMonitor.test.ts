import { mockServices } from '@backstage/backend-test-utils';
import { SourceMonitor } from './SourceMonitor';
import { UpstreamError } from '@internal/gitops';

describe('SourceMonitor', () => {
  const logger = mockServices.logger.mock();
  let now = 0;
  let monitor: SourceMonitor;
  const timeout = new UpstreamError('timeout', 'no answer within 2000 ms');

  beforeEach(() => {
    jest.clearAllMocks();
    now = 1_000_000;
    monitor = new SourceMonitor({
      id: 'argocd:main',
      kind: 'argocd',
      name: 'main',
      logger,
      now: () => now,
    });
  });

  const timeOf = (time: number) => new Date(time).toISOString();
  const state = () => {
    const { state: word, ageSeconds, error } = monitor.status();
    return [word, ageSeconds, error].filter(value => value !== undefined);
  };

  it('is stale until it has answered, and unknown to the join', () => {
    now += 3_000;
    expect(state()).toEqual(['stale', 3]);
    expect(monitor.freshness()).toEqual({
      state: 'unknown',
      ageSeconds: 3,
      currentAt: timeOf(now - 3_000),
    });
  });

  it('names the same beginning for as long as it is away, and none while it is ok', () => {
    monitor.current();
    expect(monitor.status()).not.toHaveProperty('currentAt');
    const currentAt = timeOf(now);
    for (const seconds of [0, 1, 90]) {
      now += seconds * 1_000 + 1;
      monitor.failed('probe', timeout);
      monitor.failed('probe', timeout);
      expect(monitor.status()).toMatchObject({ state: 'down', currentAt });
    }
  });

  it('is down with the first failure when it has never answered', () => {
    monitor.failed('probe', timeout);
    expect(state()).toEqual(['down', 0, 'timeout']);
    expect(monitor.freshness().state).toBe('unknown');
  });

  it('takes one failure for a blip and two for an outage', () => {
    monitor.current();
    monitor.failed('probe', timeout);
    expect(state()).toEqual(['ok', 0]);
    now += 5_000;
    monitor.failed('probe', timeout);
    expect(state()).toEqual(['down', 5, 'timeout']);
    expect(monitor.freshness()).toEqual({
      state: 'stale',
      ageSeconds: 5,
      currentAt: timeOf(now - 5_000),
    });
  });

  it('is down at once when the source asks to be left alone', () => {
    monitor.current();
    monitor.failed('probe', new UpstreamError('rate-limited', 'answered 429', 30));
    expect(state()).toEqual(['down', 0, 'rate-limited']);
  });

  it('is down at once when a setting is wrong, and tells people what', () => {
    monitor.current();
    monitor.failed('poll', new UpstreamError('misconfigured', 'log', undefined, 'Correct it.'));
    expect(monitor.status()).toMatchObject({
      state: 'down',
      error: 'misconfigured',
      detail: 'Correct it.',
    });
    monitor.succeeded('poll');
    monitor.note('There is nothing yet.');
    expect(monitor.status()).toMatchObject({ state: 'ok', detail: 'There is nothing yet.' });
    monitor.note(undefined);
    expect(monitor.status()).not.toHaveProperty('detail');
  });

  it('stays down while one channel fails, whatever the other does', () => {
    monitor.current();
    monitor.failed('watch', new UpstreamError('unauthorized', 'answered 401'));
    monitor.failed('watch', new UpstreamError('unauthorized', 'answered 401'));
    monitor.succeeded('probe');
    expect(state()).toEqual(['down', 0, 'unauthorized']);
    monitor.succeeded('watch');
    expect(state()).toEqual(['ok', 0]);
  });

  it('is stale when it answers, but brings nothing current', () => {
    monitor.current();
    now += 91_000;
    monitor.succeeded('probe');
    expect(state()).toEqual(['stale', 91]);
    expect(monitor.freshness().state).toBe('stale');
  });

  it('logs one line a change and tells its listeners', () => {
    const listener = jest.fn();
    monitor.onChange(listener);
    monitor.current();
    monitor.current();
    expect(listener).toHaveBeenCalledTimes(1);
    for (let count = 0; count < 50; count += 1) monitor.failed('probe', timeout);
    monitor.succeeded('probe');
    monitor.succeeded('probe');
    expect(logger.warn.mock.calls).toEqual([
      ['Source argocd:main is down (timeout): no answer within 2000 ms'],
    ]);
    expect(logger.info.mock.calls).toEqual([['Source argocd:main answers again']]);
    expect(listener).toHaveBeenCalledTimes(3);
  });
});
