import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Segments, type SegmentLimits } from './segments';

const limits: SegmentLimits = {
  segmentBytes: 40,
  segmentAge: 1000,
  totalBytes: 120,
  retention: 10_000,
};

let directory: string;
let now: number;
beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'segments-'));
  now = Date.now();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function open() {
  const segments = new Segments(directory, limits, () => now);
  const records: unknown[] = [];
  const { unreadable } = segments.load(record => records.push(record));
  return { segments, records, unreadable };
}

describe('Segments', () => {
  it('reads back what a process wrote that did not close', () => {
    const first = open().segments;
    first.append({ a: 1 });
    first.append({ b: 'ü\n' });
    const second = open();
    expect(second.records).toEqual([{ a: 1 }, { b: 'ü\n' }]);
    second.segments.append({ c: 3 });
    expect(open().records).toEqual([{ a: 1 }, { b: 'ü\n' }, { c: 3 }]);
    first.close();
    second.segments.close();
  });

  it('passes over a torn line and never writes behind it', () => {
    const first = open().segments;
    first.append({ a: 1 });
    appendFileSync(path.join(directory, '00000001.jsonl'), '{"torn":"by ki');
    const second = open();
    expect(second).toMatchObject({ records: [{ a: 1 }], unreadable: 1 });
    second.segments.append({ b: 2 });
    expect(open().records).toEqual([{ a: 1 }, { b: 2 }]);
    first.close();
    second.segments.close();
  });

  it('begins a new file when one is large or old', () => {
    const { segments } = open();
    expect([segments.append({ text: 'x'.repeat(40) }), segments.append({})]).toEqual([1, 2]);
    now += 1001;
    expect(segments.append({})).toBe(3);
    segments.close();
  });

  it('drops the oldest when there is too much', () => {
    const { segments } = open();
    for (let index = 0; index < 4; index++) segments.append({ text: 'x'.repeat(40) });
    expect(segments.expire()).toEqual([1, 2]);
    expect(readdirSync(directory).sort()).toEqual(['00000003.jsonl', '00000004.jsonl']);
    segments.close();
  });

  it('drops what nobody has written to for long, also what is open', () => {
    const { segments } = open();
    segments.append({ a: 1 });
    now += 10_001;
    expect(segments.expire()).toEqual([1]);
    expect(readdirSync(directory)).toEqual([]);
    expect(segments.append({ b: 2 })).toBeGreaterThan(0);
    expect(open().records).toEqual([{ b: 2 }]);
    segments.close();
  });
});
