import { applicationSchema, type ArgocdSource } from './applicationSchema';
import { gitopsUse, sourcesOf } from './applicationSources';

const ours = 'https://git.example.com/acme/platform.git';
const other = 'https://git.example.com/acme/charts.git';
const isGitops = (address: string) => address === ours;
const file = 'gitops/tenants/tenant-a-values.yaml';

const applicationOf = (spec: object) =>
  applicationSchema.parse({ metadata: { name: 'tenant-a' }, spec });
const use = (...sources: object[]) => gitopsUse(applicationOf({ sources }), isGitops);
const single = (source: object, more: object = {}) =>
  gitopsUse(applicationOf({ source, ...more }), isGitops);
const helm = (...valueFiles: string[]) => ({ helm: { valueFiles } });
const chart = { repoURL: ours, path: 'charts/tenant', targetRevision: 'main' };

describe('sourcesOf', () => {
  const a: ArgocdSource = { repoURL: 'a' };
  it.each<[string, object, string[]]>([
    ['one source', { source: a }, ['a']],
    ['a list', { sources: [a, { repoURL: 'b' }] }, ['a', 'b']],
    ['a list before the single one', { source: a, sources: [{ repoURL: 'b' }] }, ['b']],
    ['an empty list', { source: a, sources: [] }, ['a']],
    ['null', { source: null, sources: null }, []],
    ['none', {}, []],
  ])('tells %s', (_, spec, expected) => {
    expect(sourcesOf(applicationOf(spec)).map(({ repoURL }) => repoURL)).toEqual(expected);
  });

  it('tells none of an Application without spec', () => {
    expect(sourcesOf(applicationSchema.parse({ metadata: { name: 'a' } }))).toEqual([]);
    expect(gitopsUse(applicationSchema.parse({ metadata: { name: 'a' } }), isGitops)).toBe(
      undefined,
    );
  });
});

describe('gitopsUse', () => {
  it.each<[string, string]>([
    ['from the root', `/${file}`],
    ['beside the chart', `../../${file}`],
    ['with a detour', `/x/../${file}`],
    ['above the root', `../../../../${file}`],
    ['with a dot', `/./${file}`],
  ])('finds a values file %s', (_, entry) => {
    expect(single({ ...chart, ...helm(entry) })).toMatchObject({
      files: [file],
      chart: 'charts/tenant',
      index: 0,
      isMulti: false,
      targetRevision: 'main',
    });
  });

  it('takes a file without slash for one beside the chart', () => {
    expect(single({ ...chart, ...helm('values.yaml') })?.files).toEqual([
      'charts/tenant/values.yaml',
    ]);
    expect(single({ repoURL: ours, ...helm('values.yaml') })?.files).toEqual(['values.yaml']);
  });

  it('tells each file once, in order', () => {
    const found = single({ ...chart, ...helm('/base.yaml', `/${file}`, '/base.yaml') });
    expect(found?.files).toEqual(['base.yaml', file]);
    expect(found).not.toHaveProperty('folder');
  });

  it.each<[string, object[], object]>([
    [
      'a chart of a registry with files by reference',
      [
        { repoURL: 'https://charts.example.com', chart: 'demo', ...helm(`$values/${file}`) },
        { repoURL: ours, targetRevision: 'release', ref: 'values' },
      ],
      { files: [file], index: 1, isMulti: true, targetRevision: 'release' },
    ],
    [
      'a chart of another repository with files by reference',
      [
        { repoURL: ours, ref: 'values' },
        {
          repoURL: other,
          path: 'demo',
          targetRevision: 'v1',
          ...helm(`$values/${file}`, 'x.yaml'),
        },
      ],
      { files: [file], index: 0, targetRevision: 'HEAD' },
    ],
    [
      'a reference from the root',
      [
        { repoURL: other, path: '.', ...helm(`$values//${file}`) },
        { repoURL: ours, ref: 'values' },
      ],
      { files: [file], index: 1 },
    ],
    [
      'a source of its own among others',
      [
        { repoURL: other, path: 'x' },
        { ...chart, ...helm(`/${file}`) },
      ],
      { files: [file], chart: 'charts/tenant', index: 1, targetRevision: 'main' },
    ],
    [
      'a folder among others',
      [
        { repoURL: other, path: 'x' },
        { repoURL: ours, path: './tenants/tenant-a/' },
      ],
      { files: [], folder: 'tenants/tenant-a', chart: 'tenants/tenant-a', index: 1 },
    ],
    [
      'a folder of a source that lends its files as well',
      [
        { repoURL: ours, path: 'tenants/tenant-a', ref: 'values' },
        { repoURL: other, path: 'x' },
      ],
      { files: [], folder: 'tenants/tenant-a', index: 0 },
    ],
    ['the root', [{ repoURL: ours, path: '.' }], { files: [], folder: '', chart: '', index: 0 }],
    [
      'a chart of ours whose files are elsewhere',
      [
        { ...chart, ...helm('$values/a.yaml') },
        { repoURL: other, ref: 'values' },
      ],
      { files: [], chart: 'charts/tenant', index: 0 },
    ],
  ])('tells %s', (_, sources, expected) => {
    expect(use(...sources)).toMatchObject(expected);
  });

  it('names no folder of a chart whose files are elsewhere', () => {
    const found = use({ ...chart, ...helm('https://example.com/v.yaml') });
    expect(found).toMatchObject({ files: [], chart: 'charts/tenant' });
    expect(found).not.toHaveProperty('folder');
  });

  it('names no chart that follows another revision than the files', () => {
    const found = use({ ...chart, ...helm(`$v/${file}`) }, { repoURL: ours, ref: 'v' });
    expect(found).toMatchObject({ files: [file], index: 1 });
    expect(found).not.toHaveProperty('chart');
    expect(found?.renderer.path).toBe('charts/tenant');
  });

  it.each<[string, object[]]>([
    ['another repository', [{ repoURL: other, path: 'x', ...helm(`/${file}`) }]],
    ['a chart of a registry of the same address', [{ repoURL: ours, chart: 'x', ...helm('a') }]],
    ['a source that nobody refers to', [{ repoURL: ours, ref: 'values' }]],
    ['a reference that nobody has', [{ repoURL: other, ...helm(`$x/${file}`) }]],
    ['a reference without path', [{ repoURL: other, ...helm('$values') }]],
    ['a source without address', [{ path: 'x', ...helm(`/${file}`) }]],
    ['no source', []],
  ])('takes nothing from %s', (_, sources) => {
    expect(use(...sources)).toBeUndefined();
  });

  it('fills in what Argo CD fills in', () => {
    const entry = '/$ARGOCD_APP_PROJECT_NAME/${ARGOCD_APP_NAMESPACE}/$ARGOCD_APP_NAME.yaml';
    const spec = { project: 'customers', destination: { namespace: 'ns' } };
    expect(single({ ...chart, ...helm(entry) }, spec)?.files).toEqual([
      'customers/ns/tenant-a.yaml',
    ]);
    expect(single({ ...chart, ...helm('/$ARGOCD_APP_REVISION.yaml') })?.files).toEqual([
      '$ARGOCD_APP_REVISION.yaml',
    ]);
    expect(single({ ...chart, ...helm('/$ARGOCD_APP_PROJECT_NAME.yaml') })?.files).toEqual([
      '$ARGOCD_APP_PROJECT_NAME.yaml',
    ]);
  });

  it('takes an empty target revision for HEAD', () => {
    expect(single({ repoURL: ours, path: 'x', targetRevision: '' })?.targetRevision).toBe('HEAD');
  });
});
