import { ago, application, desired, file, ok, parts, pod } from './__testUtils__/parts';
import { joinRelease } from './joinRelease';
import type { ReleaseParts, ServingState } from './releaseParts';

const calm: ServingState = { alerts: [], freshness: ok };
const failing: ServingState = {
  ...calm,
  requests: {
    errorRatio: 0.333,
    objective: 0.05,
    failing: { since: ago(40), version: 'sha-2' },
  },
};
const alert = { name: 'ErrorsHigh', severity: 'critical', summary: 'It fails', since: ago(50) };
const held = desired({
  file: {
    ...file,
    version: 'sha-1',
    hold: { version: 'sha-1', reason: 'errors', by: 'user:default/ada', since: ago(10) },
  },
});
const join = (serving: ServingState | undefined, more: Partial<ReleaseParts> = {}) => {
  const { state, delivery, reasons, serving: told } = joinRelease(parts({ serving, ...more }));
  return { state, delivery, told, reasons: reasons.map(({ code, text }) => `${code} ${text}`) };
};

describe('whether a release serves', () => {
  it('is left out where no telemetry is set up', () => {
    expect(join(undefined)).toEqual({ state: 'in-sync', delivery: 'in-sync', reasons: [] });
  });

  it('says the ratio, what may fail, and the version with which it began', () => {
    expect(join(failing)).toEqual({
      state: 'degraded',
      delivery: 'in-sync',
      told: {
        status: 'failing',
        errorRatio: 0.333,
        objective: 0.05,
        since: ago(40),
        version: 'sha-2',
      },
      reasons: ['ERRORS_ABOVE_OBJECTIVE 33 % of the requests fail since sha-2, 5 % may.'],
    });
  });

  it('says which alerts fire, and of many how many there are', () => {
    const alerts = [alert, ...['a', 'b', 'c', 'd'].map(name => ({ name }))];
    expect(join({ ...calm, alerts })).toMatchObject({
      state: 'degraded',
      delivery: 'in-sync',
      told: { status: 'failing', alerts: 5 },
      reasons: [
        'ALERT_FIRING Alert ErrorsHigh (critical) fires: It fails',
        'ALERT_FIRING Alert a fires',
        'ALERT_FIRING Alert b fires',
        'ALERT_FIRING 2 more alerts fire.',
      ],
    });
  });

  it.each<[string, ServingState, object]>([
    [
      'few errors',
      { ...calm, requests: { errorRatio: 0.01, objective: 0.05 } },
      { status: 'serving', errorRatio: 0.01, objective: 0.05 },
    ],
    ['too few requests', calm, { status: 'idle' }],
    [
      'nothing measured',
      { ...calm, notMeasured: 'No series.' },
      { status: 'not-measured', why: 'No series.' },
    ],
    [
      'alerts that nobody knows',
      { ...calm, alertsUnknown: 'No alerts.' },
      { status: 'idle', why: 'No alerts.' },
    ],
  ])('is no alarm with %s', (_, serving, told) => {
    expect(join(serving)).toEqual({ state: 'in-sync', delivery: 'in-sync', told, reasons: [] });
  });

  it('stays as last known, and says so, while Prometheus is away', () => {
    const freshness = { state: 'stale', ageSeconds: 90 } as const;
    expect(join({ ...failing, freshness, alerts: [{ name: 'a' }] })).toMatchObject({
      state: 'degraded',
      told: { status: 'failing', staleSeconds: 90 },
      reasons: [
        'ERRORS_ABOVE_OBJECTIVE 33 % of the requests fail since sha-2, 5 % may (last known).',
        'ALERT_FIRING Alert a fires (last known)',
      ],
    });
  });

  it('is not measured while Prometheus is away, however fine it was before', () => {
    const freshness = { state: 'stale', ageSeconds: 90 } as const;
    const requests = { errorRatio: 0, objective: 0.05 };
    expect(join({ ...calm, requests, freshness })).toEqual({
      state: 'in-sync',
      delivery: 'in-sync',
      told: { status: 'not-measured', why: expect.stringMatching(/too old to go by/) },
      reasons: [],
    });
  });

  it('gives way to a hold when the version that failed is gone', () => {
    const back = {
      desired: held,
      application: application({ version: 'sha-1' }),
      pods: [pod('sha-1', { startedAt: ago(20) })],
    };
    expect(join({ ...failing, alerts: [alert] }, back)).toMatchObject({ state: 'held' });
    const half = [pod('sha-1', { startedAt: ago(20) }), pod('sha-2', { startedAt: ago(400) })];
    expect(join({ ...failing, alerts: [alert] }, { ...back, pods: half })).toMatchObject({
      state: 'degraded',
    });
    const anew = { ...failing, requests: { ...failing.requests!, failing: { version: 'sha-1' } } };
    expect(join(anew, back)).toMatchObject({ state: 'degraded' });
    expect(join({ ...calm, alerts: [{ ...alert, since: ago(5) }] }, back)).toMatchObject({
      state: 'degraded',
    });
  });

  it('is no hold while one of many alerts began after the pods did', () => {
    const back = {
      desired: held,
      application: application({ version: 'sha-1' }),
      pods: [pod('sha-1', { startedAt: ago(20) })],
    };
    const over = ['a', 'b', 'c', 'd'].map(name => ({ name, since: ago(50) }));
    expect(join({ ...calm, alerts: over }, back)).toMatchObject({ state: 'held' });
    const anew = [...over, { name: 'e', since: ago(5) }];
    expect(join({ ...calm, alerts: anew }, back)).toMatchObject({ state: 'degraded' });
  });

  it('does not say that as many fail as may', () => {
    const requests = { errorRatio: 0.0504, objective: 0.05, failing: {} };
    expect(join({ ...calm, requests }).reasons).toEqual([
      'ERRORS_ABOVE_OBJECTIVE A little more than 5 % of the requests fail, 5 % may.',
    ]);
  });

  it('shows hostile text as text, and not much of it', () => {
    const { reasons } = join({
      ...calm,
      alerts: [
        { name: 'x\n'.repeat(500), severity: 'y'.repeat(500), summary: 'z\u202e'.repeat(900) },
      ],
    });
    expect(reasons[0].length).toBeLessThan(600);
    expect(reasons[0]).not.toMatch(/[\n\u202e]/);
  });
});
