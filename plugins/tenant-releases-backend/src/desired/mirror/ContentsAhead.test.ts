import { ContentsAhead } from './ContentsAhead';

const names = (count: number) => Array.from({ length: count }, (_, index) => `name-${index}`);

/** Brings a part over when it is told to. */
function setUp() {
  const parts: Array<{ names: readonly string[]; end(): void; fail(): void }> = [];
  const ahead = new ContentsAhead(
    some =>
      new Promise((resolve, reject) => {
        parts.push({ names: some, end: resolve, fail: () => reject(new Error('away')) });
      }),
  );
  const turn = () => new Promise(resolve => setImmediate(resolve));
  return { ahead, parts, turn };
}

it('brings over all of them, a part at a time', async () => {
  const { ahead, parts, turn } = setUp();
  const done = ahead.bring(names(10_000));
  for (const size of [4_000, 4_000, 2_000]) {
    await turn();
    expect(parts.at(-1)!.names).toHaveLength(size);
    parts.at(-1)!.end();
  }
  await done;
  expect(new Set(parts.flatMap(part => part.names)).size).toBe(10_000);
});

it('brings over with the next part what somebody waits for', async () => {
  const { ahead, parts, turn } = setUp();
  const done = ahead.bring(names(20_000));
  const ended = jest.fn();
  const waiting = ahead.settled(['name-19999', 'of-others', 'name-0']).then(ended);
  parts[0].end();
  await turn();
  expect(parts[1].names[0]).toBe('name-19999');
  expect(ended).not.toHaveBeenCalled();
  parts[1].end();
  await waiting;
  expect(parts).toHaveLength(3);
  await ahead.settled(['name-19999', 'of-others']);
  parts[2].fail();
  await expect(done).rejects.toThrow('away');
});

it('keeps nobody waiting when it fails, and can begin again', async () => {
  const { ahead, parts } = setUp();
  const done = ahead.bring(names(2));
  const waiting = ahead.settled(['name-1']);
  parts[0].fail();
  await expect(done).rejects.toThrow('away');
  await waiting;
  const again = ahead.bring(names(2));
  parts[1].end();
  await again;
  await ahead.settled(names(2));
});
