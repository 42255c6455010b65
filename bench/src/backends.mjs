/** The compared backends: how each is configured, and what its pages ask of it. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { get, mustGet } from './http.mjs';
import { startChild } from './processes.mjs';

const here = import.meta.dirname;
const root = path.resolve(here, '..', '..');

async function freePort() {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

/**
 * Starts one of the backends and signs in.
 * @param name - ours, roadie or community
 * @param upstreams - ports: `git`, `kubernetes`, `argocd`: list of ports, one an instance
 * @param caller - the groups of the caller: platform sees all, few every hundredth tenant
 * @param gitHost - `{ token, gitops }` where `git` is a real Git host; `gitops` is further configuration
 */
export async function startBackend(name, upstreams, { folder, caller = 'platform', gitHost }) {
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const file = path.join(folder, `${name}-${port}.json`);
  const people = path.join(folder, `${caller}.yaml`);
  await writeFile(people, organization(caller));
  await writeFile(file, JSON.stringify(configuration(port, baseUrl, upstreams, people, gitHost)));
  const startedAt = performance.now();
  const child = await startChild(path.join(here, 'backend.ts'), {
    execArgv: [
      '--expose-gc',
      '--no-node-snapshot',
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
    ],
    args: ['--config', file],
    env: { BENCH_BACKEND: name, NODE_ENV: 'production', LOG_LEVEL: 'warn' },
    cwd: root,
  });
  const answer = await get(`${baseUrl}/api/auth/guest/refresh`, {}, 'GET');
  if (answer.status !== 200) throw new Error(`Sign-in answered ${answer.status}\n${child.log()}`);
  const headers = { authorization: `Bearer ${answer.json().backstageIdentity.token}` };
  return { name, baseUrl, headers, startedAt, ...child, ...pages[name](baseUrl, headers) };
}

/** Ada and her group, as the catalog reads them. */
function organization(group) {
  return `apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ada }
spec: { memberOf: [${group}] }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: ${group} }
spec: { type: team, children: [] }
`;
}

/** How the repository is read: of the stand-in by the API, of a real host as it is told, and not before a push. */
function repositoryOf(git, gitHost) {
  if (!gitHost) {
    return {
      integration: {
        host: 'git.example.com',
        apiBaseUrl: `http://localhost:${git}`,
        token: 'token',
      },
      gitops: { repository: 'https://git.example.com/acme/platform' },
    };
  }
  const { token } = gitHost;
  const repository = `http://localhost:${git}/acme/platform`;
  const apiBaseUrl = `http://localhost:${git}/api/v3`;
  return {
    integration: { host: `localhost:${git}`, apiBaseUrl, token },
    gitops: { ...gitHost.gitops, repository, pollSeconds: 3600 },
  };
}

function configuration(port, baseUrl, { git, kubernetes, argocd }, people, gitHost) {
  const { integration, gitops } = repositoryOf(git, gitHost);
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    permission: { enabled: true },
    catalog: {
      rules: [{ allow: ['User', 'Group'] }],
      locations: [{ type: 'file', target: people }],
    },
    auth: {
      environment: 'development',
      providers: {
        guest: {
          userEntityRef: 'user:default/ada',
          dangerouslyAllowOutsideDevelopment: true,
        },
      },
    },
    integrations: { github: [integration] },
    tenantReleases: {
      gitops,
      access: { platformGroups: ['group:default/platform'] },
    },
    argocd: {
      username: 'none',
      password: 'none',
      appLocatorMethods: [
        {
          type: 'config',
          instances: argocd.map((at, index) => ({
            name: `main${index || ''}`,
            url: `http://localhost:${at}`,
            token: 'token',
          })),
        },
      ],
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'in-cluster',
              url: `http://localhost:${kubernetes}`,
              authProvider: 'serviceAccount',
              serviceAccountToken: 'token',
            },
          ],
        },
      ],
    },
  };
}

/** What a browser asks for: `tab(tenant)` to show one tenant's releases, `fleet()` for the first page of all tenants. */
const pages = {
  ours: (baseUrl, headers) => {
    const api = `${baseUrl}/api/tenant-releases`;
    return {
      tab: tenant =>
        Promise.all([
          mustGet(`${api}/releases/${tenant}/demo-api`, headers),
          mustGet(`${api}/releases/${tenant}/demo-api/history?limit=10`, headers),
        ]),
      fleet: () => mustGet(`${api}/releases?limit=50`, headers),
      /** The same while it may not be there yet. */
      tryFleet: async () => {
        const answer = await get(`${api}/releases?limit=50`, headers);
        return { status: answer.status, body: answer.json() };
      },
    };
  },
  // The overview and the history card: each looks for the instance, then reads the Application; the history asks for each
  // of its revisions, by default all but the last.
  roadie: (baseUrl, headers) => {
    const api = `${baseUrl}/api/argocd`;
    const application = async tenant => {
      const instances = (await mustGet(`${api}/find/name/${tenant}`, headers)).json();
      const answers = instances.map(({ name }) =>
        mustGet(`${api}/argoInstance/${name}/applications/name/${tenant}`, headers),
      );
      return { instance: instances[0].name, answer: (await Promise.all(answers))[0] };
    };
    const history = async tenant => {
      const { instance, answer } = await application(tenant);
      const revisions = answer.json().status.history.slice(0, -1);
      return Promise.all(
        revisions.map(({ revision }) =>
          mustGet(
            `${api}/argoInstance/${instance}/applications/name/${tenant}/revisions/${revision}/metadata`,
            headers,
          ),
        ),
      );
    };
    return {
      tab: tenant => Promise.all([application(tenant), history(tenant)]),
      fleet: () => mustGet(`${api}/allArgoApps/main`, headers),
    };
  },
  // The summary and the life-cycle card: each looks for the Application; the life cycle asks for each revision.
  community: (baseUrl, headers) => {
    const api = `${baseUrl}/api/backstage-community-argocd`;
    const application = tenant =>
      mustGet(`${api}/find/name/${tenant}?expand=applications`, headers);
    const lifecycle = async tenant => {
      const [found] = (await application(tenant))
        .json()
        .flatMap(({ applications }) => applications);
      return Promise.all(
        found.status.history.map(({ revision }) =>
          mustGet(
            `${api}/argoInstance/main/applications/name/${tenant}/revisions/${revision}/metadata`,
            headers,
          ),
        ),
      );
    };
    return {
      tab: tenant => Promise.all([application(tenant), lifecycle(tenant)]),
      /** What one open tab asks for at each poll, every 10 s by default: both cards. */
      poll: tenant => Promise.all([application(tenant), application(tenant)]),
      fleet: () => mustGet(`${api}/argoInstance/main/applications/selector/fleet%3Dall`, headers),
    };
  },
};
