import { hideCiphertext } from './encrypted';
import { parseTenantFile } from './tenantFile';

const tenant = `tenant:
  name: tenant-a
  displayName: Acme Corp
  owner: group:default/tenant-a-owners
  tier: standard
  ring: 1
  contact: platform@example.com
`;
const file = (tag: string) =>
  `${tenant}image:\n  repository: ghcr.io/acme/demo-api\n  tag: ${tag}\n`;
const read = (text: string) => parseTenantFile(text, 'tenant-a');
const digest = `sha256:${'a'.repeat(64)}`;

describe('a tag that YAML takes for something else', () => {
  it.each([
    ['1.10', 'is 1.10, which YAML takes for a number (1.1): put it in quotes'],
    ['0362525', 'is 0362525, which YAML takes for a number (362525): put it in quotes'],
    ['123456e7', 'is 123456e7, which YAML takes for a number (1234560000000): put it in quotes'],
    ['20260626214519', 'is 20260626214519, which YAML takes for a number: put it in quotes'],
    ['1_000', 'is 1_000, which YAML takes for a number: put it in quotes'],
    ['2026-01-02', 'is 2026-01-02, which YAML takes for a date: put it in quotes'],
    ['null', 'is null, which YAML takes for nothing: put it in quotes'],
    ['~', 'is ~, which YAML takes for nothing: put it in quotes'],
    ['', 'is empty: write the text, in quotes'],
    ['yes', 'is yes, which YAML takes for true or false: put it in quotes'],
    ['True', 'is True, which YAML takes for true or false: put it in quotes'],
  ])('is refused with line and cure: %s', (tag, words) => {
    expect(read(file(tag))).toEqual({ ok: false, problems: [`line 10: image.tag: ${words}`] });
  });

  it.each(['"1.10"', "'20260626214519'", '"2026-01-02"', 'v1.10', '1.2.3', '!!str 1.10', 'e1'])(
    'is none when it is a text: %s',
    tag => {
      expect(read(file(tag))).toMatchObject({ ok: true });
    },
  );

  it('is found where it stands, though a merge key brings it in', () => {
    const text = `x-image: &image\n  tag: 1.10\n${tenant}image:\n  <<: *image\n  repository: r\n`;
    expect(read(text)).toEqual({
      ok: false,
      problems: [expect.stringMatching(/^line 2: image\.tag: is 1\.10, which YAML takes/)],
    });
  });

  it('is refused as the version of a hold, too', () => {
    const hold =
      '  hold: {version: 1.10, reason: r, by: user:default/ada, since: 2026-11-23T10:00:00Z}\n';
    expect(read(file('sha-1').replace('image:', `${hold}image:`))).toEqual({
      ok: false,
      problems: [expect.stringMatching(/^line 8: tenant\.hold\.version: is 1\.10, which YAML/)],
    });
  });
});

describe('a tag that no registry has', () => {
  it.each([
    [
      '"1.2.3+4"',
      'holds "\\+", which no image tag may hold .*: write "_" in its place, as Helm does$',
    ],
    [`"1.2.3@sha256:abc"`, 'holds "@" with what is no digest behind it: write sha256: and 64'],
    [`"@${digest}"`, 'must be an immutable image tag'],
    [`latest@${digest}`, 'must be an immutable image tag, not "latest"'],
  ])('is refused: %s', (tag, words) => {
    expect(read(file(tag))).toEqual({
      ok: false,
      problems: [expect.stringMatching(new RegExp(`^line 10: image\\.tag: ${words}`))],
    });
  });
});

