import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../lib/paths.mjs';
import { readManifest } from './argocd.mjs';
import { clusterConfig, clusterState } from './cluster.mjs';
import { imageOf } from './images.mjs';
import { nextSteps } from './nextSteps.mjs';
import { overlayText } from './overlay.mjs';
import { pins } from './pins.mjs';

const { parse, parseAllDocuments } = createRequire(
  path.join(root, 'packages/sandbox/package.json'),
)('yaml');
const read = file => readFile(path.join(root, 'scripts/k3d', file), 'utf8');

describe('cluster.yaml', () => {
  it('fills in every blank, and binds nothing but loopback', async () => {
    const text = clusterConfig(await read('cluster.yaml'), {
      name: 'demo',
      apiPort: 6551,
      argocdPort: 8091,
      registryPort: 5511,
      gitFolder: "/home/ada's/git",
    });
    const config = parse(text);
    assert.equal(config.metadata.name, 'demo');
    assert.deepEqual(config.kubeAPI, { hostIP: '127.0.0.1', hostPort: '6551' });
    assert.equal(config.ports[0].port, '127.0.0.1:8091:30080');
    assert.equal(config.volumes[0].volume, "/home/ada's/git:/git:ro");
    assert.equal(config.registries.create.hostPort, '5511');
    assert.match(config.registries.config, /http:\/\/k3d-demo-registry:5000/);
    assert.match(config.image, /:v1\.\d+\.\d+-k3s\d+$/);
    assert.doesNotMatch(text.replace(/^#.*/gm, ''), /@[A-Z_]+@|undefined/);
  });

  for (const [list, state] of [
    ['[]', 'absent'],
    ['[{"name":"other","serversRunning":1}]', 'absent'],
    ['[{"name":"demo","serversRunning":0}]', 'stopped'],
    ['[{"name":"demo","serversRunning":1}]', 'running'],
  ]) {
    it(`is ${state} in ${list}`, () => assert.equal(clusterState(list, 'demo'), state));
  }
});

describe("Argo CD's manifest", () => {
  const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  it('is taken when its checksum is the pinned one', async () =>
    assert.equal(await readManifest(undefined, { fetchText: async () => 'abc', sha256 }), 'abc'));
  it('is refused otherwise', () =>
    assert.rejects(
      readManifest(undefined, { fetchText: async () => 'abd', sha256 }),
      /^CureError: https:.*install\.yaml is not Argo CD v3\.2\.11: its SHA-256 is/,
    ));
  it('is asked for when the file is not there', () =>
    assert.rejects(readManifest('/nowhere/install.yaml'), /ENOENT.*--argocd-manifest/));
  it('is fetched by the pinned version', () =>
    assert.ok(pins.argocd.url.includes(`/${pins.argocd.version}/`)));
});

describe('imageOf', () => {
  for (const [text, image] of [
    [
      'image:\n  repository: ghcr.io/acme/demo-api\n  tag: sha-1a2b3c4\n',
      'ghcr.io/acme/demo-api:sha-1a2b3c4',
    ],
    ['image: # the release\n\n  # by hand\n  tag: "sha-1"\n  repository: \'r\' # x', 'r:sha-1'],
    ['tenant:\n  tag: x\nimage:\n  repository: r\n  tag: y\nother:\n  tag: z\n', 'r:y'],
    ['tenant:\n  name: tenant-a\n', undefined],
  ]) {
    it(`finds ${image}`, () => assert.equal(imageOf(text), image));
  }
});

describe('the overlay', () => {
  const parts = {
    argocd: { url: 'http://localhost:8090', token: 'eyJ.argo' },
    kubernetes: { url: 'https://127.0.0.1:6550', token: "it's ${HOME}", caData: 'Q0E=' },
  };
  it('holds both credentials, and no repository that has no API', () => {
    const config = parse(overlayText(parts));
    assert.equal(config.argocd.appLocatorMethods[0].instances[0].token, 'eyJ.argo');
    const [cluster] = config.kubernetes.clusterLocatorMethods[0].clusters;
    assert.equal(cluster.name, 'in-cluster');
    assert.equal(cluster.serviceAccountToken, "it's $${HOME}");
    assert.equal(config.tenantReleases.gitops, undefined);
    assert.equal(config.tenantReleases.telemetry[0].loki.orgId, '{tenant}');
  });
  it('names a remote repository, its token a variable', () => {
    const config = parse(
      overlayText({ ...parts, repository: 'https://github.com/you/platform.git' }),
    );
    assert.equal(config.tenantReleases.gitops.repository, 'https://github.com/you/platform');
    assert.deepEqual(config.integrations.github, [
      { host: 'github.com', token: '${GITHUB_TOKEN}' },
    ]);
  });
  it('keeps the token where a second run finds it', () =>
    assert.match(overlayText(parts), /^ +token: 'eyJ\.argo' # argocd$/m));
  it('is ignored by Git', async () =>
    assert.match(await readFile(path.join(root, '.gitignore'), 'utf8'), /^\*\.local\.yaml$/m));
});

describe('what is printed at the end', () => {
  it('names files and commands, and no credential', () => {
    const folders = {
      kubeconfig: '/x/kubeconfig',
      overlay: path.join(root, 'app-config.k3d.local.yaml'),
    };
    const text = nextSteps({ folders, argocdUrl: 'http://localhost:8090' }).join('\n');
    assert.match(text, /npm start -- --config app-config\.k3d\.local\.yaml/);
    assert.match(text, /port-forward service\/loki 3100/);
  });
});

describe("the portal's account", () => {
  it('may read what is shown and change nothing', async () => {
    const role = parse(await read('manifests/portal/cluster-role.yaml'));
    const verbs = new Set(role.rules.flatMap(rule => rule.verbs));
    assert.deepEqual([...verbs].sort(), ['get', 'list', 'watch']);
    const resources = new Set(role.rules.flatMap(rule => rule.resources));
    for (const forbidden of ['*', 'secrets', 'configmaps', 'pods/log', 'pods/exec', 'nodes']) {
      assert.ok(!resources.has(forbidden), forbidden);
    }
  });
  it('may read every kind that the overlay makes the Kubernetes tab ask for', async () => {
    const role = parse(await read('manifests/portal/cluster-role.yaml'));
    const readable = role.rules.flatMap(rule => rule.resources);
    const { objectTypes } = parse(
      overlayText({
        argocd: { url: 'x', token: 'x' },
        kubernetes: { url: 'x', token: 'x', caData: 'x' },
      }),
    ).kubernetes;
    assert.deepEqual(
      objectTypes.filter(kind => !readable.includes(kind)),
      [],
    );
  });
  it('in Argo CD may get Applications and nothing else', async () => {
    const [{ data }] = parseAllDocuments(await read('manifests/argocd/argocd-rbac-cm.yaml')).map(
      document => document.toJS(),
    );
    assert.equal(data['policy.default'], '');
    assert.deepEqual(data['policy.csv'].trim().split('\n'), [
      'p, role:portal, applications, get, */*, allow',
      'g, backstage, role:portal',
    ]);
  });
});
