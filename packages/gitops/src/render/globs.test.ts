import { globMatches } from './globs';

describe('globMatches', () => {
  it.each<[string, string, string, boolean]>([
    ['{apps/*.yaml,projects/*.yaml}', 'apps/tenant-a.yaml', '', true],
    ['{apps/*.yaml,projects/*.yaml}', 'tenants/tenant-a-values.yaml', '', false],
    ['*.yaml', 'deep/er/file.yaml', '', true],
    ['https://github.com/*', 'https://github.com/acme/platform', '/', false],
    ['https://github.com/*/*', 'https://github.com/acme/platform', '/', true],
    ['https://github.com/**', 'https://github.com/acme/platform', '/', true],
    ['tenant-?', 'tenant-a', '', true],
    ['tenant-[ab]', 'tenant-b', '', true],
    ['tenant-[!ab]', 'tenant-b', '', false],
    ['a.c', 'abc', '', false],
    ['a\\*', 'a*', '', true],
    ['a\\*', 'ab', '', false],
    ['{a', 'a', '', false],
    ['[a', 'a', '', false],
    ['', '', '', true],
  ])('%s against %s (separators "%s") is %s', (pattern, text, separators, expected) => {
    expect(globMatches(pattern, text, separators)).toBe(expected);
  });
});
