import fc from 'fast-check';
import { shorten, shortenError } from './shorten';

describe('shorten', () => {
  it.each([
    ['plain', 'plain'],
    ['two\nlines\tand  spaces ', 'two lines and spaces'],
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['left\u202eright', 'left right'],
    ['a\u200b\u200fb\u2066c\u2069', 'a b c'],
    ['\u001b[2J\u001b[1;1H\u001b[?25lcleared\u001b[K', 'cleared'],
    ['\u001b[38;5;1!pintermediate', 'intermediate'],
    ['\u001b]0;title\u0007text', ']0;title text'],
    ['a[1m stays', 'a[1m stays'],
    ['join\u2060er \u061cmark\u2028line\ufeff', 'join er mark line'],
    ['nul\u0000bell\u0007del\u007fc1\u009b', 'nul bell del c1'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(shorten(text)).toBe(expected);
  });

  it('cuts with a mark', () => {
    expect(shorten('abcdef', 4)).toBe('abc…');
    expect(shorten('abcd', 4)).toBe('abcd');
    // As the tenant file counts its 80 characters.
    expect(shorten('\u{1f600}'.repeat(80), 80)).toBe('\u{1f600}'.repeat(80));
    expect(shorten('\u{1f600}'.repeat(81), 80)).toBe(`${'\u{1f600}'.repeat(79)}…`);
    expect(shorten('ab  cdef', 4)).toBe('ab…');
    // What takes no room in the end may stand before what is shown, within reason.
    expect(shorten(`${'\u001b[0m'.repeat(7)}abcd`, 4)).toBe('abcd');
    expect(shorten('abcd'.padStart(32), 4)).toBe('abcd');
    expect(shorten('abcd'.padStart(33), 4)).toBe('abc…');
    expect(shorten('x'.repeat(300))).toBe(`${'x'.repeat(199)}…`);
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
          expect([...short].length).toBeLessThanOrEqual(length);
          expect(short).not.toMatch(/\p{Cs}/u);
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

  it.each([
    [
      "at 'https://a.example.com/x' (HTTP://b/y), <ftp://c> [git+ssh://d.e]",
      "at '[address]' ([address]), <[address]> [[address]]",
    ],
    ['key: value //not one, 1://nor this', 'key: value //not one, 1://nor this'],
    ['oci://registry/x\ntwo', '[address] two'],
    ['\u001b[31mhttps://10.0.0.1/x\u001b[0m', '[address]'],
    ['https:\u001b[1m//a.example.com', '[address]'],
    ['url_https://a.example.com', 'url_[address]'],
    ['dial tcp 10.96.0.1:443: i/o timeout', 'dial tcp [address]: i/o timeout'],
    ['dial tcp [fd00:10::1]: refused', 'dial tcp [address]: refused'],
    ['dial tcp [::1]:6443: refused', 'dial tcp [address]: refused'],
    ['lookup a on 10.96.0.10', 'lookup a on [address]'],
    ['helm 3.16.2 at 12:30: [1] of [2]', 'helm 3.16.2 at 12:30: [1] of [2]'],
    ['version 1.2.3 of 2026.11.23', 'version 1.2.3 of 2026.11.23'],
  ])('of %j leaves %j', (text, expected) => {
    expect(shortenError(text)).toBe(expected);
  });

  it.each([
    ['x failed exit status 1: gone', 'gone'],
    ['x failed exit status 128: Error: gone', 'gone'],
    ['line one\nx failed exit status 1: Error: gone', 'gone'],
    ['a failed exit status 1: b failed exit status 2: c', 'b failed exit status 2: c'],
    ['failed exit status 1: stays', 'failed exit status 1: stays'],
    ['x failed exit status: stays', 'x failed exit status: stays'],
  ])('of %j leaves the words of the command: %j', (text, expected) => {
    expect(shortenError(text)).toBe(expected);
  });

  it.each(['x', 'a.', '[:', '[a', ':/', '1.', ' failed', '\u001b['])(
    'does not take long for a text of %j',
    part => {
      const startedAt = performance.now();
      shortenError(part.repeat(200_000), 4_000);
      expect(performance.now() - startedAt).toBeLessThan(250);
    },
  );

  it('is bounded, also where an address is cut in two', () => {
    const text = `${'a '.repeat(90)}https://secret.example.com/${'x'.repeat(10_000)}`;
    expect(shortenError(text)).toBe(`${'a '.repeat(90)}[address]…`);
    expect(shortenError('x'.repeat(1_000_000))).toHaveLength(200);
    expect(shortenError('https://a/ b c', 5)).toBe('[add…');
  });
});
