import { parseLabelSelector } from './parseLabelSelector';

const parse = (text: string) => parseLabelSelector(text, 'bytes');
const labels = { tenant: 'tenant-a', stage: 'test', ring: '1' };

describe('parseLabelSelector', () => {
  it.each<[string, boolean]>([
    ['', true],
    ['tenant=tenant-a', true],
    ['tenant==tenant-a,stage=test', true],
    ['tenant=tenant-b', false],
    ['tenant!=tenant-b', true],
    ['other!=x', true],
    ['stage in (test, live)', true],
    ['stage notin (test,live)', false],
    ['other notin (x)', true],
    ['tenant', true],
    ['other', false],
    ['!other', true],
    ['!tenant', false],
    ['ring>0', true],
    ['ring<1', false],
    ['other=', false],
    ['other in (,x)', false],
    ['stage in (,test)', true],
    ['example.com/team!=x', true],
  ])('%s: %s', (text, expected) => expect(parse(text)(labels)).toBe(expected));

  it.each<[string, string]>([
    ['==', "found '==', expected: !, identifier, or 'end of string'"],
    ['a=b,', "found '', expected: identifier after ','"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['a in b', "unable to parse requirement: found 'b', expected: '('"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a in (', "unable to parse requirement: found '', expected: ',', ')' or identifier"],
    ['a in (b,=)', "unable to parse requirement: found '=', expected: ',', or identifier"],
    ['a in ()', "unable to parse requirement: values: Invalid value: []: for 'in', 'notin'"],
    ['a=!b', "unable to parse requirement: found '!', expected: identifier"],
    ['a=b,,c', "found ',', expected: identifier after ','"],
    ['a>b', `unable to parse requirement: values[0]: Invalid value: "b": for 'Gt', 'Lt' operators`],
    ['-a', 'unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of'],
    [
      '/a',
      'unable to parse requirement: <nil>: Invalid value: "/a": prefix part must be non-empty',
    ],
    [
      'A/a',
      'unable to parse requirement: <nil>: Invalid value: "A/a": prefix part a lowercase RFC 1123',
    ],
    ['a/', 'unable to parse requirement: <nil>: Invalid value: "a/": name part must be non-empty'],
    [
      'a=-b',
      'unable to parse requirement: values[0][a]: Invalid value: "-b": a valid label must be an',
    ],
    [`a=${'x'.repeat(64)}`, 'must be no more than 63 bytes'],
    [`${'x'.repeat(64)}=a`, 'name part must be no more than 63 bytes'],
    ['a(b', "unable to parse requirement: found '(', expected: in, notin, =, ==, !=, gt, lt"],
  ])('%s is refused', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
