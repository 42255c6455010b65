import { parseLabelSelector } from './labelSelector';

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
  ])('%s: %s', (text, expected) => expect(parseLabelSelector(text)(labels)).toBe(expected));

  it.each<[string, string]>([
    ['==', "found '==', expected: !, identifier, or 'end of string'"],
    ['a=b,', "found '', expected: identifier after ','"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['a in b', "unable to parse requirement: found 'b', expected: '('"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['a(b', "unable to parse requirement: found '(', expected: in, notin, =, ==, !=, gt, lt"],
  ])('%s is refused', (text, message) => {
    expect(() => parseLabelSelector(text)).toThrow(message);
  });
});
