import { displayNameProblem, parseTenantFile } from '@internal/gitops';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { TenantInput } from '../input/tenantInput';
import { tenantFileText } from './tenantFileText';

const input: TenantInput = {
  name: 'tenant-c',
  displayName: 'Initech',
  owner: 'group:default/tenant-c-owners',
  tier: 'standard',
  version: 'sha-1a2b3c4',
  contact: 'platform@example.com',
  ring: 2,
  cluster: 'in-cluster',
};
const image = 'ghcr.io/acme/demo-api';

/** What readers of YAML 1.2 and 1.1 make of the file, and its number of lines. */
function readBack(changes: Partial<TenantInput>) {
  const text = tenantFileText({ ...input, ...changes }, image);
  return [
    parse(text, { version: '1.2' }),
    parse(text, { version: '1.1' }),
    text.split('\n').length,
  ];
}

function exactly(changes: Partial<TenantInput>) {
  const { version, cluster, ...tenant } = { ...input, ...changes };
  const expected = { tenant, image: { repository: image, tag: version } };
  return [expected, expected, 11];
}

describe('tenantFileText', () => {
  it('writes plain values plainly', () => {
    expect(tenantFileText(input, image)).toBe(
      [
        'tenant:',
        '  name: tenant-c',
        '  displayName: Initech',
        '  owner: group:default/tenant-c-owners',
        '  tier: standard',
        '  ring: 2',
        '  contact: platform@example.com',
        'image:',
        '  repository: ghcr.io/acme/demo-api',
        '  tag: sha-1a2b3c4',
        '',
      ].join('\n'),
    );
  });

  it.each([
    'yes',
    'No',
    'y',
    'on',
    'null',
    '~',
    '1',
    '1e5',
    '0x1f',
    '1:30',
    '2026-11-23',
    '.inf',
    '=',
    '<<',
    '-',
    '- a',
    '"quoted"',
    "it's",
    'a: b',
    'a # b',
    '#a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a`',
    '{a: b}',
    '[a]',
    '? a',
    ': a',
    '${{ parameters.name }}',
    '{{ .Values.tenant.name }}',
    '{% if x %}',
    '--- a',
    '... a',
    'a\\nb',
    '\\',
    '株式会社 😀',
    'a:',
    'Acme Corp: Ltd',
    'x'.repeat(80),
    `${'word '.repeat(15)}word`,
  ])('keeps the display name %j', displayName => {
    expect(readBack({ displayName })).toEqual(exactly({ displayName }));
  });

  it.each(['y', 'no', 'on', 'null', 'true', 'e1', 'e-1'])('keeps the name %j', name => {
    expect(readBack({ name })).toEqual(exactly({ name }));
  });

  it('keeps every name', () => {
    const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,4}[a-z0-9])?$/);
    fc.assert(
      fc.property(name, found => {
        const changes = { name: found, version: found };
        expect(readBack(changes)).toEqual(exactly(changes));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every display name that is accepted, and makes no other key of it', () => {
    const characters = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.string({ unit: fc.constantFrom(...'"\'`:#-?{}[]&*!|>%@,\\$~=< \n\tab1.'), maxLength: 80 }),
    );
    let accepted = 0;
    fc.assert(
      fc.property(characters, displayName => {
        if (displayNameProblem(displayName)) return;
        accepted += 1;
        expect(readBack({ displayName })).toEqual(exactly({ displayName }));
        const read = parseTenantFile(tenantFileText({ ...input, displayName }, image), input.name);
        expect(read).toMatchObject({ ok: true, file: { tenant: { displayName } } });
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });
});
