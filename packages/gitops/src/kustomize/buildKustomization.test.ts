import { deployment, testCheckout } from '../__testUtils__/releases';
import { objectVersions } from '../applied/objectVersions';
import { buildKustomization } from './buildKustomization';

const base = {
  'base/kustomization.yaml': 'resources: [api.yaml]\n',
  'base/api.yaml': deployment('api', 'ghcr.io/acme/api:0.1.0'),
};

/** The versions of an overlay with their places, and what did nothing. */
function built(overlay: string, more: Record<string, string> = {}) {
  const checkout = testCheckout({ ...base, 'overlays/a/kustomization.yaml': overlay, ...more });
  const build = buildKustomization(checkout, 'overlays/a');
  const { versions, problems } = objectVersions(build.objects);
  return {
    versions: versions.map(({ image, version, digest, origin }) =>
      [`${image}:${version}`, digest, `${origin.file}:${origin.line}`].filter(Boolean).join(' '),
    ),
    problems: problems.map(({ reason }) => reason),
    idle: build.idle.map(({ name }) => name),
    build,
  };
}

const inherit = 'resources: [../../base]\n';
const digest = `sha256:${'a'.repeat(64)}`;

it.each<[string, string, string]>([
  ['is inherited', inherit, 'ghcr.io/acme/api:0.1.0 base/api.yaml:9'],
  [
    'is a newTag',
    `${inherit}images:\n- name: ghcr.io/acme/api\n  newTag: 1.2.0\n`,
    'ghcr.io/acme/api:1.2.0 overlays/a/kustomization.yaml:4',
  ],
  [
    'is set by a name with a tag',
    `${inherit}images: [{ name: "ghcr.io/acme/api:0.1.0", newTag: 1.3.0 }]\n`,
    'ghcr.io/acme/api:1.3.0 overlays/a/kustomization.yaml:2',
  ],
  [
    'is a digest',
    `${inherit}images:\n- name: ghcr.io/acme/api\n  digest: ${digest}\n`,
    `ghcr.io/acme/api:${digest} overlays/a/kustomization.yaml:4`,
  ],
  [
    'moves with another name',
    `${inherit}images: [{name: ghcr.io/acme/api, newName: mirror/api}]\n`,
    'mirror/api:0.1.0 base/api.yaml:9',
  ],
  [
    'is patched',
    `${inherit}patches:\n- target: {kind: Deployment, name: api}\n  patch: |\n    - op: replace\n      path: /spec/template/spec/containers/0/image\n      value: ghcr.io/acme/api:2.0.0\n`,
    'ghcr.io/acme/api:2.0.0 overlays/a/kustomization.yaml:7',
  ],
])('a version %s', (_, overlay, expected) => {
  expect(built(overlay).versions).toEqual([expected]);
});

it('merges a patch by the names of containers', () => {
  const patch = deployment('api', 'ghcr.io/acme/api:3.0.0');
  const { versions } = built(`${inherit}patches: [{path: version.yaml}]\n`, {
    'overlays/a/version.yaml': patch,
  });
  expect(versions).toEqual(['ghcr.io/acme/api:3.0.0 overlays/a/version.yaml:9']);
});

it('applies components to what is there, and the images of the overlay last', () => {
  const component = 'kind: Component\nimages: [{name: ghcr.io/acme/api, newTag: 1.5.0}]\n';
  const more = { 'components/x/kustomization.yaml': component };
  expect(built(`${inherit}components: [../../components/x]\n`, more).versions).toEqual([
    'ghcr.io/acme/api:1.5.0 components/x/kustomization.yaml:2',
  ]);
  const images = 'images: [{name: ghcr.io/acme/api, newTag: 1.6.0}]\n';
  expect(built(`${inherit}components: [../../components/x]\n${images}`, more).versions).toEqual([
    'ghcr.io/acme/api:1.6.0 overlays/a/kustomization.yaml:3',
  ]);
});

it('says which entries match no image, and which numbers kustomize refuses', () => {
  const { idle, problems, versions } = built(
    `${inherit}images:\n- name: acme/api\n  newTag: 9.9.9\n- name: ghcr.io/acme/api\n  newTag: 1.10\n`,
  );
  expect(idle).toEqual(['acme/api']);
  expect(versions).toEqual([]);
  expect(problems).toEqual([expect.stringContaining('put it in quotes')]);
});

it('knows what is not here', () => {
  const { build } = built('resources: [https://github.com/acme/base?ref=v1, ../../none]\n');
  expect(build.isPartial).toBe(true);
  expect(build.problems).toHaveLength(2);
});

it('ends with kustomizations that bring in each other', () => {
  const checkout = testCheckout({
    'a/kustomization.yaml': 'resources: [../b]\n',
    'b/kustomization.yaml': 'resources: [../a]\n',
  });
  expect(buildKustomization(checkout, 'a').objects).toEqual([]);
});

