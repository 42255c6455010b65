import { createLine } from '../testing/fixtures';
import { logKeys } from './logKeys';

describe('logKeys', () => {
  it('stay the same when newer lines come in, also of equal lines', () => {
    const lines = [createLine(), createLine(), createLine({ message: 'other' })];
    const before = logKeys(lines);
    expect(new Set(before).size).toBe(3);
    expect(logKeys([createLine(), createLine({ time: 'later' }), ...lines]).slice(2)).toEqual(
      before,
    );
  });
});
