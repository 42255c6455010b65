import { createMockDirectory, mockServices } from '@backstage/backend-test-utils';
import { mayBeRead, parseLayouts, readGitopsConfig } from '@internal/gitops';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { KeptExamination } from './KeptExamination';
import { LayoutEntries } from './LayoutEntries';
import { LocatedVersions } from './LocatedVersions';

const settings: Record<string, string> = {
  'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform',
};
const gitops = readGitopsConfig({ getOptional: key => settings[key] });
const signal = new AbortController().signal;

const overlay = (tag: string) =>
  `resources: [../../base]\nimages: [{ name: acme/api, newTag: "${tag}" }]\n`;
const base = {
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: api, image: acme/api }] }\n',
};

/** Entries over contents in memory. */
function inMemory(
  layouts: object[] = [{ path: 'overlays/{tenant}' }],
  { keptAt, helm }: { keptAt?: string; helm?: string } = {},
) {
  const texts = new Map<string, string>();
  const asked: string[] = [];
  let examinations = 0;
  const parsed = parseLayouts({ layouts });
  const logger = mockServices.logger.mock();
  const kept = keptAt ? new KeptExamination(keptAt, gitops, parsed, logger) : undefined;
  const entries = new LayoutEntries({
    ...(kept
      ? {
          kept: {
            keep: (...args) => kept.keep(...args),
            async load(...args) {
              const found = await kept.load(...args);
              // What is known need not be examined.
              if (found) examinations -= 1;
              return found;
            },
          },
        }
      : {}),
    api: {
      async blobs(shas) {
        asked.push(...shas);
        return new Map(shas.map(sha => [sha, { text: texts.get(sha) ?? '' }]));
      },
    },
    gitops,
    layouts: parsed,
    versions: new LocatedVersions(),
    // It is asked for whenever a commit is examined as a whole.
    async findHelm() {
      examinations += 1;
      return helm;
    },
    logger,
  });
  let heads = 0;
  const take = async (files: Record<string, string>) => {
    const list = Object.entries(files).map(([path, text]) => {
      const sha = createHash('sha1').update(text).digest('hex');
      texts.set(sha, text);
      return { path, sha };
    });
    asked.splice(0);
    const survey = await entries.survey(list, signal);
    if (survey.misconfigured !== undefined) return { survey, changed: [], gone: [] };
    heads += 1;
    return { survey, ...(await entries.read(list, `head-${heads}`)) };
  };
  return { entries, take, asked, examinations: () => examinations, save: () => kept?.flush() };
}

const tenants = (count: number, tag: (index: number) => string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `overlays/t${index}/kustomization.yaml`,
      overlay(tag(index)),
    ]),
  );

it('asks for each content once, and examines no bump as a whole', async () => {
  const { entries, take, asked, examinations } = inMemory();
  await take({ ...base, ...tenants(50, () => '1.0.0') });
  expect([entries.all().length, examinations()]).toEqual([50, 1]);
  const { changed } = await take({
    ...base,
    ...tenants(50, index => (index < 3 ? '2.0.0' : '1.0.0')),
  });
  expect(changed.map(({ tenant, file }) => `${tenant} ${file?.image.tag}`)).toEqual([
    't0 2.0.0',
    't1 2.0.0',
    't2 2.0.0',
  ]);
  expect([asked.length, examinations()]).toEqual([1, 1]);
  await take({ ...base, ...tenants(51, () => '2.0.0') });
  expect([entries.all().length, examinations()]).toEqual([51, 2]);
});

it('keeps the entry, and the head at which it was first seen, of what is the same', async () => {
  const { entries, take } = inMemory();
  await take({ ...base, ...tenants(2, () => '1.0.0') });
  const [first, second] = entries.all();
  const { generation } = entries;
  await take({ ...base, ...tenants(3, index => (index === 1 ? '2.0.0' : '1.0.0')) });
  expect(entries.get('t0', 'api')).toBe(first);
  expect(entries.get('t1', 'api')).not.toBe(second);
  expect(entries.get('t1', 'api')?.head.head).toBe('head-2');
  expect(entries.generation).not.toBe(generation);
  const { gone } = await take({ ...base, ...tenants(1, () => '1.0.0') });
  expect(gone.map(({ tenant }) => tenant)).toEqual(['t1', 't2']);
});

it('does not take a commit in which the layouts match nothing', async () => {
  const { entries, take } = inMemory();
  await take({ ...base, ...tenants(1, () => '1.0.0') });
  const { survey } = await take({ 'a.yaml': 'b: c\n' });
  expect(survey.misconfigured).toMatch(
    /^tenantReleases.gitops.layouts match no release in 1 files/,
  );
  expect(entries.all()).toHaveLength(1);
  expect((await take({})).survey).toMatchObject({ note: 'There is no file yet on branch main.' });
});

