import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  checkTree,
  memoryTree,
  parseOwnerGroup,
  parseTenantFile,
  readGitopsConfig,
} from '@internal/gitops';
import fc from 'fast-check';
import { repositoryRoot } from '../__testUtils__/helm';
import { checkTenantInput, type TenantInput } from '../input/tenantInput';
import { renderFiles } from './renderFiles';

jest.setTimeout(120_000);

/** What people, and those who wish a company ill, write into a field. */
const odd = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      'a',
      'latest',
      'yes',
      'null',
      '~',
      '1e5',
      '0x1f',
      '2026-11-23',
      '..',
      '../../x',
      'a/b',
      '.',
      '-',
      '=',
      '<<',
    ],
    ...[
      'a: b',
      'a # b',
      '"quoted"',
      "it's",
      '&a',
      '*a',
      '!!str a',
      '!a',
      '|',
      '>',
      '%YAML 1.1',
      '@a',
      '`a`',
      '{a: b}',
      '[a]',
      '? a',
    ],
    ...[
      '${{ x }}',
      '{{ .Values.x }}',
      '{% x %}',
      '---',
      '...',
      'a\nb: c',
      'a\r',
      'a\tb',
      '\u202eevil',
      '\u2028',
      '\u0085',
      '\ufeff',
      '\u200b',
    ],
    ...[
      '<script>alert(1)</script>',
      '[x](javascript:x)',
      '株式会社',
      'ﷺ',
      'e\u0301',
      '😀',
      '\ud800',
      '\ufffe',
      'K'.repeat(81),
      'x'.repeat(1_000_000),
    ],
    ...[
      'tenant-a',
      'TENANT-C',
      'kube-system',
      'platform',
      'x-fence',
      'on',
      'no',
      'tenant-c-owners',
      'platform-owners',
      'Group:default/a',
    ],
    ...[
      'user:default/ada',
      'group:default/a',
      'group:a/b/c',
      "o'brien@example.com",
      'ü@example.com',
      '"a b"@example.com',
      'a@b',
      'a@b.example',
    ],
    ...[
      'sha-1a2b3c4',
      'v1.2.3',
      '1.10',
      '1_000',
      '0777',
      '.a',
      'A'.repeat(128),
      'in-cluster',
      'a.b-c',
      'cluster.',
      '10',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 90 }),
  fc.string({ unit: 'grapheme', maxLength: 90 }),
);
const good = {
  name: 'tenant-c',
  displayName: 'Initech',
  owner: 'group:default/tenant-c-owners',
  tier: 'standard',
  version: 'sha-1a2b3c4',
  contact: 'platform@example.com',
  ring: 1,
  cluster: 'in-cluster',
};
const refs = fc.constantFrom(
  'user:default/ada',
  'user:default/Bo.B_x',
  'user:other/1',
  ...[1, 2].map(n => `user:default/u${n}`),
);

/** Good answers of which a few are odd, so that each field is tried with others that are right. */
const answers = fc
  .record({
    changes: fc.dictionary(
      fc.constantFrom(...Object.keys(good), 'groupName', 'groupTitle'),
      fc.oneof(
        { weight: 8, arbitrary: odd },
        { weight: 1, arbitrary: fc.constantFrom(undefined, 7, [], {}) },
      ),
      { maxKeys: 2 },
    ),
    group: fc.option(
      fc.record({
        groupName: fc.constantFrom(undefined, '', 'initech-owners', 'on-owners', '1-owners'),
        groupTitle: fc.oneof(fc.constant('Owners of Initech'), odd),
        groupMembers: fc.oneof(fc.uniqueArray(refs), fc.array(odd, { maxLength: 3 })),
      }),
      { nil: undefined },
    ),
  })
  .map(({ changes, group }) => ({
    ...good,
    ...(group ? { ownerGroup: 'new', ...group } : {}),
    ...changes,
  }));

/** Everything that the repository has, for the checks that look at more than one file. */
function treeOf(...folders: string[]): Record<string, string> {
  return Object.fromEntries(
    folders.flatMap(folder =>
      readdirSync(path.join(repositoryRoot, folder), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => {
          const file = path.join(entry.parentPath, entry.name);
          return [path.relative(repositoryRoot, file), readFileSync(file, 'utf8')];
        }),
    ),
  );
}

describe('what the form "New tenant" makes of its answers', () => {
  const gitops = readGitopsConfig({
    getOptional: key =>
      key.endsWith('.repository') ? 'https://github.com/acme/platform' : undefined,
  });
  const present = treeOf('gitops', 'charts/tenant');
  const skeleton = path.join(repositoryRoot, 'templates/new-tenant/skeleton');
  const fields = [...Object.keys(good), 'groupName', 'groupTitle', 'groupMembers'];

  const seen = { accepted: 0, groups: 0, refused: 0 };

  /** What is wrong with refusals: each is short, and begins with a field of the form. */
  function wrongRefusals(problems: readonly string[]): string[] {
    seen.refused += 1;
    return problems.filter(problem => {
      const [, field, words = ''] = /^(\w+): (.+)$/.exec(problem) ?? [];
      return !fields.includes(field) || words.length > 300;
    });
  }

  /** What the readers of an onboarding's files have against them. */
  async function wrongFiles(input: TenantInput): Promise<unknown[]> {
    seen.accepted += 1;
    const files = await renderFiles(input, gitops, skeleton, {
      name: 'demo-api',
      imageRepository: 'ghcr.io/acme/demo-api',
    });
    const texts = Object.fromEntries(files.map(file => [file.path, file.text]));
    const { name, displayName, owner, newGroup } = input;
    const read = parseTenantFile(texts[`gitops/tenants/${name}-values.yaml`], name);
    const wrong: unknown[] = Object.keys(texts).filter(
      file => !/^gitops\/[a-z]+\/[a-z][-a-z0-9]*\.yaml$/.test(file),
    );
    if (
      !read.ok ||
      read.file.tenant.displayName !== displayName ||
      read.file.tenant.owner !== owner
    )
      wrong.push(read);
    if (newGroup) {
      seen.groups += 1;
      const group = parseOwnerGroup(texts[`gitops/owners/${newGroup.name}.yaml`], newGroup.name);
      if (!group.ok || !isDeepStrictEqual(group.group, newGroup)) wrong.push(group);
    }
    const { findings } = await checkTree(memoryTree({ ...present, ...texts }), {
      at: new Date('2026-11-23T10:00:00Z'),
    });
    return [...wrong, ...findings.filter(({ file }) => file in texts)];
  }

  /** As the look at what there is leaves it: members of a group are refs of the catalog, and a name is nobody's yet. */
  function afterLookUp(input: TenantInput): TenantInput {
    const { newGroup } = input;
    const members = newGroup?.members.filter(member => /^user:\w+\/[\w.]+$/.test(member)) ?? [];
    const isTaken = present[`gitops/tenants/${input.name}-values.yaml`] !== undefined;
    return {
      ...input,
      ...(isTaken ? { name: 'tenant-z' } : {}),
      ...(newGroup ? { newGroup: { ...newGroup, members } } : {}),
    };
  }

  it('is accepted by the check and read by the catalog, or refused with its field', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async found => {
        const result = checkTenantInput(found);
        const wrong = result.ok
          ? await wrongFiles(afterLookUp(result.input))
          : wrongRefusals(result.problems);
        expect(wrong).toEqual([]);
      }),
      { numRuns: 400, seed: 10 },
    );
    expect(Object.values(seen).every(count => count > 40)).toBe(true);
  });
});
