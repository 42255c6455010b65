import { closedWindow } from './closedWindow';
import type { SyncWindow } from './syncWindowSchemas';

/** A Monday. */
const now = new Date('2026-11-23T12:00:00Z');
const window = (
  kind: string,
  schedule: string,
  duration = '1h',
  timeZone?: string | null,
): SyncWindow => ({ kind, schedule, duration, ...(timeZone === undefined ? {} : { timeZone }) });

/** What is assigned, by whether it is open, with the project's windows, which are the same unless said otherwise. */
const find = (
  open: SyncWindow[],
  shut: SyncWindow[] = [],
  { project = [...open, ...shut], at = now }: { project?: SyncWindow[] | null; at?: Date } = {},
) => {
  const plain = (windows: SyncWindow[]) => windows.map(({ timeZone: _, ...rest }) => rest);
  return closedWindow(
    {
      windows: { activeWindows: plain(open), assignedWindows: plain([...open, ...shut]) },
      ...(project ? { project: { spec: { syncWindows: project } } } : {}),
    },
    at,
  );
};

describe('closedWindow', () => {
  it.each<[string, SyncWindow[], SyncWindow[]]>([
    ['no window', [], []],
    ['an allowing one that is open', [window('allow', '0 11 * * *', '2h')], []],
    [
      'one of two allowing ones',
      [window('allow', '0 11 * * *', '2h')],
      [window('allow', '0 2 * * *')],
    ],
    ['a denying one that is shut', [], [window('deny', '0 2 * * *')]],
    ['a kind that is not known', [window('ask', '* * * * *')], [window('ask', '* * * * *')]],
  ])('is none with %s', (_, open, shut) => {
    expect(find(open, shut)).toBeUndefined();
  });

  it('is none when Argo CD names none', () => {
    expect(closedWindow({ windows: {} }, now)).toBeUndefined();
    expect(
      closedWindow({ windows: { activeWindows: null, assignedWindows: null } }, now),
    ).toBeUndefined();
  });

  it.each<[string, SyncWindow[], string | undefined]>([
    ['the next opening', [window('allow', '0 22 * * *')], '2026-11-23T22:00:00Z'],
    ['the next day', [window('allow', '0 2 * * *')], '2026-11-24T02:00:00Z'],
    ['the next week', [window('allow', '0 2 * * 1')], '2026-11-30T02:00:00Z'],
    ['a day by its name', [window('allow', '0 2 * * SUN')], '2026-11-29T02:00:00Z'],
    [
      'the first of several',
      [window('allow', '0 22 * * *'), window('allow', '0 18 * * *'), window('allow', '0 2 * * *')],
      '2026-11-23T18:00:00Z',
    ],
    [
      'its time zone',
      [window('allow', '0 22 * * *', '1h', 'Europe/Berlin')],
      '2026-11-23T21:00:00Z',
    ],
    [
      'an empty time zone, which is UTC',
      [window('allow', '0 22 * * *', '1h', '')],
      '2026-11-23T22:00:00Z',
    ],
    ['a schedule by name', [window('allow', '@daily')], '2026-11-24T00:00:00Z'],
    ['any day', [window('allow', '0 2 ? * ?')], '2026-11-24T02:00:00Z'],
    ['a date that never comes', [window('allow', '0 0 30 2 *')], undefined],
    ['a schedule that only Argo CD can read', [window('allow', '@every 5h')], undefined],
    ['a text that is no schedule', [window('allow', 'now and then')], undefined],
    ['a zone that is none', [window('allow', '0 22 * * *', '1h', 'Mars/Base')], undefined],
    [
      'one that may open before the others',
      [window('allow', '0 22 * * *'), window('allow', '@every 5h')],
      undefined,
    ],
  ])('waits for %s', (_, shut, until) => {
    const found = find([], shut);
    expect(found).toEqual({
      kind: 'allow',
      schedule: expect.any(String),
      ...(until ? { until } : {}),
    });
  });

  it.each<[string, SyncWindow[], string | undefined]>([
    ['its end', [window('deny', '0 11 * * *', '90m')], '2026-11-23T12:30:00Z'],
    ['hours and minutes', [window('deny', '0 11 * * *', '1h30m')], '2026-11-23T12:30:00Z'],
    ['parts of hours', [window('deny', '0 11 * * *', '1.5h')], '2026-11-23T12:30:00Z'],
    ['seconds', [window('deny', '59 11 * * *', '90s')], '2026-11-23T12:00:30Z'],
    ['thousandths', [window('deny', '59 11 * * *', '90500ms')], '2026-11-23T12:00:30.500Z'],
    ['days', [window('deny', '0 0 20 11 *', '168h')], '2026-11-27T00:00:00Z'],
    [
      'the last of several',
      [window('deny', '0 11 * * *', '2h'), window('deny', '0 10 * * *', '8h')],
      '2026-11-23T18:00:00Z',
    ],
    [
      'its time zone',
      [window('deny', '0 12 * * *', '2h', 'Europe/Berlin')],
      '2026-11-23T13:00:00Z',
    ],
    [
      'openings without a pause between them',
      [window('deny', '*/10 8-17 * * *', '10m')],
      '2026-11-23T18:00:00Z',
    ],
    ['openings that overlap', [window('deny', '0 8-17 * * *', '90m')], '2026-11-23T18:30:00Z'],
    ['one that never closes', [window('deny', '0 0 * * *', '24h')], undefined],
    ['one that opens each minute for a day', [window('deny', '* * * * *', '24h')], undefined],
    ['a duration that only Go can read', [window('deny', '0 11 * * *', '2 hours')], undefined],
    ['no duration', [window('deny', '0 11 * * *', '')], undefined],
    ['an opening that the schedule does not know', [window('deny', '0 2 * * *', '1h')], undefined],
    ['a schedule that only Argo CD can read', [window('deny', '@every 5h', '1h')], undefined],
    [
      'one that may close after the others',
      [window('deny', '0 11 * * *', '2h'), window('deny', '@every 5h', '4h')],
      undefined,
    ],
  ])('forbids it until %s', (_, open, until) => {
    expect(find(open)).toEqual({
      kind: 'deny',
      schedule: expect.any(String),
      ...(until ? { until } : {}),
    });
  });

  it('forbids it although another window allows it', () => {
    const open = [window('allow', '0 11 * * *', '4h'), window('deny', '0 11 * * *', '2h')];
    expect(find(open)).toMatchObject({ kind: 'deny', until: '2026-11-23T13:00:00Z' });
  });

  it('names the schedule of the window that decides, and not at any length', () => {
    const shut = [window('allow', '0 22 * * *'), window('allow', '0 18 * * *')];
    expect(find([], shut)?.schedule).toBe('0 18 * * *');
    const open = [window('deny', '0 11 * * *', '2h'), window('deny', '0 10 * * *', '8h')];
    expect(find(open)?.schedule).toBe('0 10 * * *');
    expect(find([window('deny', 'x'.repeat(1_000))])?.schedule).toHaveLength(60);
  });

  it.each<[string, SyncWindow[] | null]>([
    ['the project is not told', null],
    ['the project has no such window', []],
    ['the project has it with another duration', [window('allow', '0 22 * * *', '3h')]],
    ['the project has it of the other kind', [window('deny', '0 22 * * *')]],
    [
      'the project has it in two zones',
      [window('allow', '0 22 * * *', '1h', 'Europe/Berlin'), window('allow', '0 22 * * *')],
    ],
  ])('tells no time when %s, for it could be the wrong hour', (_, project) => {
    expect(find([], [window('allow', '0 22 * * *')], { project })).toEqual({
      kind: 'allow',
      schedule: '0 22 * * *',
    });
  });

  it('takes the zone of the answer where it has one', () => {
    const windows = { assignedWindows: [window('allow', '0 22 * * *', '1h', 'Europe/Berlin')] };
    expect(closedWindow({ windows }, now)?.until).toBe('2026-11-23T21:00:00Z');
  });

  describe('when clocks are changed', () => {
    const berlin = (kind: string, schedule: string, duration = '2h') =>
      window(kind, schedule, duration, 'Europe/Berlin');

    it.each<[string, string, SyncWindow, string]>([
      [
        'opens by the wall clock in winter',
        '2026-03-28T12:00:00Z',
        berlin('allow', '0 6 * * *'),
        '2026-03-29T04:00:00Z',
      ],
      [
        'opens by the wall clock in summer',
        '2026-10-24T12:00:00Z',
        berlin('allow', '0 6 * * *'),
        '2026-10-25T05:00:00Z',
      ],
      [
        'opens at an hour that is left out',
        '2026-03-28T12:00:00Z',
        berlin('allow', '30 2 * * *'),
        '2026-03-29T01:00:00Z',
      ],
    ])('%s', (_, at, shut, until) => {
      expect(find([], [shut], { at: new Date(at) })?.until).toBe(until);
    });

    it('lasts for its duration', () => {
      const open = berlin('deny', '0 1 * * *', '4h');
      const spring = new Date('2026-03-29T01:30:00Z');
      expect(find([open], [], { at: spring })?.until).toBe('2026-03-29T04:00:00Z');
    });
  });

  it('asks again when the time that it has told is over, or the clock is set back', () => {
    const shut = [window('allow', '0 5 * * *')];
    const until = (at: string) => find([], shut, { at: new Date(at) })?.until;
    expect(until('2026-11-23T04:00:00Z')).toBe('2026-11-23T05:00:00Z');
    expect(until('2026-11-23T04:59:59Z')).toBe('2026-11-23T05:00:00Z');
    expect(until('2026-11-23T05:00:00Z')).toBe('2026-11-24T05:00:00Z');
    expect(until('2026-11-20T04:00:00Z')).toBe('2026-11-20T05:00:00Z');
    const never = [window('allow', '0 0 31 2 *')];
    expect(find([], never)?.until).toBeUndefined();
    expect(find([], never, { at: new Date(now.getTime() + 7_200_000) })?.until).toBeUndefined();
  });

  it('costs little, whatever the schedule is', () => {
    const open = [window('deny', '*/2 * * * *', '23h'), window('deny', '0 0 * * *', '8760h')];
    const startedAt = Date.now();
    for (let count = 0; count < 1_000; count += 1) find(open);
    expect(Date.now() - startedAt).toBeLessThan(3_000);
  });
});
