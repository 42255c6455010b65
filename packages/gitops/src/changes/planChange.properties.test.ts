import { diffLines } from 'diff';
import fc from 'fast-check';
import { parse } from 'yaml';
import { memoryTree } from '../tree/memoryTree';
import { planChange } from './planChange';
import { readChangeRequest } from './readChangeRequest';

const policyPath = 'gitops/policy/releases.yaml';
const tenantPath = 'gitops/tenants/acme-values.yaml';
const at = new Date('2026-12-01T12:00:00Z');

const note = fc.oneof(
  fc.constant(''),
  fc.stringMatching(/^[ -~äß株]{0,12}$/).map(text => ` # ${text}`),
);
const quotes = fc.constantFrom(
  (text: string) => text,
  (text: string) => `"${text}"`,
  (text: string) => `'${text}'`,
);
const end = fc.constantFrom('\n', '\r\n');

/** Tenant files as people write them. */
const tenantFile = fc
  .record({
    note,
    quotes,
    end,
    indent: fc.constantFrom('  ', '    ', ' '),
    head: fc.constantFrom('', '---\n', '# head\n\n', '\ufeff'),
    order: fc.boolean(),
    more: fc.constantFrom(
      '',
      'shared: &s { a: 1 }\nenv: *s\n',
      'text: |\n  tag: sha-1\n  # no comment\n',
    ),
    isHeld: fc.boolean(),
    hasEnd: fc.boolean(),
  })
  .map(one => {
    const line = (key: string, value: string) => `${one.indent}${key}: ${value}${one.note}`;
    const hold = `{ version: sha-1, reason: old, by: "user:default/otto", since: 2026-11-01T00:00:00Z }`;
    const tenant = [
      `tenant:${one.note}`,
      line('name', 'acme'),
      line('displayName', one.quotes('Acme Corp')),
      line('owner', one.quotes('group:default/acme-owners')),
      ...(one.isHeld ? [line('hold', hold)] : []),
      line('tier', one.quotes('free')),
      line('ring', '1'),
      line('contact', one.quotes('ops@example.com')),
    ];
    const image = [
      `image:${one.note}`,
      line('repository', 'ghcr.io/acme/demo-api'),
      line('tag', one.quotes('sha-1')),
    ];
    const blocks = one.order ? [...tenant, '# between', ...image] : [...image, '', ...tenant];
    const text = `${one.head}${one.more}${blocks.join('\n')}${one.hasEnd ? '\n' : ''}`;
    return { text: text.replaceAll('\n', one.end), isHeld: one.isHeld };
  });

const policyFile = fc
  .record({
    note,
    end,
    bad: fc.constantFrom(
      '[]',
      '',
      '~',
      '\n- { version: sha-8, reason: x }',
      '\n  - version: sha-8 # x\n    reason: >-\n      x\n      y',
      '[{ version: sha-8, reason: x }]',
    ),
    freezes: fc.constantFrom(
      '[]',
      '',
      '\n  - all: true\n    from: 2026-01-01T00:00:00Z\n    until: 2026-01-02T00:00:00Z\n    reason: x',
    ),
  })
  .map(one =>
    `# Rules\nbadVersions:${one.bad.startsWith('\n') ? '' : ' '}${one.bad}\n# between${
      one.note
    }\nfreezes:${one.freezes.startsWith('\n') ? '' : ' '}${one.freezes}\n# end\n`.replaceAll(
      '\n',
      one.end,
    ),
  );

/** What a request does to a file, and that it does nothing the second time. */
async function changed(
  request: object,
  path: string,
  files: Record<string, string>,
): Promise<string> {
  const context = { by: 'user:default/ada', at, isBound: false };
  const { parts } = await planChange(memoryTree(files), readChangeRequest(request), context);
  const edits = parts.flatMap(part => part.edits);
  expect(edits.map(edit => edit.path)).toEqual([path]);
  const after = { ...files, [path]: edits[0].text };
  await expect(
    planChange(memoryTree(after), readChangeRequest(request), context),
  ).rejects.toMatchObject({ code: 'NOTHING_TO_CHANGE' });
  return edits[0].text;
}

