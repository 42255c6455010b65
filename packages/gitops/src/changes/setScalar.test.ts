import fc from 'fast-check';
import { parse } from 'yaml';
import { setScalar } from './setScalar';

const file =
  '# A\ntenant:\n  name: acme # its name\n  tier: free\n  ring: 1\n  owner: "group:default/a"\nimage: {}\n';

it.each([
  ['tier', 'premium', '  tier: premium\n'],
  ['tier', 'yes', '  tier: "yes"\n'],
  ['name', 'Acme GmbH & Co. KG: north', '  name: "Acme GmbH & Co. KG: north" # its name\n'],
  ['name', 'Acme Corp', '  name: Acme Corp # its name\n'],
  ['name', 'ops@example.com', '  name: ops@example.com # its name\n'],
  ['name', 'group:default/b', '  name: group:default/b # its name\n'],
  ['name', 'a #b', '  name: "a #b" # its name\n'],
  ['owner', 'group:default/b', '  owner: "group:default/b"\n'],
])('writes %s: %s', (key, value, line) => {
  for (const end of ['\n', '\r\n']) {
    const text = file.replaceAll('\n', end);
    const changed = setScalar(text, ['tenant', key], value);
    const before = text.split(end);
    expect(changed.split(end).filter((one, index) => one !== before[index])).toEqual([
      line.trimEnd(),
    ]);
    expect(setScalar(changed, ['tenant', key], value)).toBe(changed);
  }
});

it('writes a number as one', () => {
  expect(setScalar(file, ['tenant', 'ring'], 0)).toBe(file.replace('ring: 1', 'ring: 0'));
  expect(setScalar(file.replace('ring: 1', 'ring: "1"'), ['tenant', 'ring'], 1)).toBe(file);
});

it.each([
  ['tenant:\n  tier: &t free\nother: *t\n', 'is the anchor &t of other values'],
  ['t: &t free\ntenant:\n  tier: *t\n', 'is an alias of &t: write the value out'],
  ['t: &t { tier: free }\ntenant:\n  <<: *t\n', 'it has no tenant.tier of its own'],
  ['tenant:\n  ring: 1\n', 'it has no tenant.tier'],
  ['tenant:\n  tier: >\n    free\n', 'goes over several lines'],
])('refuses %j', (text, why) => {
  expect(() => setScalar(text, ['tenant', 'tier'], 'premium')).toThrow(why);
});

it('changes one line, whatever the text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~äß株]{1,40}$/), value => {
      const changed = setScalar(file, ['tenant', 'tier'], value);
      expect(parse(changed)).toEqual({
        ...parse(file),
        tenant: { ...parse(file).tenant, tier: value },
      });
      expect(changed.replace(/ {2}tier: .*\n/, '')).toBe(file.replace(/ {2}tier: .*\n/, ''));
    }),
    { numRuns: 300 },
  );
});
