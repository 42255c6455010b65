import type { SourceReport } from '@internal/plugin-tenant-releases-common';
import { eventually } from './__testUtils__/eventually';
import { exampleAddress, LayoutPortal } from './__testUtils__/startLayoutPortal';

jest.setTimeout(60_000);

const values = (tag: string) => `image: { repository: acme/api, tag: "${tag}" }\n`;
const instance = 'app.kubernetes.io/instance';

/** What the page "Sources" tells who sets the portal up on a repository of their own. */
describe('the report of a repository read by layouts', () => {
  let portal: LayoutPortal;

  beforeEach(async () => {
    portal = await new LayoutPortal().open();
  });
  afterEach(() => portal.stop());

  const report = async (id: string): Promise<SourceReport> =>
    (await portal.get('/sources/report')).items.find((item: SourceReport) => item.id === id);
  const entries = async (source: string, more = '') =>
    (await portal.get(`/sources/entries?source=${source}${more}`)).items.map(
      ({ name, reason }: { name: string; reason: string }) => `${name}: ${reason}`,
    );

  function deploy(name: string, file: string, revision: string) {
    portal.upstreams.argocd.set(name, {
      revision,
      namespace: name,
      project: 'customers',
      spec: {
        project: 'customers',
        source: { repoURL: exampleAddress, path: 'chart', helm: { valueFiles: [`/${file}`] } },
        destination: { name: 'in-cluster', namespace: name },
      },
    });
  }

  it('says of a pattern that matches nothing what is there instead', async () => {
    const sha = portal.remote.commit({
      'customers/acme/values.yaml': values('1.0.0'),
      'customers/bravo/values.yaml': values('1.0.0'),
      'README.md': 'x',
    });
    await portal.start([{ preset: 'values-per-tenant' }]);
    expect(await eventually(async () => (await report('git')).error, 'misconfigured')).toBe(
      'misconfigured',
    );
    const { detail, cure, counts, git, leftOutCount } = await report('git');
    expect(detail).toContain('tenantReleases.gitops.layouts match no release in 3 files');
    // The detail says what to do.
    expect(cure).toBeUndefined();
    expect(counts[0]).toEqual({ what: 'Files in the newest commit', count: 3 });
    expect(git).toMatchObject({
      repository: 'acme/platform',
      branch: 'main',
      reader: 'mirror',
      refused: { sha, url: expect.stringMatching(`/acme/platform/commit/${sha}$`) },
    });
    expect(git).not.toHaveProperty('commit');
    expect(git?.layouts).toEqual([
      {
        key: 'tenantReleases.gitops.layouts[0]',
        pattern: 'tenants/{tenant}/values.yaml',
        files: 0,
        releases: 0,
        tenants: 0,
        closest: ['customers/acme/values.yaml'],
      },
    ]);
    expect(leftOutCount).toBe(1);
    expect(await entries('git')).toEqual([
      'tenants/{tenant}/values.yaml: Not matched: layouts[0] matches nothing: 0 of 2 files meet it.',
    ]);
  });

  it('counts what each layout claims, and keeps the counts when a version is bumped', async () => {
    const files = {
      't/acme.yaml': values('1.0.0'),
      't/bravo.yaml': 'image: { tags: 2 }\n',
      'envs/prod/cora.yaml': values('3.0.0'),
      'envs/stage/cora.yaml': values('3.1.0'),
    };
    portal.remote.commit(files);
    await portal.start([
      { path: 't/{tenant}.yaml', versions: [{ locator: 'yaml:image.tag' }] },
      { path: 'envs/{environment}/{tenant}.yaml', exclude: ['x'] },
    ]);
    const layouts = async () =>
      (await report('git')).git?.layouts.map(({ key: _, ...layout }) => layout);
    const wanted = [
      { pattern: 't/{tenant}.yaml', files: 2, releases: 1, tenants: 1 },
      { pattern: 'envs/{environment}/{tenant}.yaml', files: 2, releases: 2, tenants: 1 },
    ];
    expect(await eventually(layouts, wanted)).toEqual(wanted);
    expect(await entries('git')).toEqual([
      expect.stringMatching(/^t\/bravo\.yaml: Not matched: .*no version at yaml:image\.tag/),
    ]);
    const sha = portal.remote.commit({ 't/acme.yaml': values('1.1.0') });
    const head = async () => (await report('git')).git?.commit?.sha;
    expect(await eventually(head, sha)).toBe(sha);
    expect(await layouts()).toEqual(wanted);
    expect(await report('git')).toMatchObject({
      state: 'ok',
      counts: [
        { what: 'Files in the newest commit', count: 4 },
        { what: 'Releases', count: 3 },
        { what: 'Tenants', count: 2 },
      ],
    });
  });

  it('tells Applications and pods that no release has from those that one has', async () => {
    const revision = portal.remote.commit({
      't/acme.yaml': values('1.0.0'),
      'chart/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 0.1.0\n',
    });
    deploy('acme', 't/acme.yaml', revision);
    deploy('extra', 'extra.yaml', revision);
    portal.upstreams.argocd.set('other', {
      revision,
      spec: {
        source: { repoURL: 'https://git.example.com/acme/secret-plans', path: 'x' },
        destination: { name: 'in-cluster', namespace: 'other' },
      },
    });
    const run = (name: string, namespace: string, application: string) =>
      portal.upstreams.kubernetes.set(name, {
        tenant: '',
        version: '',
        namespace,
        labels: { [instance]: application },
        containers: [{ name: 'main', image: 'acme/api:1.0.0' }],
      });
    run('api-1', 'acme', 'acme');
    run('api-2', 'elsewhere', 'acme');
    await portal.start([{ path: 't/{tenant}.yaml' }]);
    const applications = async () => (await report('argocd:main')).counts.map(one => one.count);
    expect(await eventually(applications, [3, 1, 0, 1, 1])).toEqual([3, 1, 0, 1, 1]);
    expect(await entries('argocd:main', '&list=unused')).toEqual([
      expect.stringMatching(/^argocd\/extra: It renders extra\.yaml of the GitOps repository/),
      'argocd/other: It takes nothing from the GitOps repository.',
    ]);
    const pods = async () => (await report('kubernetes:in-cluster')).counts.map(one => one.count);
    expect(await eventually(pods, [2, 1, 1])).toEqual([2, 1, 1]);
    expect(await entries('kubernetes:in-cluster', '&list=unused')).toEqual([
      'elsewhere/api-2: No release has its namespace and labels.',
    ]);
    expect(JSON.stringify(await portal.get('/sources/report'))).not.toMatch(
      /127\.0\.0\.1:(?!\d+\/acme)/,
    );
    expect(
      JSON.stringify(await portal.get('/sources/entries?source=argocd:main&list=unused')),
    ).not.toContain('secret-plans');
  });
});