describe('a digest', () => {
  it('stands beside the version, when Renovate has written it behind the tag', () => {
    expect(read(file(`"1.2.3@${digest}"`))).toMatchObject({
      ok: true,
      file: { image: { tag: '1.2.3', digest: `1.2.3@${digest}` } },
    });
  });

  it.each([digest, `sha-1@${digest}`])('stands beside the tag: %s', value => {
    const text = `${file('sha-1')}  digest: ${value}\n`;
    expect(read(text)).toMatchObject({
      ok: true,
      file: { image: { tag: 'sha-1', digest: value } },
    });
  });

  it.each([
    [`"1@${digest}"`, digest, 'stands beside image.tag with a digest of its own: keep one of them'],
    [
      'sha-2',
      `sha-1@${digest}`,
      'belongs to the tag sha-1, but image.tag is sha-2: set the digest of that tag or take the key away',
    ],
    ['sha-1', `"@${digest}"`, 'must be sha256: and 64 hexadecimal digits'],
    ['sha-1', `a@sha-1@${digest}`, 'must be sha256: and 64 hexadecimal digits'],
    ['sha-1', 'sha256:x', 'must be sha256: and 64 hexadecimal digits'],
    ['sha-1', '5', 'must be a text, but is a number: put it in quotes'],
  ])('is refused: %s beside %s', (tag, value, words) => {
    expect(read(`${file(tag)}  digest: ${value}\n`)).toEqual({
      ok: false,
      problems: [expect.stringContaining(`line 11: image.digest: ${words}`)],
    });
  });
});

describe('a digest that says nothing', () => {
  it.each(['', '""', "''", 'null', '~'])('is none, as to Helm: %j', value => {
    for (const [tag, image] of [
      ['sha-1', { repository: 'ghcr.io/acme/demo-api', tag: 'sha-1' }],
      [`"1@${digest}"`, { repository: 'ghcr.io/acme/demo-api', tag: '1', digest: `1@${digest}` }],
    ] as const) {
      const result = read(`${file(tag)}  digest: ${value}\n`);
      expect(result.ok && result.file.image).toStrictEqual(image);
    }
  });
});

describe('a file in another form', () => {
  const inFull = { ok: true, file: { tenant: { name: 'tenant-a' }, image: { tag: 'sha-1' } } };

  it.each([
    ['a byte order mark', `\ufeff${file('sha-1')}`],
    ['line ends of Windows', file('sha-1').replaceAll('\n', '\r\n')],
    ['both', `\ufeff${file('sha-1').replaceAll('\n', '\r\n')}`],
    ['a separator before', `---\n${file('sha-1')}`],
    ['comments before the separator', `# c\n\n--- # d\n${file('sha-1')}`],
    ['a separator behind', `${file('sha-1')}---\n`],
    ['an end', `${file('sha-1')}...\n`],
    ['a document without content behind', `${file('sha-1')}---\n# nothing\n`],
    [
      'a merge key',
      `x: &i\n  repository: r\n  tag: other\n${tenant}image:\n  <<: *i\n  tag: sha-1\n`,
    ],
    [
      'a list of them',
      `x: &i {repository: r}\nz: &j {tag: sha-1}\n${tenant}image:\n  <<: [*i, *j]\n`,
    ],
    ['an alias of the whole block', `x: &i {repository: r, tag: sha-1}\n${tenant}image: *i\n`],
    ['many aliases of a text', `x: &v s\nl: [${'*v, '.repeat(200)}]\n${file('sha-1')}`],
  ])('is read: %s', (_, text) => {
    expect(read(text)).toMatchObject(inFull);
  });

  it.each([
    [
      'two documents',
      `${file('sha-1')}---\na: 1\n`,
      /^line 11: file: holds more than one document/,
    ],
    ['none before it', `---\n---\n${file('sha-1')}`, /begins with a document without content/],
    ['a byte order mark within', file('\ufeffsha-1'), /^line 10: .*U\+FEFF/],
    [
      'a key that Helm takes for true',
      `${file('sha-1')}y: 1\n`,
      /^line 11: y: is another key to Helm/,
    ],
    [
      'a merge key without a block',
      `${file('sha-1')}<<: 5\n`,
      /^line 11: <<: merges what is no block/,
    ],
    [
      'a bomb',
      `a: &a [${'x, '.repeat(99)}]\nb: &b [${'*a, '.repeat(99)}]\n${file('sha-1')}`,
      /^line 2: b: is an alias with which the file grows/,
    ],
    ['an alias of itself', `${file('sha-1')}a: &a {b: *a}\n`, /is an alias of what it stands in/],
  ])('is refused: %s', (_, text, words) => {
    expect(read(text)).toEqual({ ok: false, problems: [expect.stringMatching(words)] });
  });

  it('is measured in bytes, to a size that is configured', () => {
    const text = `${file('sha-1')}# ${'ü'.repeat(400)}\n`;
    const bytes = new TextEncoder().encode(text).length;
    expect(parseTenantFile(text, 'tenant-a', { maxBytes: bytes })).toMatchObject({ ok: true });
    expect(parseTenantFile(text, 'tenant-a', { maxBytes: 1024 })).toMatchObject({ ok: true });
    expect(parseTenantFile(text, 'tenant-a', { maxBytes: bytes - 1 })).toEqual({
      ok: false,
      problems: [
        expect.stringMatching(/^file: is larger than .*: .* raise tenantReleases\.gitops/),
      ],
    });
  });
});

