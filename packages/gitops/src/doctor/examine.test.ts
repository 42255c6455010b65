import { application, deployment, examined, testCheckout } from '../__testUtils__/releases';

const overlays = {
  'base/kustomization.yaml': 'resources: [a.yaml]\n',
  'base/a.yaml': deployment('api', 'acme/api:0.1.0'),
  'overlays/acme/kustomization.yaml':
    'resources: [../../base]\nimages: [{ name: acme/api, newTag: 1.0.0 }]\n',
  'overlays/bravo/kustomization.yaml': 'resources: [../../base]\n',
};

it('names an Application that no layout claims, and a layout that matches nothing', async () => {
  const files = { ...overlays, 'apps/one.yaml': application('one', '    path: overlays/acme') };
  const { lines, unmatched } = await examined(testCheckout(files), {
    layouts: [{ path: 'tenants/{tenant}/values.yaml' }],
  });
  expect(lines).toEqual([]);
  expect(unmatched.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'application one',
    'file overlays/bravo/kustomization.yaml',
    'file tenants/{tenant}/values.yaml',
  ]);
  expect(unmatched[2].reason).toContain('0 of 5 files');
});

it('refuses two layouts that claim one file', async () => {
  const layouts = [{ path: 'overlays/{tenant}' }, { path: '{environment}/acme' }];
  const { lines, unmatched } = await examined(testCheckout(overlays), { layouts });
  expect(lines).toEqual(['bravo/api 0.1.0 base/a.yaml:9']);
  expect(unmatched[0].reason).toContain(
    'two layouts claim it: overlays/{tenant} and {environment}/acme',
  );
});

it('tells versions of one name apart, or neither', async () => {
  const { lines, unmatched } = await examined(testCheckout(overlays), {
    layouts: [{ path: 'overlays/*', environment: 'prod', tenant: 'all' }],
  });
  expect(lines).toEqual([]);
  expect(unmatched[0]).toMatchObject({
    kind: 'tenant',
    name: 'all',
    reason: expect.stringContaining('2 versions of api'),
  });
});

it('names the services by the layout, by the key above the image, and by the image', async () => {
  const values =
    'image: {repository: acme/api, tag: a}\nweb: {image: {repository: acme/x, tag: b}}\nimages: {order: {repository: acme/y, tag: c}}\n';
  const { lines } = await examined(testCheckout({ 't/acme/main/values.yaml': values }), {
    layouts: [{ path: 't/{tenant}/{service}/values.yaml' }],
  });
  expect(lines.map(line => line.split(' ')[0])).toEqual(['acme/main', 'acme/web', 'acme/order']);
});

it('reads only the versions that a layout names', async () => {
  const files = {
    't/acme.yaml':
      'images: {order: {tag: a}, stock: {tag: b}}\ncache: {image: {repository: x, tag: c}}\n',
    't/bravo.yaml': 'images: {order: {tag: "{{ x }}"}}\n',
  };
  const { lines, unmatched } = await examined(testCheckout(files), {
    layouts: [{ path: 't/{tenant}.yaml', versions: [{ locator: 'yaml:images.{service}.tag' }] }],
  });
  expect(lines).toEqual(['acme/order a t/acme.yaml:1', 'acme/stock b t/acme.yaml:1']);
  expect(unmatched).toEqual([expect.objectContaining({ kind: 'file', name: 't/bravo.yaml' })]);
});

it('finds values of other kinds where a layout names them', async () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const files = { 'e/prod/api': 'v737\n', 'e/dev/api': `v1@${digest}\n` };
  const { releases } = await examined(testCheckout(files), {
    layouts: [{ path: 'e/{environment}/{service}', versions: [{ locator: 'text:' }] }],
  });
  expect(releases).toMatchObject([
    { tenant: 'dev', environment: 'dev', service: 'api', version: 'v1', digest, locator: 'text:' },
    { tenant: 'prod', environment: 'prod', service: 'api', version: 'v737', line: 1 },
  ]);
});

it('says that a version is encrypted', async () => {
  const files = { 't/acme.yaml': 'image: { repository: a/api, tag: "ENC[AES256_GCM,data:x]" }\n' };
  const { lines, unmatched } = await examined(testCheckout(files), {
    layouts: [{ path: 't/{tenant}.yaml', versions: [{ locator: 'yaml:image.tag' }] }],
  });
  expect(lines).toEqual([]);
  expect(unmatched.map(({ reason }) => reason)).toEqual([
    't/acme.yaml:1 it is encrypted with sops: leave it in clear (encrypted_regex)',
  ]);
});

it('says where the version is set when no locator meets it', async () => {
  const files = {
    'chart/Chart.yaml': 'name: shop\n',
    'chart/values.yaml': 'image: { repository: a/api, tag: 1.0.0 }\n',
    'chart/templates/a.yaml': 'image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"\n',
    't/acme.yaml': 'image: { tag: 2.0.0 }\n',
    'apps/acme.yaml': application(
      'acme',
      '    path: chart\n    helm:\n      valueFiles: [../t/acme.yaml]\n      parameters: [{ name: image.tag, value: 3.0.0 }]',
    ),
  };
  const { lines, unmatched } = await examined(testCheckout(files), {
    layouts: [{ path: 't/{tenant}.yaml', versions: [{ locator: 'yaml:image.tag' }] }],
  });
  expect(lines).toEqual([]);
  expect(unmatched.map(({ reason }) => reason)).toEqual([
    'apps/acme.yaml:13 sets 3.0.0 at yaml:spec.source.helm.parameters[image.tag].value, which no locator of the layout meets',
  ]);
});

it('names links, pointers of Git LFS and what is no YAML in the place of a file', async () => {
  const files = {
    't/acme.yaml': `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(
      64,
    )}\nsize 7\n`,
    't/bravo.yaml': 'image: [\n',
    't/cora.yaml': 'image: { repository: a/api, tag: 1.0.0 }\n',
  };
  const checkout = { ...testCheckout(files), links: ['t/dora.yaml', 't/README', 'docs'] };
  const { lines, unmatched } = await examined(checkout, { layouts: [{ path: 't/{tenant}.yaml' }] });
  expect(lines).toEqual(['cora/api 1.0.0 t/cora.yaml:1']);
  expect(unmatched.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
    't/acme.yaml: it is a pointer of Git LFS: keep the text itself in Git',
    't/bravo.yaml: t/bravo.yaml is no YAML that can be read',
    't/dora.yaml: it is a symbolic link: replace it by the file or folder itself',
  ]);
});
