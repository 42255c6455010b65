import { application } from '../../__testUtils__/releases';
import { exampleFiles } from '../../__testUtils__/examples';
import { onboard } from '../../__testUtils__/onboard';
import { layoutSchema, type LayoutSettings } from '../../layout/layoutSchema';

type Onboarding = NonNullable<LayoutSettings['onboarding']>;

const overlays = (onboarding: unknown): LayoutSettings =>
  layoutSchema.parse({ preset: 'kustomize-overlays', onboarding });

const overlay = `# {tenant}, {tier}
namespace: {tenantLabel}
resources: ['../../base']
commonAnnotations: { contact: '{contact}', ring: "{ring}", quota: '{{tenant}} \${tenant}' }
images:
  - name: ghcr.io/acme/api
    newTag: {version}
`;

describe('onboardTenant, from skeletons', () => {
  it('fills paths and texts, and adds to shared files', async () => {
    const files: Record<string, string> = {
      ...exampleFiles('chart-per-environment'),
      'skeleton/Chart.yaml': exampleFiles('chart-per-environment')
        ['environments/dev/Chart.yaml'].replace('shop-dev', 'shop-{tenant}')
        .replaceAll('3.3.0', '{version}'),
    };
    const onboarding: Onboarding = {
      files: [
        { path: 'environments/{tenant}/Chart.yaml', skeleton: 'skeleton/Chart.yaml' },
        { path: 'environments/{tenant}/notes.txt', text: 'for {team}\n' },
      ],
      entries: [
        {
          file: 'argocd/shop.yaml',
          at: 'spec.generators[0].list.elements',
          value: { env: '{tenant}', team: '{team}', ring: '{ring}' },
        },
      ],
      defaults: { ring: '1', team: 'nobody' },
    };
    const done = await onboard(
      files,
      { preset: 'chart-per-environment', exclude: ['skeleton'], onboarding },
      { tenant: 'qa', service: 'api', version: '1.10.0', set: { team: 'on: call' } },
    );
    expect(done.lines).toEqual(['qa api qa 1.10.0 shop-qa', 'qa worker.v2 qa 1.10.0 shop-qa']);
    expect(done.changed).toEqual([
      'new environments/qa/Chart.yaml',
      'new environments/qa/notes.txt',
      'changed argocd/shop.yaml',
    ]);
    expect(done.text('environments/qa/Chart.yaml')).toContain('    version: 1.10.0\n');
    expect(done.text('environments/qa/notes.txt')).toBe('for on: call\n');
    expect(done.text('argocd/shop.yaml')).toBe(
      files['argocd/shop.yaml'].replace(
        '          - env: prod\n',
        '          - env: prod\n          - env: qa\n            team: "on: call"\n            ring: 1\n',
      ),
    );
  });

  it('takes values for data, and leaves the templates of others alone', async () => {
    const done = await onboard(
      exampleFiles('kustomize-overlays'),
      overlays({
        files: [{ path: 'overlays/{tenant}/kustomization.yaml', text: overlay }],
        defaults: { tier: 'gold', ring: '1' },
      }),
      {
        tenant: 'Charlie_EU',
        service: 'api',
        version: '0123',
        set: { contact: "it's\\n: {tenant}" },
      },
    ).catch(error => error);
    // The namespace is a label, but the Application is called as its folder.
    expect(done.message).toMatch(/^tenant Charlie_EU: would make the Application Charlie_EU/);
    const good = await onboard(
      exampleFiles('kustomize-overlays'),
      overlays({
        files: [{ path: 'overlays/{tenant}/kustomization.yaml', text: overlay }],
        defaults: { tier: 'gold', ring: '1' },
      }),
      { service: 'api', version: '0123', set: { contact: "it's\\n: {tenant}" } },
    );
    expect(good.text('overlays/charlie/kustomization.yaml')).toBe(`# charlie, gold
namespace: charlie
resources: ['../../base']
commonAnnotations: { contact: 'it''s\\n: {tenant}', ring: "1", quota: '{{tenant}} \${tenant}' }
images:
  - name: ghcr.io/acme/api
    newTag: "0123"
`);
  });

  it.each<[string, unknown, Record<string, string>, RegExp]>([
    [
      'a placeholder that nobody knows',
      { files: [{ path: 'overlays/{tenant}/kustomization.yaml', text: 'a: {tenand}\n' }] },
      {},
      /^the text of overlays\/\{tenant\}\/kustomization.yaml: holds \{tenand\}, .*--set tenand=/,
    ],
    [
      'a path without the environment',
      { files: [{ path: 'overlays/{tenant}-{environment}/kustomization.yaml', text: overlay }] },
      {},
      /holds \{environment\}, of which nobody says the value: say --environment/,
    ],
    [
      'a value that no skeleton holds',
      { files: [{ path: 'overlays/{tenant}/kustomization.yaml', text: 'a: 1\n' }] },
      { color: 'red' },
      /^set color: no skeleton holds \{color\}/,
    ],
    [
      'a path out of the layout',
      { files: [{ path: 'elsewhere/{tenant}/kustomization.yaml', text: 'a: 1\n' }] },
      {},
      /^onboarding.files: makes elsewhere\/charlie.*none is met by the layout's path overlays\/\{tenant\}/,
    ],
    [
      'a value that leads out of a folder',
      { files: [{ path: 'overlays/{tenant}/{x}/a.yaml', text: 'a: 1\n' }] },
      { x: '../..' },
      /^x "\.\.\/\.\.": cannot be part of/,
    ],
    [
      'a skeleton that is missing',
      { files: [{ path: 'overlays/{tenant}/kustomization.yaml', skeleton: 'none.yaml' }] },
      {},
      /^none.yaml: is missing/,
    ],
    [
      'a version that no skeleton holds',
      {
        files: [
          {
            path: 'overlays/{tenant}/kustomization.yaml',
            text: 'resources: [../../base]\nnamespace: {tenant}\n',
          },
        ],
      },
      {},
      /^version 7.0.1: api has 0.0.0 from base\/api.yaml:17, which is no file of the new tenant/,
    ],
    [
      'a namespace of the platform',
      { files: [{ path: 'overlays/{tenant}/kustomization.yaml', text: overlay }] },
      { tenant: 'kube-system', contact: 'c', tier: 't', ring: '1' },
      /^tenant kube-system: would get the namespace kube-system, which is the platform's/,
    ],
    [
      'a list that is none',
      {
        files: [{ path: 'overlays/{tenant}/kustomization.yaml', text: 'a: 1\n' }],
        entries: [{ file: 'base/kustomization.yaml', at: 'images', value: '{tenant}' }],
      },
      {},
      /^base\/kustomization.yaml: images is no list, for example \[\]: write one there/,
    ],
  ])('refuses %s', async (_, onboarding, { tenant = 'charlie', ...set }, message) => {
    await expect(
      onboard(exampleFiles('kustomize-overlays'), overlays(onboarding), {
        tenant,
        service: 'api',
        set,
      }),
    ).rejects.toThrow(message);
  });

  it('refuses a tenant without an Application, and one with that of another', async () => {
    const files = {
      'apps/acme.yaml': application('acme', '    path: acme'),
      'acme/web.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: "web:1" }] }\n',
    };
    const pod = {
      path: '{tenant}/web.yaml',
      text: files['acme/web.yaml'].replace(':1', ':{version}'),
    };
    const request = { service: 'web', version: '2.0.0' };
    const layout = { path: '{tenant}', exclude: ['apps'] };
    await expect(
      onboard(files, { ...layout, onboarding: { files: [pod] } }, request),
    ).rejects.toThrow(/charlie\/web: (is not found by the layouts|has no Application)/);
    const app = { path: 'apps/{tenant}.yaml', text: application('x', '    path: {tenant}') };
    const named = await onboard(files, { ...layout, onboarding: { files: [pod, app] } }, request);
    expect(named.lines).toEqual(['charlie web 2.0.0 x']);
    const taken = { ...app, text: app.text.replace('namespace: x', 'namespace: acme') };
    await expect(
      onboard(files, { ...layout, onboarding: { files: [pod, taken] } }, request),
    ).rejects.toThrow(/charlie: would share the namespace acme with acme/);
    const twin = { ...app, text: app.text.replace('name: x', 'name: acme') };
    await expect(
      onboard(files, { ...layout, onboarding: { files: [pod, twin] } }, request),
    ).rejects.toThrow(/Application acme of acme|acme\/web: would change/);
  });

  it.each<[unknown, RegExp]>([
    [{ files: [{ path: 'a.yaml', text: 'x' }] }, /needs \{tenant\}/],
    [{ files: [{ path: '../{tenant}', text: 'x' }] }, /must be a path from the repository's root/],
    [{ files: [{ path: '/{tenant}', text: 'x' }] }, /must be a path/],
    [{ files: [{ path: '{tenant}' }] }, /needs skeleton, .* or text/],
    [{ files: [{ path: '{tenant}', text: 'x', skeleton: 'y' }] }, /needs skeleton, .* or text/],
    [{ model: 'acme', files: [{ path: '{tenant}', text: 'x' }] }, /one of both/],
    [{}, /one of both/],
    [{ entries: [{ file: 'a.yaml', at: 'a..b', value: 1 }] }, /path of keys/],
  ])('takes no configuration %j', (onboarding, message) => {
    expect(() => overlays(onboarding)).toThrow(message);
  });
});
