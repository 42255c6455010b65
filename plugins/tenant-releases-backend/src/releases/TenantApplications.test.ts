import { ConfigReader } from '@backstage/config';
import { readGitopsConfig } from '@internal/gitops';
import type { DesiredEntry } from '../desired/DesiredEntries';
import { applicationSchema } from '../sync/applicationSchema';
import { groupsFor, groupsOf } from '../sync/applicationGroups';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import { toRecord } from '../sync/toRecord';
import type { ApplicationExpectations } from './applicationExpectations';
import { TenantApplications } from './TenantApplications';

const repoURL = 'https://git.example.com/acme/platform';
const fileOf = (tenant: string) => `gitops/tenants/${tenant}-values.yaml`;

interface Parts {
  instance?: string;
  name?: string;
  namespace?: string;
  project?: string | null;
  to?: string | null;
  labels?: object;
  files?: string[];
  folder?: string;
  repository?: string;
  metadata?: object;
  spec?: object;
  status?: object;
}

/** An Application of tenant-a, with what is said of it replaced. */
function record({
  instance = 'main',
  name = 'tenant-a',
  namespace = 'argocd',
  project = 'tenant-a',
  to = 'tenant-a',
  labels = {},
  files,
  folder = 'charts/tenant',
  repository = repoURL,
  metadata = {},
  spec = {},
  status,
}: Parts = {}): ApplicationRecord {
  const application = applicationSchema.parse({
    metadata: { name, namespace, labels, ...metadata },
    spec: {
      ...(project === null ? {} : { project }),
      source: {
        repoURL: repository,
        path: folder,
        helm: { valueFiles: (files ?? [fileOf('tenant-a')]).map(file => `/${file}`) },
      },
      destination: to === null ? {} : { namespace: to },
      ...spec,
    },
    status,
  });
  const options = {
    instance,
    isGitops: (address: string) => address === repoURL,
    tenantOfFile: () => undefined,
  };
  return toRecord(options, { application, unreadable: [] }, true);
}

function entryOf(tenant: string, path = fileOf(tenant), service = 'demo-api'): DesiredEntry {
  return { tenant, service, path, problems: [], head: {} as DesiredEntry['head'] };
}

const a = entryOf('tenant-a');
const b = entryOf('tenant-b');

interface Fleet {
  records: ApplicationRecord[];
  entries?: DesiredEntry[];
  expectations?: ApplicationExpectations;
  valuesPath?: string;
}

function applicationsOf({ records, entries = [a, b], expectations, valuesPath }: Fleet) {
  const gitops = readGitopsConfig(
    new ConfigReader({
      integrations: { github: [{ host: 'git.example.com', apiBaseUrl: 'https://x', token: 'x' }] },
      tenantReleases: { gitops: { repository: repoURL, ...(valuesPath ? { valuesPath } : {}) } },
    }),
  );
  return new TenantApplications({
    desired: {
      entries: () => entries,
      ofTenant: tenant => entries.filter(entry => entry.tenant === tenant),
      generation: entries,
    },
    sync: {
      candidates(tenant, path) {
        const groups = groupsFor(tenant, path);
        return records.filter(each => groupsOf(each).some(group => groups.includes(group)));
      },
    },
    gitops,
    expectations: expectations ?? { projects: ['{tenant}'], namespaces: ['{tenant}'] },
  });
}

const project = 'it is in a project that is not the tenant’s (tenantReleases.applications.project)';
const namespace =
  'it deploys to a namespace that is not the tenant’s (tenantReleases.applications.namespace)';
const unread = 'it does not read the tenant file';

