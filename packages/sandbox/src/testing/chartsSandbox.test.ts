/** The repository's charts and GitOps tree on the embedded platform: what `npm start` brings up, without portal and forge. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { startArgocdWith } from '../argocd/startArgocd';
import { eventually } from '../argocd/testing/eventually';
import { GitFixture } from '../argocd/testing/gitFixture';
import { startClusterWith } from '../cluster/startCluster';
import { readTree } from '../seed/sourceTree';
import { RunningServer, sandboxSettings, SandboxSettings } from '../settings';
import { realHelm, repositoryRoot } from './helm';

// Real helm and real processes, on a machine that may be busy.
jest.setTimeout(120_000);

const pod = `require('node:http').createServer((request, response) => response.end('ok'))
  .listen(process.env.PORT, process.env.HOST || '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));`;
const publicUrl = 'https://github.com/acme/platform.git';

describe('the tenants of the repository on the embedded platform', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'charts-sandbox-'));
  const running: RunningServer[] = [];
  let git: GitFixture;
  let settings: SandboxSettings;
  let values: string;

  beforeAll(async () => {
    git = new GitFixture(path.join(directory, 'platform'));
    const files = await readTree(repositoryRoot, ['charts', 'gitops']);
    const hosted = Object.entries(files).map(([name, text]) => [
      name,
      text.replaceAll(publicUrl, git.url),
    ]);
    git.commit('Start', Object.fromEntries(hosted));
    values = files['gitops/tenants/tenant-a-values.yaml'];
    settings = sandboxSettings({
      repositoryRoot: directory,
      stateDir: path.join(directory, 'state'),
      tools: { git: 'git', helm: await realHelm() },
    });
    Object.assign(settings.ports, { cluster: 0, kubernetes: 0, argocd: 0, loki: 1 });
    writeFileSync(path.join(directory, 'pod.js'), pod);
    mkdirSync(path.join(settings.stateDir, 'registry'), { recursive: true });
    const image = {
      repository: 'ghcr.io/acme/demo-api',
      tag: 'sha-0000000',
      commit: '0'.repeat(40),
      createdAt: '2026-11-23T10:00:00Z',
      author: 'Ada',
      message: 'A version',
    };
    writeFileSync(
      path.join(settings.stateDir, 'registry', 'images.json'),
      JSON.stringify({ images: [image] }),
    );
    const quiet = { log: () => undefined };
    const program = { file: path.join(directory, 'pod.js') };
    const cluster = await startClusterWith(settings, { ...quiet, load: false, program });
    settings.ports.cluster = Number(new URL(cluster.url).port);
    settings.ports.kubernetes = settings.ports.cluster;
    const argocd = await startArgocdWith(settings, {
      ...quiet,
      bootstrapUrl: git.url,
      pollInterval: 200,
    });
    running.push(argocd, cluster);
  });
  afterAll(async () => {
    for (const server of running) await server.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const kube = async (target: string) => {
    const response = await fetch(`http://127.0.0.1:${settings.ports.cluster}${target}`, {
      headers: { authorization: `Bearer ${settings.tokens.kubernetesAdmin}` },
    });
    return await response.json();
  };
  const application = (name: string) =>
    kube(`/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`);
  const expectHealthy = (...names: string[]) =>
    eventually(async () => {
      for (const name of names) {
        const { status } = await application(name);
        const found = [name, status?.sync.status, status?.health.status, status?.conditions];
        expect(found).toEqual([name, 'Synced', 'Healthy', undefined]);
      }
    }, 60_000);
  const inTenant = (group: string, plural: string) =>
    kube(`/apis/${group}/namespaces/tenant-a/${plural}`);

  it('become Synced and Healthy, with everything that the charts make by default', async () => {
    await expectHealthy('tenant-a', 'tenant-a-fence', 'tenant-b', 'tenant-b-fence');
    for (const [group, plural, names] of [
      ['policy/v1', 'poddisruptionbudgets', ['demo-api']],
      ['rbac.authorization.k8s.io/v1', 'roles', ['tenant-viewer']],
      ['rbac.authorization.k8s.io/v1', 'rolebindings', ['tenant-viewer']],
      [
        'networking.k8s.io/v1',
        'networkpolicies',
        [
          'allow-dns',
          'allow-ingress-controller',
          'allow-prometheus',
          'allow-same-namespace',
          'default-deny',
        ],
      ],
    ] as const) {
      const { items } = await inTenant(group, plural);
      expect(items.map((item: any) => item.metadata.name).sort()).toEqual(names);
    }
    const { items } = await kube('/api/v1/namespaces/tenant-a/pods');
    expect(items.map((item: any) => [item.spec.priorityClassName, item.spec.priority])).toEqual([
      ['tenant-workload', 1000],
      ['tenant-workload', 1000],
    ]);
  });

  it('scale within the bounds of an autoscaler, which goes when the file no longer asks for it', async () => {
    const file = 'gitops/tenants/tenant-a-values.yaml';
    git.commit('Scale', { [file]: `${values}autoscaling: { enabled: true, minReplicas: 3 }\n` });
    await eventually(async () => {
      const { items } = await inTenant('apps/v1', 'deployments');
      expect(items[0].status.readyReplicas).toBe(3);
    }, 30_000);
    await expectHealthy('tenant-a');
    expect((await inTenant('autoscaling/v2', 'horizontalpodautoscalers')).items).toHaveLength(1);

    git.commit('Back to one', { [file]: `${values}replicas: 1\n` });
    await eventually(async () => {
      for (const [group, plural] of [
        ['autoscaling/v2', 'horizontalpodautoscalers'],
        ['policy/v1', 'poddisruptionbudgets'],
      ]) {
        expect((await inTenant(group, plural)).items).toEqual([]);
      }
      expect((await inTenant('apps/v1', 'deployments')).items[0].spec.replicas).toBe(1);
    }, 30_000);
    await expectHealthy('tenant-a');
  });

  it('leave nothing behind', async () => {
    git.commit('Offboard', {
      'gitops/apps/tenant-a.yaml': undefined,
      'gitops/projects/tenant-a.yaml': undefined,
      'gitops/tenants/tenant-a-values.yaml': undefined,
    });
    await eventually(async () => {
      expect((await kube('/api/v1/namespaces/tenant-a')).code).toBe(404);
      expect((await application('tenant-a-fence')).code).toBe(404);
    }, 60_000);
  });

  it('have the priority classes of gitops/platform', async () => {
    const text = readFileSync(
      path.join(repositoryRoot, 'gitops/platform/priority-classes.yaml'),
      'utf8',
    );
    const facts = ({ metadata, value, preemptionPolicy }: any) => [
      metadata.name,
      value,
      preemptionPolicy ?? 'PreemptLowerPriority',
    ];
    const declared = parseAllDocuments(text).map(document => facts(document.toJS()));
    const { items } = await kube('/apis/scheduling.k8s.io/v1/priorityclasses');
    expect(items.map(facts).sort()).toEqual(declared.sort());
  });
});
