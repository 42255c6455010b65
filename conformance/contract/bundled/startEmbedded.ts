import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startArgocdWith } from '../../../packages/sandbox/src/argocd/startArgocd';
import { startClusterWith } from '../../../packages/sandbox/src/cluster/startCluster';
import { programSource } from '../../../packages/sandbox/src/cluster/testing/programSource';
import { startKubernetes } from '../../../packages/sandbox/src/kubernetes/startKubernetes';
import { startLoki } from '../../../packages/sandbox/src/loki/startLoki';
import { startPrometheus } from '../../../packages/sandbox/src/prometheus/startPrometheus';
import { sandboxSettings, type RunningServer } from '../../../packages/sandbox/src/settings';
import { which } from '../../../packages/sandbox/src/supervisor/locateSettings';
import { findHelm } from '../../../packages/gitops/src/helm/findHelm';
import type { Servers } from '../servers/Servers';

/** What pods may run: the tags of `registry.example.com/contract`. */
const tags = ['1.0.0', '1.1.0'];

/**
 * Starts the embedded platform's servers in this process, each on a port of its own and with an empty state.
 *
 * @param repositoryRoot - of the checkout: where an unpacked Prometheus may be, and its rules are
 */
export async function startEmbedded(repositoryRoot: string): Promise<Servers> {
  const stateDir = mkdtempSync(path.join(tmpdir(), 'contract-sandbox-'));
  const settings = sandboxSettings({
    repositoryRoot,
    stateDir,
    tools: {
      git: 'git',
      helm: await helmOf(repositoryRoot),
      kubectl: await which('kubectl', programPath(repositoryRoot)),
      prometheus: ownPrometheus(repositoryRoot),
    },
  });
  // 0: the system chooses. Nothing listens on port 1: there is no forge and no portal.
  Object.assign(settings.ports, { argocd: 0, cluster: 0, kubernetes: 0, loki: 0, prometheus: 0 });
  Object.assign(settings.ports, { forge: 1, portal: 1 });
  const running: RunningServer[] = [];
  const started = async (name: keyof typeof settings.ports, starting: Promise<RunningServer>) => {
    const server = await starting;
    running.push(server);
    settings.ports[name] = Number(new URL(server.url).port);
    return server.url;
  };

  const program = path.join(stateDir, 'program.cjs');
  writeFileSync(program, programSource);
  writeImages(stateDir);
  const log = () => undefined;
  const loki = await started('loki', startLoki(settings));
  const kubelet = { imageBackOff: { initial: 500, maximum: 1_000 } };
  const clusterOptions = { program: { file: program }, load: false, kubelet, log };
  await started('cluster', startClusterWith(settings, clusterOptions));
  const kubernetes = await started('kubernetes', startKubernetes(settings));
  const argocd = await started('argocd', startArgocdWith(settings, { log, pollInterval: 1_000 }));
  const prometheus = await started('prometheus', startPrometheus(settings)).catch(
    (error: Error) => {
      // Without the program there is none in the embedded platform either; the suite says that it is skipped.
      if (error.name === 'MissingProgramError') return undefined;
      throw error;
    },
  );
  return {
    name: 'the embedded platform',
    kubernetes: {
      url: kubernetes,
      token: settings.tokens.kubernetes,
      administrator: settings.tokens.kubernetesAdmin,
      isYoung: true,
    },
    argocd: { url: argocd, token: settings.tokens.argocd, hasTeamNamespaces: true },
    ...(prometheus ? { prometheus: { url: prometheus } } : {}),
    loki: { url: loki },
    close: async () => {
      for (const server of running.reverse()) await server.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** What the set-up brought goes before what is on the PATH. */
function programPath(repositoryRoot: string): string {
  return [path.join(repositoryRoot, '.tools/bin'), process.env.PATH ?? ''].join(path.delimiter);
}

/** The helm that the set-up brought, else the one on the PATH. */
async function helmOf(repositoryRoot: string): Promise<string> {
  const found = await findHelm(undefined, programPath(repositoryRoot));
  if ('problem' in found) throw new Error(found.problem);
  return found.path;
}

/** Debian's, where an earlier start unpacked it: a real server's own version proves nothing beside itself. */
function ownPrometheus(repositoryRoot: string): string | undefined {
  const file = path.join(repositoryRoot, '.tools/prometheus/usr/bin/prometheus');
  return existsSync(file) ? file : undefined;
}

function writeImages(stateDir: string): void {
  const images = tags.map(tag => ({
    repository: 'registry.example.com/contract',
    tag,
    commit: 'c'.repeat(40),
    createdAt: '2026-01-01T00:00:00Z',
  }));
  mkdirSync(path.join(stateDir, 'registry'), { recursive: true });
  writeFileSync(path.join(stateDir, 'registry/images.json'), JSON.stringify({ images }));
}
