/** The stand-in for Argo CD on the embedded Kubernetes, over HTTP and with real pods. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startClusterWith } from '../cluster/startCluster';
import { startKubernetes } from '../kubernetes';
import { RunningServer, sandboxSettings, SandboxSettings } from '../settings';
import { realHelm } from '../testing/helm';
import { startArgocdWith } from './startArgocd';
import { eventually } from './testing/eventually';
import { GitFixture } from './testing/gitFixture';
import { platformFiles, tenantValues } from './testing/platformFiles';

jest.setTimeout(90_000);

const pod = `require('node:http').createServer((request, response) => response.end('ok'))
  .listen(process.env.PORT, process.env.HOST || '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));`;

describe('on the embedded Kubernetes', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'argocd-cluster-'));
  const running: RunningServer[] = [];
  let git: GitFixture;
  let settings: SandboxSettings;
  let argocd: RunningServer;
  let kubernetes: RunningServer;

  beforeAll(async () => {
    git = new GitFixture(path.join(directory, 'platform'));
    git.commit('Start', platformFiles(git.url));
    settings = sandboxSettings({
      repositoryRoot: directory,
      stateDir: path.join(directory, 'state'),
      tools: { git: 'git', helm: await realHelm() },
    });
    Object.assign(settings.ports, { cluster: 0, kubernetes: 0, argocd: 0, loki: 1 });
    writeFileSync(path.join(directory, 'pod.js'), pod);
    putImages(['sha-1111111', 'sha-2222222']);
    const cluster = await startClusterWith(settings, {
      load: false,
      log: () => undefined,
      program: { file: path.join(directory, 'pod.js') },
    });
    settings.ports.cluster = Number(new URL(cluster.url).port);
    kubernetes = await startKubernetes(settings);
    settings.ports.kubernetes = Number(new URL(kubernetes.url).port);
    argocd = await startArgocdWith(settings, {
      log: () => undefined,
      bootstrapUrl: git.url,
      pollInterval: 200,
    });
    running.push(cluster);
  });
  afterAll(async () => {
    await argocd.close();
    await kubernetes.close();
    for (const server of running) await server.close();
    rmSync(directory, { recursive: true, force: true });
  });

  function putImages(tags: string[]): void {
    const repository = 'ghcr.io/acme/demo-api';
    const images = tags.map(tag => ({
      repository,
      tag,
      commit: tag.slice('sha-'.length).padEnd(40, '0'),
      createdAt: '2026-11-23T10:00:00Z',
      author: 'Ada',
      message: 'A version',
    }));
    mkdirSync(path.join(settings.stateDir, 'registry'), { recursive: true });
    const file = path.join(settings.stateDir, 'registry', 'images.json');
    writeFileSync(file, JSON.stringify({ images }));
  }

  const read = async (name: string) => {
    const response = await fetch(`${argocd.url}/api/v1/applications/${name}`, {
      headers: { authorization: `Bearer ${settings.tokens.argocd}` },
    });
    return await response.json();
  };
  const kube = async (target: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${settings.ports.cluster}${target}`, {
      ...init,
      headers: {
        authorization: `Bearer ${settings.tokens.kubernetesAdmin}`,
        'content-type': 'application/merge-patch+json',
      },
    });
    return await response.json();
  };
  const deployment = '/apis/apps/v1/namespaces/tenant-a/deployments/demo-api';
  const settingsMap = '/api/v1/namespaces/tenant-a/configmaps/settings';
  const expectHealthy = async (tag: string) =>
    await eventually(async () => {
      const { status } = await read('tenant-a');
      expect([status?.sync.status, status?.health.status, status?.summary.images]).toEqual([
        'Synced',
        'Healthy',
        [`ghcr.io/acme/demo-api:${tag}`],
      ]);
    }, 20_000);

  it('deploys to pods that are ready, heals, follows Git, bears an outage, and removes', async () => {
    await expectHealthy('sha-1111111');

    await kube(deployment, { method: 'PATCH', body: JSON.stringify({ spec: { replicas: 1 } }) });
    await kube(settingsMap, {
      method: 'PATCH',
      body: JSON.stringify({ data: { greeting: 'bye' } }),
    });
    await eventually(async () => {
      expect((await kube(deployment)).spec.replicas).toBe(2);
      expect((await kube(settingsMap)).data.greeting).toBe('hello');
    }, 5_000);

    git.commit('Bump', { 'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-2222222') });
    await expectHealthy('sha-2222222');

    git.commit('Bump to what nobody built', {
      'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-3333333'),
    });
    await eventually(async () => {
      const { status } = await read('tenant-a');
      expect(status.sync.status).toBe('Synced');
      expect(status.health.status).toBe('Progressing');
    });

    await kubernetes.close();
    git.commit('Back', { 'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-2222222') });
    expect((await read('tenant-a')).status.health.status).toBe('Progressing');
    kubernetes = await startKubernetes(settings);
    await expectHealthy('sha-2222222');

    git.commit('Offboard', { 'gitops/apps/tenant-a.yaml': undefined });
    await eventually(async () => {
      expect((await read('tenant-a')).code).toBe(7);
      expect((await kube(deployment)).code).toBe(404);
    }, 20_000);
  });
});
