import { plainText } from './plainText';

describe('plainText', () => {
  it.each([
    ['GET /work 200', 'GET /work 200'],
    ['\u001b[31mred\u001b[0m and \u001b[1;32mgreen\u001b[m', 'red and green'],
    ['\u001b[2K\u001b[1Aover', 'over'],
    ['\u001b]8;;http://x.test\u0007link\u001b]8;;\u0007', 'link'],
    ['\u001b]0;title\u001b\\text', 'text'],
    ['bell\u0007 back\b null\u0000', 'bell back null'],
    ['one\ttwo\nthree', 'one\ttwo\nthree'],
    ['\u202Etxt.exe', 'txt.exe'],
    ['<b>not bold</b>', '<b>not bold</b>'],
    ['\u001b', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });
});
