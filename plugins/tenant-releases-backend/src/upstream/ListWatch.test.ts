import { mockServices } from '@backstage/backend-test-utils';
import { EventQueue } from '../__testUtils__/EventQueue';
import { ListWatch, unreadableEvent, type WatchEvent } from './ListWatch';
import { SourceMonitor } from './SourceMonitor';

jest.mock('node:timers/promises', () => jest.requireActual('../__testUtils__/fakeDelays'));

type Event = WatchEvent<string> | typeof unreadableEvent;

describe('ListWatch', () => {
  const logger = mockServices.logger.mock();
  let objects: Map<string, string>;
  let version: number | undefined;
  let lists: number;
  let stream: EventQueue<Event>;
  let told: string[];
  let watch: ListWatch<string>;

  const passed = (ms = 0) => jest.advanceTimersByTimeAsync(ms);
  const send = async (...events: Event[]) => {
    events.forEach(event => stream.push(event));
    await passed();
  };
  const event = (key: string, value: string, at?: number): Event => ({
    type: 'MODIFIED',
    key,
    value,
    version: at,
  });

  beforeEach(async () => {
    jest.useFakeTimers();
    objects = new Map([['a', 'a1']]);
    version = 100;
    lists = 0;
    told = [];
    watch = new ListWatch<string>({
      collection: {
        probe: async () => {},
        list: async () => {
          lists += 1;
          return { version, items: new Map(objects) };
        },
        watch: (_, signal) => {
          stream = new EventQueue<Event>(signal);
          return stream;
        },
        tenantsOf: (key, value) => (value ? [`${key}=${value}`] : []),
      },
      monitor: new SourceMonitor({ id: 'x', kind: 'kubernetes', name: 'x', logger }),
      first: 'list',
      relistMs: 60_000,
    });
    watch.changes.subscribe(tenants => told.push(...(tenants === 'all' ? ['all'] : tenants)));
    watch.start();
    await passed(10);
    told = [];
  });

  afterEach(async () => {
    const stopped = watch.stop();
    await passed(5_000);
    await stopped;
    jest.useRealTimers();
  });

  it('lists soon after an event of which nobody can tell what has changed', async () => {
    objects.set('a', 'a2');
    await send(unreadableEvent);
    expect(watch.store.get('a')).toBe('a1');
    expect(lists).toBe(1);
    version = 110;
    await passed(3_000);
    expect(lists).toBe(2);
    expect(watch.store.get('a')).toBe('a2');
    expect(told).toEqual(expect.arrayContaining(['a=a1', 'a=a2']));
  });

  it('does not list for each of many such events', async () => {
    for (let second = 0; second < 120; second += 1) {
      await send(unreadableEvent);
      await passed(1_000);
    }
    expect(lists).toBeGreaterThan(2);
    expect(lists).toBeLessThan(8);
  });

  it('goes on with the next events', async () => {
    await send(unreadableEvent, event('a', 'a2', 101));
    expect(watch.store.get('a')).toBe('a2');
    expect(told).toEqual(expect.arrayContaining(['a=a1', 'a=a2']));
  });

  it('takes an event without version for the newest, and the next with one after it', async () => {
    await send(event('a', 'a2'), event('a', 'a3'), event('b', 'b1'));
    expect(watch.store.values()).toEqual(['a3', 'b1']);
    await send(event('a', 'a4', 101));
    expect(watch.store.get('a')).toBe('a4');
  });

  it.each([1e12, 1e300, Number.MAX_SAFE_INTEGER])(
    'does not let the version %d make everything else old',
    async far => {
      await send(event('a', 'a2', far));
      expect(watch.store.get('a')).toBe('a2');
      await send(event('a', 'a3', 101));
      expect(watch.store.get('a')).toBe('a3');
      objects.set('a', 'a4');
      version = 102;
      await passed(60_000);
      expect(watch.store.get('a')).toBe('a4');
    },
  );

  it('takes a large step for what it is', async () => {
    await send(event('a', 'a2', 100 + 1e9));
    await send(event('a', 'old', 101));
    expect(watch.store.get('a')).toBe('a2');
  });

  it('forgets what is deleted, also when nothing but the key can be read', async () => {
    await send({ type: 'DELETED', key: 'a', version: 101 });
    expect(watch.store.values()).toEqual([]);
    expect(told).toEqual(['a=a1']);
  });

  it('lists without a version as well', async () => {
    version = undefined;
    objects.set('b', 'b1');
    await passed(60_000);
    expect(watch.store.values()).toEqual(['a1', 'b1']);
  });
});
