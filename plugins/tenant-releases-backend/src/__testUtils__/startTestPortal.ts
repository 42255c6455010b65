import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { LoggerService, PermissionsService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { tenantReleasesPlugin } from '../plugin';
import { describedAnswers } from './describedAnswers';
import { FakeArgocd } from './FakeArgocd';
import { FakeGithub } from './FakeGithub';
import { FakeKubernetes } from './FakeKubernetes';
import { FakeLoki, FakePrometheus } from './FakeTelemetry';

/** The plugin in a test backend, with an upstream of each kind. */
export interface TestPortal {
  github: FakeGithub;
  argocd: FakeArgocd;
  kubernetes: FakeKubernetes;
  prometheus: FakePrometheus;
  loki: FakeLoki;
  server: Awaited<ReturnType<typeof startTestBackend>>['server'];
  stop(): Promise<void>;
}

/** Starts the upstreams; each keeps its port when it is stopped and started again. */
export async function startUpstreams() {
  return {
    github: await new FakeGithub().start(),
    argocd: await new FakeArgocd().start(),
    kubernetes: await new FakeKubernetes().start(),
    prometheus: await new FakePrometheus().start(),
    loki: await new FakeLoki().start(),
  };
}

/** The upstreams of {@link startUpstreams}. */
export type Upstreams = Awaited<ReturnType<typeof startUpstreams>>;

/** A configuration that names the upstreams. */
export function configFor({ github, argocd, kubernetes, prometheus, loki }: Upstreams): JsonObject {
  return {
    integrations: {
      github: [{ host: 'git.example.com', apiBaseUrl: github.url, token: 'git-token' }],
    },
    tenantReleases: {
      gitops: { repository: 'https://git.example.com/acme/platform', pollSeconds: 1 },
      telemetry: [
        {
          cluster: '*',
          prometheus: { url: prometheus.url },
          loki: { url: loki.url, orgId: '{tenant}' },
        },
      ],
      grafana: { url: 'https://grafana.example.com', dashboard: 'tenant-release' },
    },
    argocd: {
      appLocatorMethods: [
        {
          type: 'config',
          instances: [
            {
              name: 'main',
              url: argocd.url,
              frontendUrl: 'https://argocd.example.com',
              token: 'argocd-token',
            },
          ],
        },
      ],
    },
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            { name: 'in-cluster', url: kubernetes.url, serviceAccountToken: 'kubernetes-token' },
          ],
        },
      ],
    },
  };
}

/** Starts the plugin against upstreams that are already filled. `stop` fails when something was answered that the API's document does not describe. */
export async function startTestPortal(
  upstreams: Upstreams,
  options: {
    permissions?: Partial<PermissionsService>;
    config?: JsonObject;
    logger?: Partial<LoggerService>;
    /** What the portal knows besides, such as a catalog. */
    features?: Parameters<typeof startTestBackend>[0]['features'];
  } = {},
): Promise<TestPortal> {
  const described = describedAnswers();
  const backend = await startTestBackend({
    features: [
      tenantReleasesPlugin,
      described.feature,
      mockServices.rootConfig.factory({ data: options.config ?? configFor(upstreams) }),
      ...(options.features ?? []),
      ...(options.logger ? [mockServices.logger.mock(options.logger).factory] : []),
      ...(options.permissions ? [mockServices.permissions.mock(options.permissions).factory] : []),
    ],
  });
  return {
    ...upstreams,
    server: backend.server,
    async stop() {
      await backend.stop();
      await Promise.all(Object.values(upstreams).map(upstream => upstream.stop()));
      described.verify();
    },
  };
}
