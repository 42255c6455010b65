import { realKubectl } from '../cluster/testing/realKubectl';
import { eventually } from './testing/eventually';
import { PlatformFixture, startPlatform } from './testing/platformFixture';

jest.setTimeout(60_000);

const overlay = (tenant: string, tag: string) =>
  `namespace: ${tenant}\nresources: [../../base]\nimages: [{ name: acme/api, newTag: "${tag}" }]\n`;

const files = (repoUrl: string) => ({
  'argocd/tenants.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: tenants, namespace: argocd }
spec:
  goTemplate: true
  generators: [{ git: { repoURL: '${repoUrl}', revision: main, directories: [{ path: overlays/* }] } }]
  template:
    metadata: { name: '{{.path.basename}}' }
    spec:
      project: default
      source: { repoURL: '${repoUrl}', targetRevision: main, path: '{{.path.path}}' }
      destination: { name: in-cluster, namespace: '{{.path.basename}}' }
      syncPolicy: { automated: { prune: true }, syncOptions: [CreateNamespace=true] }
`,
  'argocd/plain.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: plain, namespace: argocd }
spec:
  project: default
  source: { repoURL: '${repoUrl}', targetRevision: main, path: plain }
  destination: { name: in-cluster, namespace: plain }
`,
  'plain/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: plain }\n',
  'base/kustomization.yaml': 'resources: [api.yaml]\n',
  'base/api.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: base, labels: { version: one } }
---
apiVersion: v1
kind: Pod
metadata: { name: api }
spec: { containers: [{ name: api, image: 'acme/api:0' }] }
`,
  'overlays/acme/kustomization.yaml': overlay('acme', '1'),
  'overlays/bravo/kustomization.yaml': overlay('bravo', '2'),
});

describe('the Applications of a repository as it stands', () => {
  let platform: PlatformFixture;
  const image = (tenant: string) =>
    (
      platform.kubernetes.find('Pod', tenant, 'api')?.spec as
        | { containers: Array<{ image: string }> }
        | undefined
    )?.containers[0].image;

  beforeAll(async () => {
    platform = await startPlatform({
      bootstrap: false,
      applications: true,
      files,
      kubectl: await realKubectl(),
    });
  });
  afterAll(() => platform.close());

  it('are made by the ApplicationSets, and their kustomizations are built and applied', async () => {
    await eventually(() =>
      expect([image('acme'), image('bravo')]).toEqual(['acme/api:1', 'acme/api:2']),
    );
    const { metadata } = platform.application('acme');
    expect(metadata.annotations).toMatchObject({
      'sandbox.tenant-releases.io/application-set': 'tenants',
    });
    expect(metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
    await eventually(() =>
      expect(platform.application('acme').status?.sync?.status).toBe('Synced'),
    );
    expect(platform.application('acme').status?.sourceType).toBe('Kustomize');
    // It says nothing of automated sync.
    expect(platform.application('plain').status?.sync?.status).toBe('OutOfSync');
  });

  it('follow a base that stands elsewhere than the overlay', async () => {
    platform.git.commit('Base', {
      'base/api.yaml': files('')['base/api.yaml'].replace('version: one', 'version: two'),
    });
    await eventually(() =>
      expect(platform.kubernetes.find('ConfigMap', 'acme', 'base')?.metadata.labels).toEqual({
        version: 'two',
      }),
    );
  });

  it('come and go with their folders, with all that they had deployed', async () => {
    platform.git.commit('Corvus', {
      'overlays/bravo/kustomization.yaml': undefined,
      'overlays/corvus/kustomization.yaml': overlay('corvus', '3'),
      'argocd/plain.yaml': undefined,
    });
    await eventually(() => expect(image('corvus')).toBe('acme/api:3'));
    await eventually(() => {
      expect(platform.kubernetes.find('Application', 'argocd', 'bravo')).toBeUndefined();
      expect(image('bravo')).toBeUndefined();
    });
    expect(image('acme')).toBe('acme/api:1');
    // As kubectl apply leaves what a file no longer holds.
    expect(platform.application('plain').metadata.name).toBe('plain');
  });

  it('stay while an ApplicationSet cannot be rendered, which is logged once', async () => {
    platform.git.commit('Broken', {
      'argocd/tenants.yaml': files(platform.git.url)['argocd/tenants.yaml'].replace(
        'git:',
        'plugin:',
      ),
    });
    await eventually(() =>
      expect(
        platform.log.filter(line => /ApplicationSet tenants: .*plugin/.test(line)),
      ).toHaveLength(1),
    );
    expect(image('acme')).toBe('acme/api:1');
    platform.git.commit('Mended', files(platform.git.url));
    await eventually(() => expect(image('bravo')).toBe('acme/api:2'));
    expect(platform.log.filter(line => /plugin/.test(line))).toHaveLength(1);
  });

  it('say in the words of kustomize what cannot be built', async () => {
    platform.git.commit('No base', {
      'overlays/acme/kustomization.yaml': 'resources: [../none]\n',
    });
    await eventually(() => {
      const [condition] = platform.application('acme').status?.conditions ?? [];
      expect(condition?.message).toMatch(
        /kustomize build <path to cached source>\/overlays\/acme.*none/s,
      );
      expect(condition.message).not.toContain('/tmp/');
    });
  });
});
