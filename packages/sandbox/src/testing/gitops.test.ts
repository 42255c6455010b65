import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseTenantFile } from '@internal/gitops';
import { parse, parseAllDocuments } from 'yaml';
import { realHelm, repositoryRoot } from './helm';

// Real helm, on a machine that may be busy.
jest.setTimeout(30_000);

const run = promisify(execFile);
const read = (file: string) => readFileSync(path.join(repositoryRoot, file), 'utf8');
const objects = (file: string): any[] =>
  parseAllDocuments(read(file)).map(document => document.toJS());
const tenants = readdirSync(path.join(repositoryRoot, 'gitops/tenants')).map(name =>
  name.replace(/-values\.yaml$/, ''),
);
const waveOf = (object: any): number =>
  Number(object.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
const kindsAllowed = (project: any): string[] =>
  [...project.spec.clusterResourceWhitelist, ...project.spec.namespaceResourceWhitelist].map(
    ({ group, kind }: { group: string; kind: string }) => `${group}/${kind}`,
  );

async function rendered(
  chart: string,
  tenant: string,
  values = `gitops/tenants/${tenant}-values.yaml`,
): Promise<string[]> {
  const { stdout } = await run(
    await realHelm(),
    [
      'template',
      tenant,
      path.join(repositoryRoot, chart),
      '--namespace',
      tenant,
      '--values',
      path.join(repositoryRoot, values),
    ],
    { env: { HOME: os.tmpdir(), PATH: process.env.PATH } },
  );
  return parseAllDocuments(stdout)
    .map(document => document.toJS())
    .map(
      ({ apiVersion, kind }) =>
        `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`,
    );
}

describe('gitops/', () => {
  it('has an application and a project for each tenant, and no other', () => {
    expect(tenants).toEqual(expect.arrayContaining(['tenant-a', 'tenant-b']));
    for (const folder of ['apps', 'projects']) {
      const names = readdirSync(path.join(repositoryRoot, 'gitops', folder));
      expect(names).toEqual(tenants.map(tenant => `${tenant}.yaml`));
    }
  });

  it.each(tenants)('holds a tenant file of %s that can be read', tenant => {
    const result = parseTenantFile(read(`gitops/tenants/${tenant}-values.yaml`), tenant);
    expect(result).toMatchObject({ ok: true });
  });

  it.each(tenants)(
    'gives %s a workload in its own project and a fence in the platform’s',
    tenant => {
      const [workload, fence] = objects(`gitops/apps/${tenant}.yaml`);
      expect(workload).toMatchObject({
        metadata: { name: tenant, namespace: 'argocd' },
        spec: {
          project: tenant,
          source: {
            path: 'charts/tenant',
            helm: { valueFiles: [`/gitops/tenants/${tenant}-values.yaml`] },
          },
          destination: { name: 'in-cluster', namespace: tenant },
          syncPolicy: { automated: { prune: true, selfHeal: true } },
        },
      });
      // The fence comes first and goes last.
      expect(waveOf(workload)).toBeGreaterThan(waveOf(fence));
      expect(fence).toMatchObject({
        metadata: { name: `${tenant}-fence`, namespace: 'argocd' },
        spec: {
          project: 'platform',
          source: { path: 'charts/tenant-fence' },
          destination: { namespace: tenant },
        },
      });
      for (const application of [workload, fence]) {
        expect(application.metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
      }
    },
  );

  it.each(tenants)(
    'lets %s deploy what its chart makes and nothing of its fence, into its namespace only',
    async tenant => {
      const [project] = objects(`gitops/projects/${tenant}.yaml`);
      const [workload] = objects(`gitops/apps/${tenant}.yaml`);
      expect(project.spec.sourceRepos).toEqual([workload.spec.source.repoURL]);
      expect(project.spec.destinations).toEqual([workload.spec.destination]);
      expect(project.spec.clusterResourceWhitelist).toEqual([]);
      const allowed = kindsAllowed(project);
      expect(allowed).toEqual(expect.arrayContaining(await rendered('charts/tenant', tenant)));
      for (const kind of await rendered('charts/tenant-fence', tenant)) {
        expect(allowed).not.toContain(kind);
      }
      for (const kind of ['/Secret', '/Pod', '/ConfigMap', 'apps/DaemonSet', 'batch/Job', '*/*']) {
        expect(allowed).not.toContain(kind);
      }
      expect(waveOf(project)).toBeLessThan(waveOf(workload));
      expect(project.metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
    },
  );

  it('allows every kind that an option of the chart makes, and no other', async () => {
    const [project] = objects(`gitops/projects/${tenants[0]}.yaml`);
    const made = new Set<string>();
    for (const file of readdirSync(path.join(repositoryRoot, 'charts/tenant/ci'))) {
      const values = `charts/tenant/ci/${file}`;
      for (const kind of await rendered('charts/tenant', parse(read(values)).tenant.name, values)) {
        made.add(kind);
      }
    }
    expect(kindsAllowed(project).sort()).toEqual([...made].sort());
  });

  it.each(tenants)('watches over %s: orphans are told, and nothing moves in the window', tenant => {
    const [project] = objects(`gitops/projects/${tenant}.yaml`);
    expect(project.spec.orphanedResources.warn).toBe(true);
    expect(project.spec.syncWindows).toEqual([
      expect.objectContaining({ kind: 'deny', timeZone: 'UTC', manualSync: true }),
    ]);
  });

  it.each(tenants)('says of %s whether its cluster is its own', tenant => {
    const [project] = objects(`gitops/projects/${tenant}.yaml`);
    expect(project.spec.permitOnlyProjectScopedClusters).toBe(
      project.spec.destinations[0].name !== 'in-cluster',
    );
  });

  it('names the same repository everywhere', () => {
    const files = [
      'gitops/bootstrap/root.yaml',
      'gitops/bootstrap/project.yaml',
      'gitops/bootstrap/platform.yaml',
      ...tenants.flatMap(tenant => [
        `gitops/apps/${tenant}.yaml`,
        `gitops/projects/${tenant}.yaml`,
      ]),
    ];
    const addresses = files.flatMap(file => read(file).match(/https?:\/\/\S+\.git/g) ?? []);
    expect(addresses.length).toBeGreaterThanOrEqual(files.length);
    expect(new Set(addresses)).toEqual(new Set(['https://github.com/acme/platform.git']));
  });
});