describe('TenantApplications', () => {
  it('finds the one that agrees in project, destination and file, whatever its name is', () => {
    for (const name of ['tenant-a', 'demo-api-of-a', 'tenant-b']) {
      const own = record({ name, namespace: 'apps', instance: 'second' });
      expect(applicationsOf({ records: [own] }).find(a)).toEqual({
        application: own,
        mismatches: [],
      });
    }
  });

  it('finds none where there is none', () => {
    const found = applicationsOf({ records: [] });
    expect(found.find(a)).toEqual({ mismatches: [] });
    expect(found.leftOut()).toEqual(new Map());
  });

  it.each<[string, Parts, string[]]>([
    ['of another project', { project: 'tenant-b' }, [project]],
    ['of the default project', { project: null }, [project]],
    ['to another namespace', { to: 'tenant-b' }, [namespace]],
    ['to no namespace', { to: null }, [namespace]],
    ['that reads another file', { files: ['gitops/other.yaml'] }, [unread]],
    ['that reads the file of another tenant', { files: [fileOf('tenant-b')] }, [unread]],
    [
      'that reads the file of another tenant as well',
      { files: [fileOf('tenant-a'), fileOf('tenant-b')] },
      ['it reads the file of another tenant as well'],
    ],
    [
      'of another repository',
      { repository: 'https://git.example.com/x/y' },
      ['it takes nothing from the GitOps repository'],
    ],
    [
      'of which nothing fits',
      { project: 'x', to: 'y', files: ['z.yaml'] },
      [unread, project, namespace],
    ],
  ])('does not count an Application of that name %s', (_, parts, mismatches) => {
    const found = applicationsOf({ records: [record(parts)] });
    expect(found.find(a)).toEqual({ mismatches });
    const [told] = found.leftOut().get('argocd:main')!;
    expect(told).toMatchObject({ kind: 'application', name: 'argocd/tenant-a' });
    expect(told.reason).toContain(mismatches.join(', '));
  });

  it('says for the platform group where it is, what for, and why it is not counted', () => {
    const odd = record({ project: null, to: null, namespace: 'apps', instance: 'second' });
    expect(applicationsOf({ records: [odd] }).leftOut()).toEqual(
      new Map([
        [
          'argocd:second',
          [
            {
              kind: 'application',
              name: 'apps/tenant-a',
              reason: `Not counted for tenant-a (${fileOf(
                'tenant-a',
              )}): ${project}, ${namespace}. Its project is default, its destination namespace not set.`,
            },
          ],
        ],
      ]),
    );
  });

  it('reads a file that both tenants share, which is no tenant’s', () => {
    const own = record({ files: ['gitops/base.yaml', fileOf('tenant-a'), fileOf('gone')] });
    expect(applicationsOf({ records: [own] }).find(a).application).toBe(own);
  });

  describe('with the same name', () => {
    const copy = record({ namespace: 'tenant-a-apps', to: 'scratch' });
    const own = record();

    it.each([[[own, copy]], [[copy, own]]])('takes the one that is the tenant’s', records => {
      const found = applicationsOf({ records });
      expect(found.find(a)).toEqual({ application: own, mismatches: [] });
      expect(
        found
          .leftOut()
          .get('argocd:main')
          ?.map(({ name }) => name),
      ).toEqual(['tenant-a-apps/tenant-a']);
    });

    it('says when two are the tenant’s, and keeps to the first', () => {
      const second = record({ instance: 'second' });
      const found = applicationsOf({ records: [own, second] });
      expect(found.find(a)).toEqual({ application: own, isAmbiguous: true, mismatches: [] });
      const [told] = found.leftOut().get('argocd:second')!;
      expect(told.reason).toContain(
        'another Application, which comes first, deploys the same tenant',
      );
      expect(found.leftOut().has('argocd:main')).toBe(false);
    });
  });

  describe('of which one deploys', () => {
    const status = { sync: { status: 'Synced' }, operationState: { phase: 'Succeeded' } };
    const own = record({ name: 'z', status });
    const alone = { application: own, mismatches: [] };
    const refusal =
      "application 'tenant-a' in namespace 'apps' is not allowed to use project tenant-a";
    const refused = (type = 'InvalidSpecError') => ({
      conditions: [
        { type: 'OrphanedResourceWarning', message: 'x' },
        { type, message: refusal },
      ],
    });

    it('leaves out one that Argo CD refuses its project, and says so', () => {
      const other = record({ namespace: 'apps', status: { ...status, ...refused() } });
      const found = applicationsOf({ records: [other, own] });
      expect(found.find(a)).toEqual(alone);
      expect(found.leftOut().get('argocd:main')).toMatchObject([
        {
          name: 'apps/tenant-a',
          reason: expect.stringContaining('Argo CD does not let it use its project'),
        },
      ]);
      expect(applicationsOf({ records: [other] }).find(a)).toEqual({
        mismatches: ['Argo CD does not let it use its project'],
      });
    });

    it('takes no other condition for a refusal', () => {
      const other = record({ status: { ...status, ...refused('SyncError') } });
      expect(applicationsOf({ records: [other] }).find(a).application).toBe(other);
    });

    it.each<[string, Parts]>([
      ['nothing is told', {}],
      ['nobody can tell whether it is in sync', { status: { sync: { status: 'Unknown' } } }],
    ])('is not unsettled by another one of which %s', (_, parts) => {
      const other = record(parts);
      expect(applicationsOf({ records: [other, own] }).find(a)).toEqual(alone);
    });

    it.each<[string, Parts]>([
      ['has never been synced', { status: { sync: { status: 'OutOfSync' } } }],
      ['is being deleted', { status, metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }],
    ])('comes before another one that %s', (_, parts) => {
      const other = record(parts);
      expect(applicationsOf({ records: [other, own] }).find(a)).toEqual({
        ...alone,
        isAmbiguous: true,
      });
      expect(applicationsOf({ records: [other] }).find(a).application).toBe(other);
    });
  });

  it('says when a source hydrator makes the manifests', () => {
    const own = record({ spec: { source: undefined, sourceHydrator: { drySource: {} } } });
    expect(applicationsOf({ records: [own] }).find(a).mismatches).toEqual([
      'it takes its manifests from a source hydrator, which the portal does not read',
    ]);
  });

  it('says when all but the name cannot be read', () => {
    const own = { ...record({ project: null }), unreadable: ['the whole object'] };
    expect(applicationsOf({ records: [own] }).find(a).mismatches[0]).toBe('it cannot be read');
  });

  it('does not join one tenant’s Application that calls itself like another’s', () => {
    const evil = record({ name: 'tenant-b', labels: { 'tenant-releases.io/tenant': 'tenant-b' } });
    const found = applicationsOf({ records: [evil] });
    expect(found.find(a).application).toBe(evil);
    const { application, mismatches } = found.find(b);
    expect(application).toBeUndefined();
    // Who reads this owns tenant-b.
    expect(mismatches.length).toBeGreaterThan(0);
    expect(mismatches.join()).not.toContain('tenant-a');
  });

  it('does not join one that reads the file of another tenant into its own project', () => {
    const evil = record({ name: 'x', project: 'tenant-b', to: 'tenant-b' });
    const found = applicationsOf({ records: [evil] });
    expect(found.find(a).application).toBeUndefined();
    expect(found.find(b)).toEqual({ mismatches: [] });
  });

  describe('by folder', () => {
    const inFolder = (tenant: string) => entryOf(tenant, `tenants/${tenant}/values.yaml`);
    const entries = [inFolder('tenant-a'), inFolder('tenant-b')];
    const valuesPath = 'tenants/{tenant}/values.yaml';
    const find = (...records: ApplicationRecord[]) =>
      applicationsOf({ records, entries, valuesPath }).find(entries[0]);

    it('finds the one that renders the tenant’s folder', () => {
      const own = record({ name: 'x', files: [], folder: 'tenants/tenant-a' });
      expect(find(own)).toEqual({ application: own, mismatches: [] });
    });

    it.each<[string, string]>([
      ['with the files of several tenants', 'tenants'],
      ['that is the root', '.'],
      ['whose name begins the same', 'tenants/tenant'],
      ['below it', 'tenants/tenant-a/more'],
      ['of another tenant', 'tenants/tenant-b'],
    ])('does not take a folder %s for the tenant’s own', (_, folder) => {
      expect(find(record({ name: 'x', files: [], folder })).application).toBeUndefined();
    });

    it('counts one of the tenant’s name, project and namespace that renders the repository', () => {
      const own = record({ files: [], folder: 'tenants' });
      expect(find(own).application).toBe(own);
      const better = record({ name: 'x', files: [], folder: 'tenants/tenant-a' });
      expect(find(own, better)).toEqual({ application: better, mismatches: [] });
    });

    it('knows when a tenant moves into a folder', () => {
      const own = record({ name: 'x', files: [], folder: 'tenants/tenant-a' });
      const known = [inFolder('tenant-a')];
      const desired = {
        entries: () => known,
        ofTenant: () => known,
        generation: {} as object,
      };
      const applications = new TenantApplications({
        desired,
        sync: { candidates: () => [own] },
        gitops: { matchTenantFile: () => undefined },
        expectations: { projects: ['{tenant}'], namespaces: ['{tenant}'] },
      });
      expect(applications.find(known[0]).application).toBe(own);
      known.push(entryOf('tenant-b', 'tenants/tenant-a/b.yaml'));
      desired.generation = {};
      expect(applications.find(known[0]).application).toBeUndefined();
    });
  });

  describe('of a tenant with two services', () => {
    const entries = ['api', 'web'].map(service =>
      entryOf('tenant-a', `gitops/tenants/tenant-a_${service}.yaml`, service),
    );
    const valuesPath = 'gitops/tenants/{tenant}_{service}.yaml';
    const api = record({ files: [entries[0].path] });
    const web = record({ name: 'tenant-a-web', files: [entries[1].path] });

    it('tells them apart by the file', () => {
      const found = applicationsOf({ records: [api, web], entries, valuesPath });
      expect(entries.map(entry => found.find(entry).application)).toEqual([api, web]);
      expect(found.leftOut()).toEqual(new Map());
    });

    it('says that one is not deployed, not that the other’s Application is odd', () => {
      const found = applicationsOf({ records: [api], entries, valuesPath });
      expect(found.find(entries[1])).toEqual({ mismatches: [] });
      expect(found.leftOut()).toEqual(new Map());
    });
  });

  it('goes by what is configured', () => {
    const own = record({ project: 'customers', to: 'tenant-a-prod' });
    const expectations = { projects: ['customers'], namespaces: ['{tenant}', '{tenant}-prod'] };
    expect(applicationsOf({ records: [own], expectations }).find(a).application).toBe(own);
    const other = record({ project: 'customers', to: 'tenant-b-prod' });
    expect(applicationsOf({ records: [other], expectations }).find(a)).toEqual({
      mismatches: [namespace],
    });
  });

  it.each<[string, Parts, boolean]>([
    ['for quotas, in a project of the platform', { name: 'quota-a', project: 'platform' }, false],
    [
      'for the service, in a project of the platform',
      { name: 'api-a', project: 'platform', labels: { 'tenant-releases.io/service': 'demo-api' } },
      true,
    ],
    ['to another namespace', { name: 'copy-a', to: 'scratch' }, true],
  ])(
    'tells of another Application that reads the file when it may be meant: %s',
    (_, parts, told) => {
      const found = applicationsOf({ records: [record(parts)] });
      expect(found.find(a).mismatches.length > 0).toBe(told);
      expect(found.leftOut().has('argocd:main')).toBe(told);
    },
  );

  it('tells of each once', () => {
    const odd = record({
      project: 'x',
      files: [fileOf('tenant-a'), fileOf('tenant-b')],
      labels: { 'tenant-releases.io/service': 'demo-api' },
    });
    expect(
      applicationsOf({ records: [odd] })
        .leftOut()
        .get('argocd:main'),
    ).toHaveLength(1);
  });
});
