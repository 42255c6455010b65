import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { repositoryRoot, tenantText } from '../__testUtils__/testTree';
import { compile } from '../tenantFile/tenantSchema';
import { checkApplications } from './checkApplications';
import { checkProject } from './checkProject';
import { checkTenantFile } from './checkTenantFile';
import { likeOthers } from './likeOthers';

const read = (file: string) => readFileSync(path.join(repositoryRoot, file), 'utf8');
const schema = compile(JSON.parse(read('charts/tenant/values.schema.json')));

const name = fc
  .stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/)
  .filter(text => !/^kube-|-fence$|^(default|argocd|observability|platform|root)$/.test(text));
const version = fc.stringMatching(/^sha-[0-9a-f]{7,40}$/);

/** A valid tenant. */
const valid = fc.record({
  tenant: fc.record(
    {
      name,
      displayName: fc.stringMatching(
        /^[A-Za-zÀ-ž0-9:#'"&*{}%@!|>-][A-Za-zÀ-ž0-9 :#'"&*{}%@!|>-]{0,40}[A-Za-z]$/,
      ),
      owner: name.map(text => `group:default/${text}`),
      tier: fc.constantFrom('free', 'standard', 'premium'),
      ring: fc.integer({ min: 0, max: 9 }),
      contact: name.map(text => `${text}@example.com`),
      hold: fc.record({
        version,
        reason: fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme-ascii' }),
        by: name.map(text => `user:default/${text}`),
        since: fc.constant('2026-11-23T10:00:00Z'),
      }),
    },
    { requiredKeys: ['name', 'displayName', 'owner', 'tier', 'ring', 'contact'] },
  ),
  image: fc.record({ repository: fc.constant('ghcr.io/acme/demo-api'), tag: version }),
});

/** How YAML writes text is not the matter here: quoted, no reader takes it for something else. */
function yaml(value: unknown): string {
  return stringify(value, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
  });
}

it('finds nothing in a random valid file', () => {
  fc.assert(
    fc.property(valid, value => {
      const { findings, file } = checkTenantFile('f', value.tenant.name, yaml(value), schema);
      expect(findings).toEqual([]);
      expect(file?.tenant.name).toBe(value.tenant.name);
    }),
    { numRuns: 300 },
  );
});

type Valid = typeof valid extends fc.Arbitrary<infer T> ? T : never;
type Mutation = [key: string, mutate: (value: Valid) => unknown];

/** Mistakes, each with the key that its message must name. */
const mistakes: Mutation[] = [
  [
    'tenant.name',
    value => ({ ...value, tenant: { ...value.tenant, name: `${value.tenant.name}-` } }),
  ],
  ['tenant.owner', value => ({ ...value, tenant: { ...value.tenant, owner: 'somebody' } })],
  ['tenant.tier', value => ({ ...value, tenant: { ...value.tenant, tier: 'gold' } })],
  [
    'tenant.ring',
    value => ({ ...value, tenant: { ...value.tenant, ring: value.tenant.ring + 10 } }),
  ],
  [
    'tenant.ring',
    value => ({ ...value, tenant: { ...value.tenant, ring: value.tenant.ring + 0.5 } }),
  ],
  [
    'tenant.ring',
    value => ({ ...value, tenant: { ...value.tenant, ring: String(value.tenant.ring) } }),
  ],
  [
    'tenant.contact',
    value => ({ ...value, tenant: { ...value.tenant, contact: 'a b@example.com' } }),
  ],
  [
    'tenant.displayName',
    value => ({ ...value, tenant: { ...value.tenant, displayName: 'x'.repeat(81) } }),
  ],
  ['tenant.displayName', value => ({ ...value, tenant: { ...value.tenant, displayName: 7 } })],
  ['tenant.displayName', value => ({ ...value, tenant: { ...value.tenant, displayName: 'a\nb' } })],
  ['tenant.nick', value => ({ ...value, tenant: { ...value.tenant, nick: 'x' } })],
  ['tenant', value => ({ ...value, tenant: [value.tenant] })],
  ['tenant', value => ({ image: value.image })],
  ['image', value => ({ tenant: value.tenant })],
  ['image.tag', value => ({ ...value, image: { repository: value.image.repository } })],
  ['image.tag', value => ({ ...value, image: { ...value.image, tag: 'latest' } })],
  ['image.tag', value => ({ ...value, image: { ...value.image, tag: 'a b' } })],
  ['image.tag', value => ({ ...value, image: { ...value.image, tag: null } })],
  ['image.repository', value => ({ ...value, image: { ...value.image, repository: '' } })],
  ['image.pull', value => ({ ...value, image: { ...value.image, pull: true } })],
  ['replicas', value => ({ ...value, replicas: -1 })],
  ['extra', value => ({ ...value, extra: { deep: [1, { a: 2 }] } })],
  ['tenant.hold', value => ({ ...value, tenant: { ...value.tenant, hold: true } })],
  [
    'tenant.hold.reason',
    value => ({
      ...value,
      tenant: {
        ...value.tenant,
        hold: { version: 'sha-1', by: 'x', since: '2026-11-23T10:00:00Z' },
      },
    }),
  ],
  [
    'tenant.hold.since',
    value => ({
      ...value,
      tenant: {
        ...value.tenant,
        hold: { version: 'sha-1', by: 'x', reason: 'x', since: 'yesterday' },
      },
    }),
  ],
  ...(['displayName', 'owner', 'tier', 'ring', 'contact', 'name'] as const).map(
    (key): Mutation => [
      `tenant.${key}`,
      value => ({
        ...value,
        tenant: Object.fromEntries(Object.entries(value.tenant).filter(([one]) => one !== key)),
      }),
    ],
  ),
];

