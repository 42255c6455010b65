import { toCsv } from './csv';

describe('toCsv', () => {
  it('ends each line with CRLF and leaves plain cells as they are', () => {
    expect(
      toCsv([
        ['tenant', 'ring'],
        ['acme', 1],
        ['globex', undefined],
      ]),
    ).toBe('tenant,ring\r\nacme,1\r\nglobex,\r\n');
    expect(toCsv([])).toBe('');
  });

  it.each([
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['one\ntwo', '"one\ntwo"'],
    ['one\r\ntwo', '"one\r\ntwo"'],
    ['Zürich 東京', 'Zürich 東京'],
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+49', "'+49"],
    ['-2', "'-2"],
    ['\tx', "'\tx"],
    ['=HYPERLINK("https://evil.test","x")', `"'=HYPERLINK(""https://evil.test"",""x"")"`],
    ['a=b', 'a=b'],
  ])('%j: %s', (cell, expected) => {
    expect(toCsv([[cell]])).toBe(`${expected}\r\n`);
  });

  it('writes negative numbers as numbers', () => {
    expect(toCsv([[-2]])).toBe('-2\r\n');
  });
});
