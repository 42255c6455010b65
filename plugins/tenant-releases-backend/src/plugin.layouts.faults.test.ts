import { eventually } from './__testUtils__/eventually';
import { exampleAddress, exampleFiles, LayoutPortal } from './__testUtils__/startLayoutPortal';

jest.setTimeout(60_000);

const base = {
  'base/kustomization.yaml': 'resources: [api.yaml]\n',
  'base/api.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: api }\nspec: { containers: [{ name: api, image: acme/api }] }\n',
};
const overlay = (tag: string) =>
  `resources: [../../base]\nimages: [{ name: acme/api, newTag: "${tag}" }]\n`;
const overlays = { ...base, 'overlays/acme/kustomization.yaml': overlay('1.0.0') };
const layouts = [{ path: 'overlays/{tenant}' }];

describe('a repository read by layouts', () => {
  let portal: LayoutPortal;

  beforeEach(async () => {
    portal = await new LayoutPortal().open();
  });
  afterEach(() => portal.stop());

  const reasons = async () =>
    ((await portal.git()).leftOut ?? []).map(
      ({ name, reason }: { name: string; reason: string }) => `${name}: ${reason}`,
    );

  it('follows commits: a version, a new tenant, one that is gone', async () => {
    portal.remote.commit(overlays);
    await portal.start(layouts);
    expect(await eventually(() => portal.rows(), ['acme/api 1.0.0'])).toEqual(['acme/api 1.0.0']);
    portal.remote.commit({ 'overlays/acme/kustomization.yaml': overlay('1.1.0') });
    expect(await eventually(() => portal.rows(), ['acme/api 1.1.0'])).toEqual(['acme/api 1.1.0']);
    portal.remote.commit({ 'overlays/bravo/kustomization.yaml': overlay('2.0.0') });
    const both = ['acme/api 1.1.0', 'bravo/api 2.0.0'];
    expect(await eventually(() => portal.rows(), both)).toEqual(both);
    const { items } = await portal.get('/releases/acme/api/history');
    expect(items.map(({ version }: { version: string }) => version)).toEqual(['1.1.0', '1.0.0']);
    portal.remote.commit({ 'overlays/acme/kustomization.yaml': undefined });
    expect(await eventually(() => portal.rows(), both.slice(1))).toEqual(both.slice(1));
  });

  it('says at the source that layouts match nothing, and does not take such a commit later', async () => {
    portal.remote.commit(overlays);
    await portal.start([{ path: 'tenants/{tenant}/values.yaml' }]);
    const detail = async () => (await portal.git()).detail ?? '';
    const isTold = async () => /match no release in 3 files on branch main/.test(await detail());
    expect(await eventually(isTold, true)).toBe(true);
    expect(await detail()).toContain('tenants/{tenant}/values.yaml');
    expect(await portal.rows()).toEqual([]);
    const values = 'image: { repository: acme/api, tag: 1.0.0 }\n';
    portal.remote.commit({ 'tenants/acme/values.yaml': values });
    expect(await eventually(() => portal.rows(), ['acme/api 1.0.0'])).toEqual(['acme/api 1.0.0']);
    portal.remote.commit({ 'tenants/acme/values.yaml': undefined, 'x.yaml': 'a: b\n' });
    expect(await eventually(isTold, false)).toBe(false);
    const isRefused = async () => (await portal.git()).error;
    expect(await eventually(isRefused, 'misconfigured')).toBe('misconfigured');
    expect(await portal.rows()).toEqual(['acme/api 1.0.0']);
  });

  it('names a layout that matches nothing beside one that does, and a file that two claim', async () => {
    const bravo = { 'overlays/bravo/kustomization.yaml': overlay('2.0.0') };
    portal.remote.commit({ ...overlays, ...bravo });
    await portal.start([
      ...layouts,
      { path: '{environment}/bravo' },
      { path: 'clusters/{cluster}/{tenant}.yaml' },
    ]);
    expect(await eventually(() => portal.rows(), ['acme/api 1.0.0'])).toEqual(['acme/api 1.0.0']);
    expect(await reasons()).toEqual([
      'overlays/bravo/kustomization.yaml: Not matched: two layouts claim it: overlays/{tenant} and {environment}/bravo; exclude it from one.',
      'clusters/{cluster}/{tenant}.yaml: Not matched: layouts[2] matches nothing: 0 of 4 files meet it.',
    ]);
  });

  it('keeps a version that cannot be read any more, with the words', async () => {
    const file = (tag: string) => `image: { tag: ${tag} }\n`;
    const names = ['acme', 'bravo', 'cora'];
    portal.remote.commit(Object.fromEntries(names.map(name => [`t/${name}.yaml`, file('1.0.0')])));
    await portal.start([{ path: 't/{tenant}.yaml', versions: [{ locator: 'yaml:image.tag' }] }]);
    const rows = names.map(name => `${name}/app 1.0.0`);
    expect(await eventually(() => portal.rows(), rows)).toEqual(rows);
    portal.remote.commit({ 't/acme.yaml': 'image: { tags: 2 }\n', 't/bravo.yaml': file('1.10') });
    const told = async () => (await reasons()).length;
    expect(await eventually(told, 2)).toBe(2);
    expect(await reasons()).toEqual([
      expect.stringContaining('there is no version at yaml:image.tag'),
      expect.stringMatching(/^t\/bravo.yaml: .*1\.1/),
    ]);
    expect(await portal.rows()).toEqual(rows);
    const { reasons: why } = await portal.get('/releases/acme/app');
    expect(why.find(({ code }: { code: string }) => code === 'FILE_INVALID').text).toMatch(
      /no version at yaml:image.tag.* What is shown is the last content that could be read\.$/,
    );
  });

  it('names links, submodules and pointers of Git LFS in the place of a release', async () => {
    portal.remote.commit({
      ...overlays,
      'overlays/link': { link: '../../etc' },
      'overlays/module': { submodule: '1'.repeat(40) },
      't/lfs.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 7\n',
      'docs/link': { link: '../base' },
    });
    await portal.start([...layouts, { path: 't/{tenant}.yaml' }]);
    expect(await eventually(() => portal.rows(), ['acme/api 1.0.0'])).toEqual(['acme/api 1.0.0']);
    expect((await reasons()).sort()).toEqual([
      expect.stringMatching(/^overlays\/link: Not matched: it is a symbolic link: /),
      expect.stringMatching(/^overlays\/module: Not matched: it is a submodule, /),
      't/lfs.yaml: Not matched: it is a pointer of Git LFS: keep the text itself in Git.',
    ]);
  });

  it('shows what a switch of the repository holds, at the version that it has', async () => {
    const file = (tag: string, isOn: boolean) => `image_tag: ${tag}\nautomatic: ${isOn}\n`;
    portal.remote.commit({ 'e/prod/api': file('v1', false), 'e/dev/api': file('v2', true) });
    const keys = { hold: '!automatic' };
    await portal.start([{ path: 'e/{environment}/{service}', facts: { keys } }]);
    const holds = async () =>
      ((await portal.get('/releases')).items ?? []).map(({ tenant, hold }: any) => [tenant, hold]);
    const rows = (version: string) => [
      ['dev', undefined],
      ['prod', { version, reason: 'automatic is false' }],
    ];
    await eventually(async () => (await holds()).length, 2);
    expect(await holds()).toEqual(rows('v1'));
    portal.remote.commit({ 'e/prod/api': file('v3', false) });
    expect(await eventually(() => portal.rows(), ['dev/api/dev v2', 'prod/api/prod v3'])).toContain(
      'prod/api/prod v3',
    );
    expect(await holds()).toEqual(rows('v3'));
    const { reasons: why } = await portal.get('/releases/prod/api?environment=prod');
    expect(why).toContainEqual(
      expect.objectContaining({ code: 'HELD', text: 'Held at v3: automatic is false' }),
    );
  });

  it('takes no facts of a tenant that the registry names twice', async () => {
    const tenants =
      'acme: { owner: team-a }\nacme: { owner: team-b }\nbravo: { owner: team-b, displayName: Bravo Ltd, contact: "#bravo" }\n';
    const bravo = { 'overlays/bravo/kustomization.yaml': overlay('2.0.0') };
    portal.remote.commit({ ...overlays, ...bravo, 'tenants.yaml': tenants });
    await portal.start([{ ...layouts[0], facts: { registry: 'tenants.yaml' } }]);
    const facts = async () =>
      ((await portal.get('/releases')).items ?? []).map(
        ({ displayName, owner, tier, ring, contact }: any) => [
          displayName,
          owner,
          tier,
          ring,
          contact,
        ],
      );
    const wanted = [
      ['acme', '', 'unknown', -1, undefined],
      ['Bravo Ltd', 'group:default/team-b', 'unknown', -1, '#bravo'],
    ];
    expect(await eventually(facts, wanted)).toEqual(wanted);
    expect(await reasons()).toEqual([
      expect.stringContaining(
        'tenant acme: Not matched: tenants.yaml: the registry file names it 2 times',
      ),
    ]);
  });

  it('follows a branch that was set back, and shows the last state until then', async () => {
    const first = portal.remote.commit(overlays);
    portal.remote.commit({ 'overlays/acme/kustomization.yaml': overlay('1.1.0') });
    await portal.start(layouts);
    expect(await eventually(() => portal.rows(), ['acme/api 1.1.0'])).toEqual(['acme/api 1.1.0']);
    portal.remote.commit({ 'overlays/acme/kustomization.yaml': overlay('3.0.0') }, { from: first });
    expect(await eventually(() => portal.rows(), ['acme/api 3.0.0'])).toEqual(['acme/api 3.0.0']);
    portal.remote.git('update-ref', 'refs/heads/main', first);
    expect(await portal.rows()).toEqual(['acme/api 3.0.0']);
    expect(await eventually(() => portal.rows(), ['acme/api 1.0.0'], 20_000)).toEqual([
      'acme/api 1.0.0',
    ]);
  });

  it('tells tenants apart whose names Kubernetes would take for one', async () => {
    const file = 'image: { repository: acme/api, tag: 1.0.0 }\n';
    const names = ['acme-eu', 'Acme_EU', 'I00001', '4ever', 'platform', 'acme.com'];
    portal.remote.commit(Object.fromEntries(names.map(name => [`t/${name}.yaml`, file])));
    await portal.start([{ path: 't/{tenant}.yaml' }]);
    const rows = ['acme-com', 'acme-eu', 'i00001', 't-4ever'].map(name => `${name}/api 1.0.0`);
    expect(await eventually(() => portal.rows(), rows)).toEqual(rows);
    const { items } = await portal.get('/releases?tenant=acme-com');
    expect(items[0].displayName).toBe('acme.com');
    expect(await reasons()).toEqual([
      expect.stringContaining('"platform" is reserved for the platform'),
      expect.stringContaining('t/Acme_EU.yaml: Acme_EU/api and another have one name'),
    ]);
  });
});