it('ends with components that bring in others twice, again and again', () => {
  const levels = Array.from({ length: 19 }, (_, index) => [
    `c${index}/kustomization.yaml`,
    `kind: Component\ncomponents: [../c${index + 1}, ../c${index + 1}]\n`,
  ]);
  const build = buildKustomization(
    testCheckout({
      ...Object.fromEntries(levels),
      'a/kustomization.yaml': 'components: [../c0]\n',
    }),
    'a',
  );
  expect(build.visits).toBeLessThan(5_000);
  expect(build.problems).not.toEqual([]);
});

it.each<[string, string, string[]]>([
  ['labels', 'labelSelector: "tier in (front),!old"', ['a:9', 'b:1']],
  ['labels that it has not', 'labelSelector: "tier!=front"', ['a:1', 'b:9']],
  ['kind and version', 'group: apps, version: v1, kind: Deploy.*', ['a:9', 'b:9']],
  ['group', 'group: batch', ['a:1', 'b:1']],
  ['namespace', 'namespace: other', ['a:1', 'b:9']],
])('patches what a target selects by %s', (_, target, expected) => {
  const checkout = testCheckout({
    'kustomization.yaml': `resources: [a.yaml, b.yaml]\npatches:\n- target: {${target}}\n  patch: '[{op: replace, path: /spec/template/spec/containers/0/image, value: new:9}]'\n`,
    'a.yaml': deployment('a', 'a:1').replace('name: a }', 'name: a, labels: { tier: front } }'),
    'b.yaml': deployment('b', 'b:1').replace('name: b }', 'name: b, namespace: other }'),
  });
  const { versions } = objectVersions(buildKustomization(checkout, '').objects);
  expect(versions.map(({ container, version }) => `${container}:${version}`)).toEqual(expected);
});

it('puts an item of a JSON patch before the one at its index', () => {
  const { versions } = built(
    `${inherit}patches:\n- target: {kind: Deployment}\n  patch: '[{op: add, path: /spec/template/spec/containers/0, value: {name: side, image: "side:2"}}]'\n`,
  );
  expect(versions.map(line => line.split(' ')[0])).toEqual(['side:2', 'ghcr.io/acme/api:0.1.0']);
});

it('replaces the lists of a kind that Kubernetes does not know', () => {
  const rollout = (image: string) =>
    deployment(image.split(':')[0], image)
      .replace('apps/v1', 'argoproj.io/v1alpha1')
      .replace('kind: Deployment\nmetadata: { name: new }', 'kind: Rollout\nmetadata: { name: a }')
      .replace('kind: Deployment', 'kind: Rollout');
  const checkout = testCheckout({
    'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: b.yaml}]\n',
    'a.yaml': rollout('a:1'),
    'b.yaml': rollout('new:2'),
  });
  const { versions } = objectVersions(buildKustomization(checkout, '').objects);
  expect(versions.map(({ image, version }) => `${image}:${version}`)).toEqual(['new:2']);
});

it.each([
  ['a patch that is no YAML', 'patches: [{path: bad.yaml}]\n', { 'overlays/a/bad.yaml': 'a: [\n' }],
  [
    'a transformer of images',
    'transformers: [images.yaml]\n',
    { 'overlays/a/images.yaml': 'kind: ImageTagTransformer\nimageTag: {name: x, newTag: "2"}\n' },
  ],
  ['replacements', 'replacements: [{targets: [{fieldPaths: [spec.x.containers.0.image]}]}]\n', {}],
])('is unsure of images beside %s', (_, overlay, more) => {
  const { build } = built(inherit + overlay, more);
  expect(build.isUnsure).toBe(true);
  expect(build.problems).toHaveLength(1);
});

it('takes what a rule asks of images for no image', () => {
  const rule = deployment('rule', '"!*:latest"').replace('apps/v1', 'kyverno.io/v1');
  const { versions, problems } = built('resources: [../../base, rule.yaml]\n', {
    'overlays/a/rule.yaml': rule.replace('Deployment', 'ClusterPolicy'),
  });
  expect(versions).toHaveLength(1);
  expect(problems).toEqual([]);
});

it.each([
  ['a name of an image', `images: [{ name: "(g+)+(h|.*)*!", newTag: "9" }]\n`],
  ['a target', `patches: [{ target: { name: "(a+)+!" }, patch: "[]" }]\n`],
])('does not try an expression for long: %s', (_, overlay) => {
  const more = { 'base/api.yaml': deployment(`${'a'.repeat(60)}`, `${'g'.repeat(60)}:0.1.0`) };
  expect(built(inherit + overlay, more).versions).toHaveLength(1);
});