it('refuses a repository that is too large, in words', async () => {
  const { entries } = inMemory();
  const files = Array.from({ length: 200_001 }, (_, index) => ({ path: `f${index}`, sha: 'x' }));
  expect((await entries.survey(files, signal)).misconfigured).toMatch(
    /^The repository holds 200,001 files/,
  );
});

it('reads no pictures, but what a layout names, whatever it is called', async () => {
  const { entries, take, asked } = inMemory([
    { path: 'tags/{environment}/{service}.md', versions: [{ locator: 'text:' }] },
  ]);
  await take({
    'logo.png': 'x',
    'README.md': 'y',
    'models/large.onnx': 'z',
    'tags/prod/api.md': 'v7\n',
  });
  expect(asked).toHaveLength(1);
  expect(entries.all()).toMatchObject([
    { tenant: 'prod', service: 'api', environment: 'prod', file: { image: { tag: 'v7' } } },
  ]);
});

it.each([
  ['overlays/a/kustomization.yaml', true],
  ['overlays/a/Kustomization', true],
  ['.argocd-source-a.yaml', true],
  ['charts/a/templates/_helpers.tpl', true],
  ['charts/a/.helmignore', true],
  ['VERSION', true],
  ['a.b/VERSION', true],
  ['media/a.bin', false],
  ['src/a.ts', false],
  ['dump.sql.gz', false],
])('of any layout, whether %s is read: %s', (path, isRead) => expect(mayBeRead(path)).toBe(isRead));

it('tells an environment and its clusters apart', async () => {
  const values = 'image: { repository: acme/api, tag: "1" }\n';
  const { entries, take } = inMemory([{ path: '{environment}/{cluster}/{tenant}.yaml' }]);
  await take({ 'prod/eu/acme.yaml': values, 'prod/us/acme.yaml': values });
  expect(entries.all().map(({ environment }) => environment)).toEqual(['prod/eu', 'prod/us']);
  expect(entries.get('acme', 'api', 'prod/us')?.path).toBe('prod/us/acme.yaml');
  expect(entries.get('acme', 'api')?.path).toBe('prod/eu/acme.yaml');
});

describe('with what an earlier start has kept', () => {
  const directory = createMockDirectory();
  const keptAt = () => join(directory.path, 'mirrors/read.json');
  const files = { ...base, ...tenants(3, index => `1.0.${index}`) };
  const layouts = [{ path: 'overlays/{tenant}' }];
  const begin = async (more: Parameters<typeof inMemory>[1] = {}, given: object[] = layouts) => {
    const portal = inMemory(given, { keptAt: keptAt(), ...more });
    const { survey } = await portal.take(files);
    return { ...portal, survey };
  };
  const told = ({ entries }: ReturnType<typeof inMemory>) => entries.all();
  beforeEach(() => directory.clear());

  it('examines nothing that it has examined before, and says the same of it', async () => {
    const first = await begin();
    await first.save();
    const second = await begin();
    expect([first.examinations(), second.examinations()]).toEqual([1, 0]);
    expect(JSON.stringify(told(second))).toBe(JSON.stringify(told(first)));
    expect(second.survey).toEqual(first.survey);
    // It goes on from there as from an examination of its own.
    const { changed } = await second.take({ ...files, ...tenants(1, () => '2.0.0') });
    expect(changed.map(({ file }) => file?.image.tag)).toEqual(['2.0.0']);
    expect(second.examinations()).toBe(0);
    await second.take({ ...files, ...tenants(4, () => '2.0.0') });
    expect(second.examinations()).toBe(1);
  });

  it('keeps a bump too', async () => {
    const first = await begin();
    await first.take({ ...files, ...tenants(1, () => '2.0.0') });
    await first.save();
    const second = inMemory(layouts, { keptAt: keptAt() });
    await second.take({ ...files, ...tenants(1, () => '2.0.0') });
    expect(second.examinations()).toBe(0);
    expect(told(second)[0].file?.image.tag).toBe('2.0.0');
  });

  it.each<[string, Parameters<typeof begin>]>([
    ['other layouts', [{}, [{ path: 'overlays/{tenant}', service: 'web' }]]],
    ['Helm, which was not there', [{ helm: '/usr/bin/helm' }]],
  ])('examines anew with %s', async (_, args) => {
    await (await begin()).save();
    expect((await begin(...args)).examinations()).toBe(1);
  });

  it('examines other files anew', async () => {
    await (await begin()).save();
    const other = inMemory(layouts, { keptAt: keptAt() });
    await other.take({ ...files, 'overlays/t0/kustomization.yaml': overlay('9.9.9') });
    expect(other.examinations()).toBe(1);
    expect(told(other)[0].file?.image.tag).toBe('9.9.9');
  });
});