describe('the configuration of layouts', () => {
  let portal: LayoutPortal;

  beforeEach(async () => {
    portal = await new LayoutPortal().open();
    portal.remote.commit(exampleFiles('kustomize-overlays'));
  });
  afterEach(() => portal.stop());

  it.each<[string, any, any, string]>([
    ['no list', { path: 'x' }, {}, 'tenantReleases.gitops.layouts'],
    ['nothing', [], {}, 'tenantReleases.gitops.layouts'],
    ['an unknown key', [{ paths: 'x' }], {}, 'tenantReleases.gitops.layouts[0] is wrong'],
    ['a pattern of no tenant', [{ path: 'x/*' }], {}, 'tenantReleases.gitops.layouts[0].path'],
    [
      'a locator that is none',
      [{ path: '{tenant}', versions: [{ locator: 'image.tag' }] }],
      {},
      'tenantReleases.gitops.layouts[0].versions[0].locator',
    ],
    [
      'a selector that is none',
      [{ path: '{tenant}', pods: { labelSelector: 'app in (a)' } }],
      {},
      'tenantReleases.gitops.layouts[0].pods.labelSelector',
    ],
    ['valuesPath beside it', layouts, { valuesPath: 't/{tenant}.yaml' }, 'gitops.valuesPath'],
    ['the API as reader', layouts, { reader: 'api' }, 'tenantReleases.gitops.reader is api'],
  ])('refuses to start with %s, and names the setting', async (_, given, more, message) => {
    await expect(portal.start(given, { aliases: [exampleAddress], ...more })).rejects.toThrow(
      message,
    );
  });
});
