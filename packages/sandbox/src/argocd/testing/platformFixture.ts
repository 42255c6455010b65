import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RunningServer, sandboxSettings, SandboxSettings } from '../../settings';
import { realHelm } from '../../testing/helm';
import { Application } from '../application';
import { startArgocdWith } from '../startArgocd';
import { FakeKubernetes } from './fakeKubernetes';
import { GitFixture } from './gitFixture';
import { platformFiles } from './platformFiles';

/** The stand-in with a repository and a cluster of its own. */
export interface PlatformFixture {
  server: RunningServer;
  settings: SandboxSettings;
  git: GitFixture;
  kubernetes: FakeKubernetes;
  log: string[];
  /** An Application as it is in the cluster. @throws Error when it is absent. */
  application(name: string): Application;
  /** Calls the API with the portal's token, or the administrator's. */
  api(path: string, init?: RequestInit & { admin?: boolean }): Promise<Response>;
  /** Ends the server as a crash would and starts another one over the same state. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the stand-in over a new repository. @param options.bootstrap - whether it applies gitops/bootstrap. */
export async function startPlatform(
  options: {
    bootstrap?: boolean;
    /** Whether its Applications and ApplicationSets are applied as they stand. */
    applications?: boolean;
    /** Path of kubectl, for kustomizations. */
    kubectl?: string;
    /** Milliseconds. */
    pollInterval?: number;
    /** The first commit; a whole platform where it is not given. */
    files?: (repoUrl: string) => Record<string, string>;
  } = {},
): Promise<PlatformFixture> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'argocd-test-'));
  const git = new GitFixture(path.join(directory, 'platform'));
  git.commit('Start', (options.files ?? platformFiles)(git.url));
  const kubernetes = new FakeKubernetes();
  kubernetes.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } });
  const settings = sandboxSettings({
    repositoryRoot: directory,
    stateDir: path.join(directory, 'state'),
    tools: { git: 'git', helm: await realHelm(), kubectl: options.kubectl },
  });
  settings.ports.argocd = 0;
  const log: string[] = [];
  const start = async () =>
    await startArgocdWith(settings, {
      client: kubernetes,
      log: line => log.push(line),
      bootstrapUrl: options.bootstrap === false ? undefined : git.url,
      applicationsUrl: options.applications ? git.url : undefined,
      pollInterval: options.pollInterval ?? 200,
    });
  let server = await start();
  return {
    get server() {
      return server;
    },
    settings,
    git,
    kubernetes,
    log,
    application: name => {
      const found = kubernetes.find('Application', 'argocd', name);
      if (!found) throw new Error(`there is no Application ${name}`);
      return found as Application;
    },
    api: async (target, init = {}) => {
      const { admin, ...rest } = init;
      const token = admin ? settings.tokens.argocdAdmin : settings.tokens.argocd;
      const headers = {
        authorization: `Bearer ${token}`,
        ...(rest.method ? { 'content-type': 'application/json' } : {}),
        ...rest.headers,
      };
      return await fetch(`${server.url}${target}`, { ...rest, headers });
    },
    restart: async () => {
      await server.close();
      server = await start();
    },
    close: async () => {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
