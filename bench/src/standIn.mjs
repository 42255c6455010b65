/**
 * The upstreams of the benchmark in one process: Argo CD, a Git host and a Kubernetes API, over tenants made up here. Run by
 * run.mjs, which says by messages how many tenants there are and what changes.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { makeApplication, selectFields } from './application.mjs';
import { createKubernetes } from './kubernetes.mjs';

const sha = text => createHash('sha1').update(text).digest('hex');
const headCommit = sha('head');

const kubernetes = createKubernetes();
const state = {
  applications: new Map(),
  version: 1000,
  streams: new Set(),
  files: new Map(),
  byOid: new Map(),
};

/** Makes `count` tenants, and with them Applications, files and pods: `pods` of each. */
function fill(count, pods) {
  state.applications.clear();
  state.files.clear();
  state.byOid.clear();
  for (let index = 0; index < count; index += 1) {
    const name = `tenant-${String(index).padStart(4, '0')}`;
    state.applications.set(name, makeApplication(name, index, state.version));
    const text = tenantFile(name, index);
    state.files.set(`gitops/tenants/${name}-values.yaml`, sha(text));
    state.byOid.set(sha(text), text);
  }
  kubernetes.fill([...state.applications.keys()], { pods, resourceVersion: state.version });
}

function tenantFile(name, index) {
  // Every hundredth tenant belongs to the caller who may see few.
  const owner = index % 100 === 7 ? 'group:default/few' : `group:default/${name}-owners`;
  return `tenant:
  name: ${name}
  displayName: Customer ${index}
  owner: ${owner}
  tier: ${['free', 'standard', 'premium'][index % 3]}
  ring: ${index % 4}
  contact: ops@example.com
image:
  repository: ghcr.io/acme/demo-api
  tag: sha-${sha(`version ${index % 7}`).slice(0, 7)}
`;
}

function send(response, body, status = 200, headers = {}) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** @param part - which third of the Applications this instance has; undefined for all of them */
function argocd(request, response, part) {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/api/version') return send(response, { Version: 'v3.2.11' });
  if (url.pathname === '/api/v1/stream/applications') {
    response.writeHead(200, { 'content-type': 'application/json' });
    state.streams.add(response);
    response.on('close', () => state.streams.delete(response));
    return undefined;
  }
  const [, name, , revision] =
    /^\/api\/v1\/applications(?:\/([^/]+)(\/revisions\/([^/]+)\/metadata)?)?$/.exec(url.pathname) ??
    [];
  if (url.pathname === '/api/v1/applications') {
    const fields = url.searchParams.get('fields');
    const wanted = url.searchParams.get('name');
    const all = [...state.applications.values()]
      .filter(({ metadata }) => !wanted || metadata.name === wanted)
      .filter((_, index) => part === undefined || index % 3 === part);
    const items = fields ? all.map(item => selectFields(item, fields)) : all;
    return send(response, { metadata: { resourceVersion: String(state.version) }, items });
  }
  const application = state.applications.get(name);
  if (!application) return send(response, { error: 'permission denied', code: 7 }, 403);
  if (revision) {
    return send(response, {
      author: 'Ada <ada@example.com>',
      date: '2026-01-01T00:00:00Z',
      message: `bump demo-api (#${Number.parseInt(revision.slice(0, 3), 16)})`,
    });
  }
  return send(response, application);
}

function git(request, response) {
  const url = new URL(request.url, 'http://localhost');
  const route = url.pathname.replace('/repos/acme/platform', '');
  const etag = `"${headCommit}"`;
  if (url.pathname === '/graphql') return graphql(request, response);
  if (route === '/rate_limit') return send(response, { resources: {} });
  if (route === '/commits' && !url.searchParams.has('path')) {
    if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
    return send(response, [commit(headCommit, 0)], 200, { etag });
  }
  if (route.startsWith('/git/trees/')) {
    const tree = [...state.files].map(([path, id]) => ({
      path,
      type: 'blob',
      sha: id,
      mode: '100644',
    }));
    return send(response, { sha: headCommit, truncated: false, tree });
  }
  const blob = state.byOid.get(/^\/git\/blobs\/(\w+)$/.exec(route)?.[1]);
  if (blob !== undefined) return send(response, content(blob));
  if (route.startsWith('/contents/')) {
    const id = state.files.get(decodeURIComponent(route.slice('/contents/'.length)));
    return id
      ? send(response, { ...content(state.byOid.get(id)), sha: id })
      : send(response, {}, 404);
  }
  if (route.endsWith('/pulls')) return send(response, []);
  if (route === '/commits')
    return send(
      response,
      Array.from({ length: 10 }, (_, age) =>
        commit(sha(`${url.searchParams.get('path')} ${age}`), age),
      ),
    );
  if (route === '' || route === '/') return send(response, { default_branch: 'main' });
  return send(response, { message: 'Not Found' }, 404);
}

/** Answers `object(oid: "...")` of a blob under any alias, as GitHub's GraphQL API does. */
function graphql(request, response) {
  let body = '';
  request.on('data', data => (body += data));
  request.on('end', () => {
    const { query } = JSON.parse(body);
    const repository = {};
    for (const [, alias, oid] of query.matchAll(/(\w+):\s*object\(oid:\s*"(\w+)"\)/g)) {
      const text = state.byOid.get(oid);
      repository[alias] =
        text === undefined
          ? null
          : { oid, text, isBinary: false, isTruncated: false, byteSize: text.length };
    }
    send(response, { data: { repository } });
  });
}

function content(text) {
  return { sha: sha(text), encoding: 'base64', content: Buffer.from(text).toString('base64') };
}

function commit(id, age) {
  const person = {
    name: 'Ada',
    email: 'ada@example.com',
    date: new Date(Date.UTC(2026, 0, 20 - age)).toISOString(),
  };
  return {
    sha: id,
    commit: { message: `bump demo-api (#${100 - age})`, author: person, committer: person },
  };
}

/** Changes an Application's health message and tells the streams; answers when that was. */
function change(name, mark) {
  state.version += 1;
  const application = state.applications.get(name);
  application.metadata.resourceVersion = String(state.version);
  application.status.health = { status: 'Degraded', message: mark };
  const line = `${JSON.stringify({ result: { type: 'MODIFIED', application } })}\n`;
  for (const stream of state.streams) stream.write(line);
}

const servers = {
  argocd: (request, response) => argocd(request, response),
  git,
  kubernetes: kubernetes.handle,
  ...Object.fromEntries(
    [0, 1, 2].map(part => [
      `argocd${part}`,
      (request, response) => argocd(request, response, part),
    ]),
  ),
};

process.on('message', async ({ id, fill: count, pods, change: changed, podEvents }) => {
  if (count !== undefined) fill(count, pods);
  if (changed) change(changed.name, changed.mark);
  const answer = podEvents && (await kubernetes.sendEvents(podEvents));
  if (id !== undefined) process.send({ id, ...answer });
});

const ports = {};
for (const [name, handler] of Object.entries(servers)) {
  const server = createServer(handler);
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  ports[name] = server.address().port;
}
process.send({ ready: true, ports });