describe('what sops has encrypted', () => {
  const cipher = (data: string) => `ENC[AES256_GCM,data:${data},iv:aXY=,tag:dGFn,type:str]`;
  const part = (password: string, mac = 'bWFj') =>
    `${file('sha-1')}secrets:\n  password: ${cipher(password)}\n  plain: x\nsops:\n  mac: ${cipher(
      mac,
    )}\n  age:\n    - recipient: age1qqq\n      enc: |\n        -----BEGIN AGE ENCRYPTED FILE-----\n        YWdlLWVuY3J5cHRpb24=\n  version: 3.9.0\n`;
  const secret = /data:|BEGIN AGE|age1qqq|YWdl|3\.9\.0/;

  it('in part is read, and nothing of it is handed on', () => {
    const result = read(part('c2VjcmV0'));
    expect(result).toMatchObject({
      ok: true,
      file: { image: { tag: 'sha-1' }, secrets: { password: '(encrypted)', plain: 'x' } },
    });
    expect(JSON.stringify(result)).not.toMatch(secret);
  });

  it('as a whole is refused, the version first', () => {
    const whole = file('sha-1').replace(
      /^( {2}\w+: )(.+)$/gm,
      (_, key: string, value: string) => `${key}${cipher(value)}`,
    );
    const result = read(whole);
    expect(result).toMatchObject({
      ok: false,
      problems: [
        expect.stringMatching(
          /^line 10: image\.tag: is encrypted with sops; leave image\.tag in clear \(encrypted_regex\)/,
        ),
        expect.stringMatching(/^line 9: image\.repository: is encrypted with sops/),
        ...Array(6).fill(expect.stringMatching(/^line \d: tenant\.\w+: is encrypted with sops/)),
      ],
    });
    expect(JSON.stringify(result)).not.toMatch(secret);
  });

  it.each([
    `{"data": "${cipher('eA==')}", "sops": {"mac": "${cipher('eA==')}", "version": "3.9.0"}}`,
    `data: ${cipher('eA==')}\nsops:\n  version: 3.9.0\n`,
  ])('as one text is refused in words of its own', text => {
    expect(read(text)).toEqual({
      ok: false,
      problems: [
        'file: is encrypted with sops as a whole: leave tenant and image in clear (encrypted_regex), and encrypt the file anew as YAML',
      ],
    });
  });

  it.each([
    ['JSON', `{"image": {"tag": "sha-1"}, "sops": {"mac": "${cipher('eA==')}", "v": "3.9.0"}}`],
    ['what is no YAML', `a: [\nsops:\n    mac: ${cipher('eA==')}\n    version: 3.9.0\n`],
    ['a comment', `#${cipher('eA==')}\na: 1\n`],
    ['line ends of Windows', part('eA==').replaceAll('\n', '\r\n')],
  ])('is hidden in the text of %s', (_, text) => {
    expect(hideCiphertext(text)).not.toMatch(secret);
  });

  it('leaves other texts as they are', () => {
    expect(hideCiphertext(file('sha-1'))).toBe(file('sha-1'));
  });
});
