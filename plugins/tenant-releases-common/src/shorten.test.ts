import fc from 'fast-check';
import { shorten, shortenError } from './shorten';

describe('shorten', () => {
  it.each([
    ['plain', 'plain'],
    ['two\nlines\tand  spaces ', 'two lines and spaces'],
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['left\u202eright', 'left right'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(shorten(text)).toBe(expected);
  });

  it('cuts with a mark', () => {
    expect(shorten('abcdef', 4)).toBe('abc…');
    expect(shorten('abcd', 4)).toBe('abcd');
    expect(shorten('x'.repeat(1_000_000), 200)).toHaveLength(200);
  });

  it('never answers control characters or more than was asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 1, max: 50 }),
        (text, length) => {
          const short = shorten(text, length);
          expect(short).not.toMatch(/\p{Cc}/u);
          expect(short.length).toBeLessThanOrEqual(length);
        },
      ),
    );
  });
});

describe('shortenError', () => {
  it('begins with what the failed command said', () => {
    const text =
      'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ' +
      'failed to execute helm template command: `helm template . --name-template tenant-a --values /tmp/values.yaml` ' +
      "failed exit status 1: Error: values don't meet the specifications of the schema(s): at '/image/tag': 'not' failed";
    expect(shortenError(text)).toBe(
      "values don't meet the specifications of the schema(s): at '/image/tag': 'not' failed",
    );
  });

  it('leaves out addresses', () => {
    const text = 'Get "https://10.0.0.1:6443/api?token=abc": dial tcp; see git://host/x.';
    expect(shortenError(text)).toBe('Get "[address]": dial tcp; see [address]');
  });
});
