import { createServer, Server } from 'node:http';
import path from 'node:path';
import { AddressInfo } from 'node:net';
import { RunningServer, SandboxSettings, serverUrl, StartServer } from '../settings';
import { Accounts } from './api/accounts';
import { applicationRoutes } from './api/applicationRoutes';
import { ApiContext } from './api/context';
import { operationRoutes } from './api/operationRoutes';
import { refusedRoutes } from './api/refusedRoutes';
import { createRequestHandler } from './api/requestHandler';
import { streamRoutes } from './api/streamRoutes';
import { systemRoutes } from './api/systemRoutes';
import { handleWebhook } from './api/webhook';
import { timestamp } from './application';
import { applyBootstrap } from './bootstrap';
import { ApplicationController } from './controller/applicationController';
import { EventRecorder } from './controller/eventRecorder';
import { ClusterCache } from './kubernetes/clusterCache';
import { keepApplications } from './keepApplications';
import { HttpKubernetesClient } from './kubernetes/httpKubernetesClient';
import { KubernetesClient } from './kubernetes/kubernetesClient';
import { consoleLogger, Logger } from './log';
import { servePage } from './pages/servePage';
import { ManifestService } from './repository/manifestService';
import { Repositories } from './repository/repositories';

/** How often the repositories are looked at; milliseconds. A webhook makes it immediate. */
const pollInterval = 3_000;

/** What tests put in place of the real surroundings. */
export interface ArgocdOverrides {
  client?: KubernetesClient;
  log?: Logger;
  /** The repository whose gitops/bootstrap is applied; undefined applies nothing. */
  bootstrapUrl?: string;
  /** The repository whose Applications and ApplicationSets are applied as they stand; undefined applies nothing. */
  applicationsUrl?: string;
  pollInterval?: number;
}

/** Starts the stand-in for Argo CD: controller, repository server and API server in one. */
export const startArgocd: StartServer = async settings => {
  const url = `${serverUrl(settings, 'forge')}/acme/platform.git`;
  return await startArgocdWith(
    settings,
    settings.example ? { applicationsUrl: url } : { bootstrapUrl: url },
  );
};

/** {@link startArgocd} with parts replaced. */
export async function startArgocdWith(
  settings: SandboxSettings,
  overrides: ArgocdOverrides,
): Promise<RunningServer> {
  const log = overrides.log ?? consoleLogger;
  const client =
    overrides.client ??
    new HttpKubernetesClient({
      url: serverUrl(settings, 'kubernetes'),
      token: settings.tokens.kubernetesAdmin,
    });
  const cache = new ClusterCache(client, log);
  const manifests = new ManifestService(settings.tools);
  const events = new EventRecorder(client, Date.now, log);
  const repositories = new Repositories(
    {
      git: settings.tools.git,
      directory: path.join(settings.stateDir, 'argocd'),
      forgeUrl: serverUrl(settings, 'forge'),
      forgeToken: settings.tokens.forge,
      pollInterval: overrides.pollInterval ?? pollInterval,
    },
    log,
  );
  const controller = new ApplicationController({
    client,
    cache,
    repositories,
    manifests,
    events,
    log,
    clock: Date.now,
  });
  const tokens = { readOnly: settings.tokens.argocd, admin: settings.tokens.argocdAdmin };
  let url = '';
  const context: ApiContext = {
    controller,
    client,
    cache,
    repositories,
    manifests,
    events,
    log,
    accounts: new Accounts(tokens, timestamp(Date.now())),
    webhookSecret: settings.webhookSecret,
    url: () => url,
  };
  const handler = createRequestHandler({
    routes: [
      ...applicationRoutes(context),
      ...operationRoutes(context),
      ...refusedRoutes(context),
      ...streamRoutes(context),
      ...systemRoutes(context),
    ],
    accounts: context.accounts,
    log,
    isReady: () => cache.synced,
    webhook: async (request, response) => await handleWebhook(request, response, context),
    page: (pagePath, response) => servePage(pagePath, response, context),
  });
  const server = createServer((request, response) => void handler(request, response));
  url = await listen(server, settings.ports.argocd);

  const stopping = new AbortController();
  cache.start();
  controller.start();
  repositories.start();
  const { signal } = stopping;
  const applying = { client, cache, repositories, log, signal };
  void applyBootstrap(overrides.bootstrapUrl, applying).then(() => {
    if (overrides.applicationsUrl) void keepApplications(overrides.applicationsUrl, applying);
  });
  log(`listening on ${url}`);
  return {
    url,
    close: async () => {
      stopping.abort();
      repositories.stop();
      await controller.stop();
      cache.stop();
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