it('names the key of a random mistake, with a line that is there and a cure', () => {
  fc.assert(
    fc.property(valid, fc.constantFrom(...mistakes), fc.boolean(), (value, [key, mutate], flow) => {
      const wrong = mutate(value);
      const text = flow ? `${JSON.stringify(wrong)}\n` : yaml(wrong);
      const { file, findings } = checkTenantFile('f', value.tenant.name, text, schema);
      expect(file).toBeUndefined();
      expect(findings.map(one => one.key)).toContain(key);
      for (const one of findings) {
        expect(one.cure).not.toBe('');
        expect(text.split('\n')[one.line - 1]?.length ?? -1).toBeGreaterThanOrEqual(one.column - 1);
      }
    }),
    { numRuns: 600 },
  );
});

it('neither breaks nor goes on for ever over random text', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '!x ',
    '? ',
    '| ',
    '> ',
    '#',
    ',',
    '\t',
    '---\n',
    '%',
    '`',
    '<<: ',
    'tenant:\n',
    'image:\n  tag: x\n',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(piece, { maxLength: 200 }).map(all => all.join('')),
      ),
      text => {
        const { findings, file } = checkTenantFile('f', 'tenant-a', text, schema);
        expect(file === undefined).toBe(findings.length > 0);
      },
    ),
    { numRuns: 1000 },
  );
});

describe('likeOthers', () => {
  const origin = { repoURL: 'https://github.com/acme/platform.git', targetRevision: 'main' };
  const application = read('gitops/apps/tenant-a.yaml');
  const project = read('gitops/projects/tenant-a.yaml');
  const known = likeOthers(
    (tenant, text) =>
      checkApplications('', tenant, text, origin).findings.length === 0 || undefined,
  );
  const cluster = { name: 'in-cluster' };
  const knownProject = likeOthers(
    (tenant, text) => checkProject('', tenant, text, origin, cluster).length === 0 || undefined,
  );

  const odd = fc.constantFrom(
    'main',
    'in',
    'charts',
    'tenant',
    'helm',
    'a',
    'role',
    'ole',
    'true',
    'no',
    'null',
    'spec',
    'acme',
    'resources',
    'apps',
    'argoproj',
  );
  const tenant = fc.oneof(name, odd);

  /** A word of the text becomes another word of it, or the tenant's name. */
  const mutated = (model: string) =>
    fc
      .tuple(tenant, fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 2 }))
      .map(([own, swaps]) => {
        let text = model.replaceAll('tenant-a', own);
        for (const [from, to, ownName] of swaps) {
          const words = [...text.matchAll(/[\w*-]+/g)];
          const word = words[from % words.length];
          const other = ownName ? own : words[to % words.length][0];
          text = `${text.slice(0, word.index)}${other}${text.slice(word.index + word[0].length)}`;
        }
        return { own, text };
      });

  it('takes nothing for good that is not, whatever a tenant is called', () => {
    fc.assert(
      fc.property(mutated(application), ({ own, text }) => {
        const { findings } = checkApplications('', own, text, origin);
        expect(known(own, text) ? findings : []).toEqual([]);
      }),
      { numRuns: 1500 },
    );
    fc.assert(
      fc.property(mutated(project), ({ own, text }) => {
        const findings = checkProject('', own, text, origin, cluster);
        expect(knownProject(own, text) ? findings : []).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('recognises the files of an ordinary tenant', () => {
    expect(known('tenant-q', application.replaceAll('tenant-a', 'tenant-q'))).toBe(true);
    expect(knownProject('tenant-q', project.replaceAll('tenant-a', 'tenant-q'))).toBe(true);
    expect(known('tenant-q', application)).toBeUndefined();
    expect(tenantText('tenant-q')).toContain('tenant-q');
  });
});
