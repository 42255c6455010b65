import fc from 'fast-check';
import { FakeCollection, type Delivery, type Stamp } from '../__testUtils__/FakeCollection';
import {
  keys,
  listWatch,
  relistMs,
  runningIndex,
  syncIndex,
  type WatchSubject,
} from '../__testUtils__/watchSubjects';
import { UpstreamError } from '@internal/gitops';

jest.mock('node:timers/promises', () => jest.requireActual('../__testUtils__/fakeDelays'));
jest.setTimeout(120_000);

/** Something that follows a fake collection, and what a reader of it has seen. */
class Bench {
  readonly travels: string[] = [];
  readonly #seen = new Map<string, Stamp & { isGone: boolean }>();

  constructor(readonly upstream: FakeCollection, readonly subject: WatchSubject) {
    subject.changes.subscribe(() => this.look());
    subject.start();
  }

  /** Notes whatever is older than what was there before, and what is back after it was gone. */
  look(): void {
    const now = new Map(this.subject.known());
    for (const [key, before] of this.#seen) {
      const stamp = now.get(key);
      if (!stamp) before.isGone = true;
      else if (compare(stamp, before) < (before.isGone ? 1 : 0)) {
        this.travels.push(`${key}: ${describeStamp(before)} -> ${describeStamp(stamp)}`);
      }
    }
    for (const [key, stamp] of now) this.#seen.set(key, { ...stamp, isGone: false });
  }

  async stop(): Promise<void> {
    const stopped = this.subject.stop();
    await jest.advanceTimersByTimeAsync(5_000);
    await stopped;
  }
}

function compare(a: Stamp, b: Stamp): number {
  return a.epoch - b.epoch || a.version - b.version;
}

function describeStamp({ epoch, version }: Stamp & { isGone?: boolean }): string {
  return `${epoch}.${version}`;
}

type Act = fc.AsyncCommand<object, Bench>;

/** Something that happens upstream; the reader is looked at after a moment. */
function act(name: string, run: (upstream: FakeCollection) => void, ms = 0): Act {
  return {
    check: () => true,
    async run(_, bench) {
      run(bench.upstream);
      await jest.advanceTimersByTimeAsync(ms);
      bench.look();
      expect(bench.travels).toEqual([]);
    },
    toString: () => (ms ? `${name} ${ms} ms` : name),
  };
}

const key = fc.constantFrom(...keys);
const delivery = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Delivery>({ copies: 1, late: false }) },
  { weight: 2, arbitrary: fc.record({ copies: fc.nat(2), late: fc.boolean() }) },
);
const moment = fc.constantFrom(0, 1, 7, 7, 400, 1_500);
const shown = ({ copies, late }: Delivery) => `x${copies}${late ? ' late' : ''}`;

const acts = [
  fc
    .tuple(key, delivery, moment)
    .map(([name, how, ms]) =>
      act(`set ${name} ${shown(how)}`, upstream => upstream.set(name, how), ms),
    ),
  fc
    .tuple(key, delivery, moment)
    .map(([name, how, ms]) =>
      act(`delete ${name} ${shown(how)}`, upstream => upstream.delete(name, how), ms),
    ),
  fc.constant(act('deliver late', upstream => upstream.deliverLate(), 1)),
  fc.constantFrom(3, 500, 4_000, relistMs).map(ms => act('wait', () => undefined, ms)),
  fc.constant(act('end streams', upstream => upstream.endStreams(), 1)),
  fc.constant(
    act('break streams', upstream =>
      upstream.endStreams(new UpstreamError('bad-answer', 'an event is not JSON')),
    ),
  ),
  fc.constant(act('fail lists', upstream => Object.assign(upstream, { failingLists: 2 }))),
  fc.constant(act('lag', upstream => Object.assign(upstream, { laggingLists: 2 }))),
  fc.constant(act('hold lists', upstream => Object.assign(upstream, { holdsLists: true }))),
  fc.constant(act('let lists go', upstream => Object.assign(upstream, { holdsLists: false }), 150)),
  fc.constant(act('open slowly', upstream => Object.assign(upstream, { openMs: 1_500 }))),
  fc.constant(act('answer slowly', upstream => Object.assign(upstream, { answerMs: 700 }))),
  fc.constant(act('compact', upstream => upstream.compact())),
  fc.constant(act('reset', upstream => upstream.reset(), 1)),
];

describe.each([
  ['a list and a stream that begins by itself', 'argocd', listWatch, 300],
  ['a list and a stream that goes on from it', 'kubernetes', listWatch, 300],
  ['the index of Applications', 'argocd', syncIndex, 200],
  ['the index of pods', 'kubernetes', runningIndex, 200],
] as const)('%s', (_, kind, subjectOf, numRuns) => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => jest.useRealTimers());

  it('converges to the truth and never travels back in time, whatever happens upstream', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(acts, { maxCommands: 40, size: 'max' }), async commands => {
        const upstream = new FakeCollection(kind);
        upstream.set('a', { copies: 0, late: false });
        const bench = new Bench(upstream, subjectOf(upstream));
        try {
          await fc.asyncModelRun(() => ({ model: {}, real: bench }), commands);
          upstream.heal();
          await jest.advanceTimersByTimeAsync(relistMs + 20_000);
          bench.look();
          expect(bench.travels).toEqual([]);
          expect(bench.subject.known().sort()).toEqual([...upstream.objects].sort());
          expect(bench.subject.state()).toBe('ok');
        } finally {
          await bench.stop();
        }
      }),
      { numRuns },
    );
  });
});

describe('ListWatch', () => {
  const once: Delivery = { copies: 1, late: false };
  const lost: Delivery = { copies: 0, late: false };
  let upstream: FakeCollection;
  let subject: WatchSubject;

  beforeEach(() => {
    jest.useFakeTimers();
    upstream = new FakeCollection('argocd');
    upstream.set('a', lost);
    subject = listWatch(upstream);
  });

  afterEach(async () => {
    await new Bench(upstream, subject).stop();
    jest.useRealTimers();
  });

  const known = () => Object.fromEntries(subject.known());
  const truth = () => Object.fromEntries(upstream.objects);

  it('knows within seconds what happened after the list and before the stream was open', async () => {
    upstream.openMs = 1_500;
    subject.start();
    await jest.advanceTimersByTimeAsync(100);
    upstream.set('a', once);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(known()).not.toEqual(truth());
    await jest.advanceTimersByTimeAsync(2_500);
    expect(known()).toEqual(truth());
  });

  it('asks again within seconds what a list and the stream tell differently', async () => {
    subject.start();
    await jest.advanceTimersByTimeAsync(relistMs);
    upstream.holdsLists = true;
    await jest.advanceTimersByTimeAsync(5_000);
    upstream.set('a', once);
    upstream.set('a', lost);
    upstream.holdsLists = false;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(known()).not.toEqual(truth());
    await jest.advanceTimersByTimeAsync(3_500);
    expect(known()).toEqual(truth());
  });

  it('does not take two late answers of a lagging replica for an upstream that was set up anew', async () => {
    ['b', 'c', 'b', 'c'].forEach(name => upstream.set(name, lost));
    subject.start();
    await jest.advanceTimersByTimeAsync(relistMs / 2);
    const before = known();
    upstream.laggingLists = 2;
    upstream.endStreams();
    await jest.advanceTimersByTimeAsync(500);
    upstream.holdsLists = true;
    await jest.advanceTimersByTimeAsync(7_000);
    upstream.holdsLists = false;
    await jest.advanceTimersByTimeAsync(200);
    expect(known()).toEqual(before);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(known()).toEqual(truth());
  });
});
