import { readableBlock, readableLine } from './readableText';

describe('readableLine', () => {
  it.each([
    ['bump demo-api', 'bump demo-api'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['\u001b[31mred\u001b[0m alert', 'red alert'],
    ['one\r\ntwo\tthree', 'one two three'],
    ['\u202Egpj.exe', 'gpj.exe'],
    ['zero\u200bwidth', 'zerowidth'],
    ['j\u2060oin\u00aded \u061cone\u2028two\ufeff', 'joined onetwo'],
    ['\u{1f600}'.repeat(30), '\u{1f600}'.repeat(30)],
    ['\u{1f600}'.repeat(31), `${'\u{1f600}'.repeat(29)}…`],
    ['half \ud83d of one', 'half of one'],
    ['12345678901234567890123456789012345', '12345678901234567890123456789…'],
  ])('%j becomes %j', (text, expected) => {
    expect(readableLine(text, 30)).toBe(expected);
  });

  it('looks at no more of a megabyte than it can show', () => {
    const began = performance.now();
    expect(readableLine('\u001b[31mx '.repeat(200_000), 200).length).toBeLessThanOrEqual(200);
    expect(performance.now() - began).toBeLessThan(50);
  });
});

describe('readableBlock', () => {
  it('keeps lines and tabs', () => {
    expect(readableBlock('one\n\ttwo\u0007', 30)).toBe('one\n\ttwo');
  });

  it('is bounded', () => {
    expect(readableBlock('line\n'.repeat(300_000), 100)).toHaveLength(100);
  });
});