/** Lines that are gone and new. */
function linesOf(before: string, after: string) {
  // A last line that gets an end is no other line.
  const parts = diffLines(before, after, { stripTrailingCr: false });
  const count = (isOf: (part: (typeof parts)[number]) => boolean) =>
    parts.filter(isOf).reduce((sum, part) => sum + part.value.trimEnd().split('\n').length, 0);
  return { gone: count(({ removed }) => removed), added: count(({ added }) => added) };
}

type Values = Record<string, Record<string, unknown>>;

const plain = (text: string) => parse(text.replace(/^\ufeff/, ''));

it.each<[string, object, (values: Values) => unknown]>([
  [
    'promote',
    { kind: 'promote', version: 'sha-2' },
    values => ({ ...values, image: { ...values.image, tag: 'sha-2' } }),
  ],
  [
    'set',
    { kind: 'set', set: { tier: 'premium' } },
    values => ({ ...values, tenant: { ...values.tenant, tier: 'premium' } }),
  ],
])('%s changes one line, whatever the file', async (_, request, expected) => {
  await fc.assert(
    fc.asyncProperty(tenantFile, async ({ text, isHeld }) => {
      fc.pre(!isHeld);
      const after = await changed(request, tenantPath, { [tenantPath]: text });
      expect(linesOf(text, after)).toEqual({ gone: 1, added: 1 });
      expect(plain(after)).toEqual(expected(plain(text)));
      expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
    }),
    { numRuns: 100 },
  );
});

it('rolls back and holds in six lines, and nothing else', async () => {
  const request = { kind: 'rollback', version: 'sha-0', reason: 'errors' };
  await fc.assert(
    fc.asyncProperty(tenantFile, async ({ text, isHeld }) => {
      const after = await changed(request, tenantPath, { [tenantPath]: text });
      const values = plain(text);
      expect(plain(after)).toEqual({
        ...values,
        image: { ...values.image, tag: 'sha-0' },
        tenant: {
          ...values.tenant,
          hold: {
            version: 'sha-0',
            reason: 'errors',
            by: 'user:default/ada',
            since: '2026-12-01T12:00:00Z',
          },
        },
      });
      const { added } = linesOf(text, after);
      expect(added).toBeLessThanOrEqual(7);
      const release = { kind: 'release-hold' };
      const released = await changed(release, tenantPath, { [tenantPath]: after });
      // But for the hold that was there, the file is again what it was with the other tag.
      const { hold: _, ...tenant } = values.tenant;
      expect(plain(released)).toEqual({
        ...values,
        tenant,
        image: { ...values.image, tag: 'sha-0' },
      });
      // The line with the tag, and those of a hold that was there, or a last line that had no end.
      const { gone } = linesOf(text, released);
      expect(gone - (isHeld ? 1 : 0) - (text.endsWith('\n') ? 0 : 1)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 100 },
  );
});

it('adds to the policy, and takes away again, whatever the file', async () => {
  await fc.assert(
    fc.asyncProperty(policyFile, tenantFile, async (text, { text: tenant }) => {
      const files = { [policyPath]: text, [tenantPath]: tenant };
      const bad = { kind: 'mark-bad', version: 'sha-9', reason: 'errors: "5 %"' };
      const marked = await changed(bad, policyPath, files);
      expect(plain(marked).badVersions.at(-1)).toMatchObject({ version: 'sha-9' });
      const cleared = await changed({ kind: 'clear-bad', version: 'sha-9' }, policyPath, {
        ...files,
        [policyPath]: marked,
      });
      expect(plain(cleared)).toEqual({
        ...plain(text),
        badVersions: plain(text).badVersions ?? [],
      });
      const freeze = {
        kind: 'freeze',
        tenants: ['acme'],
        until: '2026-12-24T00:00:00Z',
        reason: 'x',
      };
      const frozen = await changed(freeze, policyPath, files);
      const thawed = await changed({ kind: 'unfreeze', tenants: ['acme'] }, policyPath, {
        ...files,
        [policyPath]: frozen,
      });
      expect(plain(thawed)).toEqual({ ...plain(text), freezes: plain(text).freezes ?? [] });
      for (const after of [marked, cleared, frozen, thawed]) {
        // Every comment stays.
        for (const comment of text.match(/^#.*$/gm) ?? []) expect(after).toContain(comment);
        expect(/[^\r]\n/.test(after)).toBe(!text.includes('\r\n'));
      }
    }),
    { numRuns: 100 },
  );
});
