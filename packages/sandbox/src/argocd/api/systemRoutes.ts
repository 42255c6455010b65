import { z } from 'zod';
import { inCluster } from '../application';
import { KubernetesObject } from '../kubernetes/types';
import { ApiError } from './apiError';
import { ApiContext } from './context';
import { Call, Route } from './router';

/** The version that this stand-in imitates. */
const version = {
  Version: 'v3.2.11+unknown',
  BuildDate: '1970-01-01T00:00:00Z',
  GoVersion: 'go1.26.8',
  Compiler: 'gc',
  Platform: 'linux/amd64',
  KustomizeVersion: 'v5.8.1 1970-01-01T00:00:00Z',
  HelmVersion: 'v3.21.4',
  JsonnetVersion: 'v0.21.0',
};

const loginSchema = z.looseObject({
  username: z.string().optional(),
  password: z.string().optional(),
});

/** Version, sessions, settings, projects, clusters and repositories. */
export function systemRoutes(context: ApiContext): Route[] {
  const get = (pattern: string, handle: Route['handle'], isPublic = false): Route => ({
    method: 'GET',
    pattern,
    handle,
    public: isPublic,
  });
  return [
    get(
      '/api/version',
      async ({ account }) => (account ? version : { Version: version.Version }),
      true,
    ),
    { method: 'POST', pattern: '/api/v1/session', public: true, handle: login },
    { method: 'DELETE', pattern: '/api/v1/session', public: true, handle: async () => ({}) },
    get(
      '/api/v1/session/userinfo',
      async ({ account }) =>
        account ? { loggedIn: true, username: account.name, iss: 'argocd' } : {},
      true,
    ),
    get('/api/v1/settings', async ({ account }) => settings(context, Boolean(account)), true),
    get('/api/v1/projects', async () => {
      const items = projects(context);
      return {
        metadata: { resourceVersion: context.cache.resourceVersion('argoproj.io', 'AppProject') },
        items: items.length > 0 ? items : null,
      };
    }),
    get('/api/v1/projects/{name}', async ({ parameters }) => {
      const found = projects(context).find(each => each.metadata.name === parameters.name);
      if (found) return found;
      throw new ApiError('notFound', `appprojects.argoproj.io "${parameters.name}" not found`);
    }),
    get('/api/v1/clusters', async () => ({ metadata: {}, items: [cluster(context)] })),
    get('/api/v1/repositories', async () => {
      const items = repositories(context);
      return { metadata: {}, items: items.length > 0 ? items : null };
    }),
  ];
}

/** There is no password that would be right: this server knows tokens only. */
async function login(call: Call): Promise<never> {
  const { password } = loginSchema.parse((await call.body()) ?? {});
  if (!password) throw new ApiError('unauthenticated', 'Blank passwords are not allowed');
  throw new ApiError('unauthenticated', 'Invalid username or password');
}

function settings(context: ApiContext, loggedIn: boolean): unknown {
  return {
    url: context.url(),
    appLabelKey: 'app.kubernetes.io/instance',
    resourceOverrides: {},
    googleAnalytics: { anonymizeUsers: true },
    kustomizeOptions: {},
    help: { chatText: 'Chat now!' },
    userLoginsDisabled: true,
    trackingMethod: 'annotation',
    ...(loggedIn ? { controllerNamespace: 'argocd', passwordPattern: '^.{8,32}$' } : {}),
  };
}

function projects(context: ApiContext): KubernetesObject[] {
  return context.cache
    .list('argoproj.io', 'AppProject')
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map(({ apiVersion: _apiVersion, kind: _kind, ...rest }) => ({
      ...rest,
      status: rest.status ?? {},
    })) as unknown as KubernetesObject[];
}

function cluster({ cache, controller }: ApiContext): unknown {
  const connectionState = {
    status: cache.connected ? 'Successful' : 'Failed',
    message: cache.connected ? '' : 'the cluster cannot be reached',
    attemptedAt: null,
  };
  return {
    server: inCluster.server,
    name: inCluster.name,
    config: { tlsClientConfig: { insecure: false } },
    connectionState,
    serverVersion: cache.kubernetesVersion,
    info: {
      connectionState,
      serverVersion: cache.kubernetesVersion,
      cacheInfo: {},
      applicationsCount: controller.applications().length,
      apiVersions: cache.apiVersions(),
    },
  };
}

function repositories({ controller }: ApiContext): unknown[] {
  const urls = controller.applications().flatMap(({ spec }) => {
    const url = (spec as { source?: { repoURL?: string } } | undefined)?.source?.repoURL;
    return url ? [url] : [];
  });
  return [...new Set(urls)].sort().map(repo => ({
    repo,
    connectionState: { status: 'Successful', message: '', attemptedAt: null },
    type: 'git',
  }));
}
