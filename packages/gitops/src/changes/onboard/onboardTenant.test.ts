import { application } from '../../__testUtils__/releases';
import { parse } from 'yaml';
import { exampleFiles, filesBelow } from '../../__testUtils__/examples';
import { onboard } from '../../__testUtils__/onboard';
import type { PresetName } from '../../layout/presets';
import type { OnboardingRequest } from './request';

// Real helm, on a machine that may be busy.
jest.setTimeout(30_000);

const facts = {
  displayName: 'Charlie: "fresh" # fish',
  owner: 'group:default/charlies',
  contact: 'fish@example.com',
};

describe('onboardTenant, as a copy', () => {
  it.each<{
    name: PresetName;
    request: Partial<OnboardingRequest>;
    changed: string[];
    lines: string[];
    like: [file: string, model: string, swaps: Array<[string, string]>];
  }>([
    {
      name: 'tenant-values',
      request: { from: 'acme', set: { ...facts, ring: '3', tier: '2' } },
      changed: ['new gitops/apps/charlie.yaml', 'new gitops/tenants/charlie-values.yaml'],
      lines: ['charlie demo-api 7.0.1 charlie'],
      like: [
        'gitops/tenants/charlie-values.yaml',
        'gitops/tenants/acme-values.yaml',
        [
          ['name: acme', 'name: charlie'],
          ['Acme Ltd', '"Charlie: \\"fresh\\" # fish"'],
          ['acme-owners', 'charlies'],
          ['standard', '"2"'],
          ['ring: 0', 'ring: 3'],
          ['platform@', 'fish@'],
          ['sha-1a2b3c4', '7.0.1'],
        ],
      ],
    },
    {
      name: 'kustomize-overlays',
      request: { from: 'acme', service: 'api' },
      changed: ['new overlays/charlie/kustomization.yaml'],
      lines: ['charlie api 7.0.1 charlie', 'charlie web 20260114 charlie'],
      like: [
        'overlays/charlie/kustomization.yaml',
        'overlays/acme/kustomization.yaml',
        [
          ['namespace: acme', 'namespace: charlie'],
          ['1.14.2', '7.0.1'],
        ],
      ],
    },
    {
      name: 'values-per-tenant',
      request: { from: 'bravo', service: 'order', version: '1.20' },
      changed: ['new tenants/charlie/values.yaml'],
      lines: ['charlie order 1.20 charlie', 'charlie inventory 1.10 charlie'],
      like: [
        'tenants/charlie/values.yaml',
        'tenants/bravo/values.yaml',
        [
          ['bravo', 'charlie'],
          ["'20260501090000'", "'1.20'"],
        ],
      ],
    },
    {
      name: 'tenant-service-folders',
      request: { from: 'acme', service: 'web' },
      changed: ['new tenants/charlie/web/values.yaml'],
      lines: ['charlie web 7.0.1 charlie-web'],
      like: [
        'tenants/charlie/web/values.yaml',
        'tenants/acme/web/values.yaml',
        [['sha-7c6d5e4', '7.0.1']],
      ],
    },
    {
      name: 'cluster-tenant-folders',
      request: { from: 'acme', service: 'app', cluster: 'us-1' },
      changed: ['new clusters/us-1/charlie/values.yaml'],
      lines: ['charlie app us-1 7.0.1 us-1-charlie'],
      like: [
        'clusters/us-1/charlie/values.yaml',
        'clusters/us-1/acme/values.yaml',
        [['3.1.1', '7.0.1']],
      ],
    },
    {
      name: 'environment-folders',
      request: { from: 'acme' },
      changed: [
        'new argocd/charlie-production.yaml',
        'new argocd/charlie-staging.yaml',
        'new environments/production/charlie.yaml',
        'new environments/staging/charlie.yaml',
      ],
      lines: [
        'charlie demo-api production 7.0.1 charlie-production',
        'charlie demo-api staging 7.0.1 charlie-staging',
      ],
      like: [
        'argocd/charlie-production.yaml',
        'argocd/acme-production.yaml',
        [
          ['name: acme-', 'name: charlie-'],
          ['/acme.yaml]', '/charlie.yaml]'],
          ['namespace: acme-', 'namespace: charlie-'],
        ],
      ],
    },
    {
      name: 'chart-per-environment',
      request: { tenant: 'staging', from: 'prod', service: 'api' },
      changed: [
        'new environments/staging/Chart.yaml',
        'new environments/staging/values.yaml',
        'changed argocd/shop.yaml',
      ],
      lines: [
        'staging api staging 7.0.1 shop-staging',
        'staging worker.v2 staging 1.8.0 shop-staging',
      ],
      like: [
        'argocd/shop.yaml',
        'argocd/shop.yaml',
        [['          - env: prod\n', '          - env: prod\n          - env: staging\n']],
      ],
    },
    {
      name: 'application-inline',
      request: { from: 'acme', service: 'shop' },
      changed: ['new apps/charlie.yaml'],
      lines: ['charlie shop 7.0.1 charlie-shop', 'charlie shop-cache 4.1.0 charlie-shop'],
      like: [
        'apps/charlie.yaml',
        'apps/acme.yaml',
        [
          ['acme-shop', 'charlie-shop'],
          ['"1.10"', '"7.0.1"'],
          ['namespace: acme', 'namespace: charlie'],
        ],
      ],
    },
  ])('adds to $name just what a tenant has', async ({ name, request, changed, lines, like }) => {
    const files = exampleFiles(name);
    const done = await onboard(files, { preset: name }, request);
    expect(done.changed).toEqual(changed);
    expect(done.lines).toEqual(lines);
    const [file, model, swaps] = like;
    const wanted = swaps.reduce((text, [from, to]) => text.replace(from, to), files[model]);
    expect(done.text(file)).toBe(wanted);
    // What editors on Windows write stays what it is.
    const windows = Object.fromEntries(
      Object.entries(files).map(([one, text]) => [one, text.replaceAll('\n', '\r\n')]),
    );
    const same = await onboard(windows, { preset: name }, request);
    expect(same.lines).toEqual(lines);
    expect(same.text(file)).toBe(wanted.replaceAll('\n', '\r\n'));
  });

  it('adds an environment to a tenant that has another', async () => {
    const done = await onboard(
      exampleFiles('environment-folders'),
      { preset: 'environment-folders' },
      { tenant: 'bravo', from: 'acme', environment: 'production' },
    );
    expect(done.changed).toEqual([
      'new argocd/bravo-production.yaml',
      'new environments/production/bravo.yaml',
    ]);
  });

  it('says what stays though it names the model', async () => {
    const files = exampleFiles('application-inline');
    const one = Object.fromEntries(Object.entries(files).filter(([file]) => !/bravo/.test(file)));
    const done = await onboard(
      one,
      { preset: 'application-inline' },
      { from: 'acme', service: 'shop' },
    );
    expect(done.notes).toEqual([
      'left as it is: apps/acme.yaml:16 ghcr.io/acme/shop',
      'shop-cache is at 4.1.0, as acme has it: apps/charlie.yaml:21',
    ]);
  });

  it('keeps line ends, quotes and comments, and repeats entries of shared files', async () => {
    const files = {
      'apps/acme.yaml': application('acme', '    path: acme\r\n').replace(/\r?\n/g, '\r\n'),
      'acme/kustomization.yaml':
        "# acme's own\r\nresources: [web.yaml]\r\nnamespace: 'acme'\r\nimages: [{ name: web, newTag: \"1.0\" }]\r\n",
      'acme/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: web, image: web }] } } }\n',
      'apps/kustomization.yaml': 'resources:\n- acme.yaml # first\n\n# the end\n',
      'tenants.yaml':
        'tenants:\r\n  - name: acme\r\n    title: Acme Ltd\r\n    ring: 1\r\n# behind\r\n',
    };
    const layout = {
      path: '{tenant}',
      exclude: ['apps'],
      facts: { registry: 'tenants.yaml', keys: { displayName: 'title' } },
    };
    const done = await onboard(files, layout, {
      from: 'acme',
      service: 'web',
      set: { displayName: "Charlie's", ring: '2' },
    });
    expect(done.text('charlie/kustomization.yaml')).toBe(
      "# charlie's own\r\nresources: [web.yaml]\r\nnamespace: 'charlie'\r\nimages: [{ name: web, newTag: \"7.0.1\" }]\r\n",
    );
    expect(done.text('apps/charlie.yaml')).toBe(
      files['apps/acme.yaml']
        .replace('name: acme', 'name: charlie')
        .replace('path: acme', 'path: charlie')
        .replace('namespace: acme', 'namespace: charlie'),
    );
    expect(done.text('apps/kustomization.yaml')).toBe(
      'resources:\n- acme.yaml # first\n- charlie.yaml\n\n# the end\n',
    );
    expect(done.text('tenants.yaml')).toBe(
      `${files['tenants.yaml'].replace(
        '# behind\r\n',
        '',
      )}  - name: charlie\r\n    title: Charlie's\r\n    ring: 2\r\n# behind\r\n`,
    );
  });

  it('makes in our own layout what the form for new tenants makes', async () => {
    const files = { ...filesBelow('gitops'), ...filesBelow('charts') };
    const done = await onboard(
      files,
      { preset: 'tenant-values' },
      { from: 'tenant-a', version: 'sha-2222222', set: { ...facts, displayName: 'Charlie' } },
    );
    expect(done.changed).toEqual([
      'new gitops/apps/charlie.yaml',
      'new gitops/projects/charlie.yaml',
      'new gitops/tenants/charlie-values.yaml',
    ]);
    for (const folder of ['apps', 'projects']) {
      expect(done.text(`gitops/${folder}/charlie.yaml`)).toBe(
        files[`gitops/${folder}/tenant-a.yaml`].replaceAll('tenant-a', 'charlie'),
      );
    }
    expect(parse(done.text('gitops/tenants/charlie-values.yaml'))).toMatchObject({
      tenant: { name: 'charlie', displayName: 'Charlie', owner: facts.owner, ring: 0 },
      image: { tag: 'sha-2222222' },
    });
  });
});
