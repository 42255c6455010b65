import { exampleFiles } from '../../__testUtils__/examples';
import { onboard } from '../../__testUtils__/onboard';
import { testCheckout } from '../../__testUtils__/releases';
import { parseLayouts } from '../../layout/layout';
import type { LayoutSettings } from '../../layout/layoutSchema';
import { onboardTenant } from './onboardTenant';
import type { OnboardingRequest } from './request';

const kustomize = { preset: 'kustomize-overlays' } as const;
const own = { preset: 'tenant-values' } as const;
const copy = { from: 'acme', service: 'api' };
const values = 'gitops/tenants/acme-values.yaml';

describe('onboardTenant refuses', () => {
  it.each<{
    what: string;
    layout?: LayoutSettings;
    request: Partial<OnboardingRequest>;
    more?: (files: Record<string, string>) => Record<string, string>;
    message: RegExp;
  }>([
    ...['', '..', 'a/b', '-a', 'a b', 'a\nb', 'é', `a${'b'.repeat(63)}`, '{tenant}'].map(
      tenant => ({
        what: `the id ${JSON.stringify(tenant)}`,
        request: { ...copy, tenant },
        message: /^tenant ".*": is part of paths and labels/,
      }),
    ),
    {
      what: 'a tenant that is there',
      request: { ...copy, tenant: 'bravo' },
      message: /^tenant bravo: runs api already, at overlays\/bravo\/kustomization.yaml:5/,
    },
    {
      what: 'a tenant that Kubernetes takes for another',
      request: { ...copy, tenant: 'Bravo' },
      message: /^tenant Bravo: is bravo in Kubernetes, as bravo is/,
    },
    {
      what: 'a model that is none',
      request: { ...copy, from: 'nobody' },
      message: /^from nobody: is no tenant; known are: acme, bravo$/,
    },
    {
      what: 'a service that the model does not have',
      request: { from: 'acme', service: 'cache' },
      message: /^from acme: has no cache there; it has: api, web$/,
    },
    {
      what: 'a layout that does not say what a tenant gets',
      request: { service: 'api' },
      message:
        /^tenant charlie: no layout says what a new tenant gets: .* --from, or write layouts/,
    },
    {
      what: 'facts of the model for the new tenant',
      layout: own,
      request: { from: 'acme', set: { displayName: 'C', owner: 'c' } },
      message: /^set contact: is needed, because that of acme is its own/,
    },
    {
      what: 'a fact that the model has no place for',
      request: { ...copy, set: { tier: 'gold' } },
      message: /^set tier: the files of acme have no place for it/,
    },
    {
      what: 'what is no fact',
      request: { ...copy, set: { color: 'red' } },
      message: /^set color: is no fact about a tenant: use displayName/,
    },
    {
      what: 'a value over several lines',
      request: { ...copy, set: { tier: 'a\nb: c' } },
      message: /^set tier: must be one line/,
    },
    {
      what: 'a held model',
      layout: own,
      request: { from: 'acme' },
      more: files => ({
        [values]: files[values].replace(
          'ring: 0',
          'ring: 0\n  hold: { version: sha-1a2b3c4, reason: errors, by: user:default/ada, since: 2026-11-23T10:00:00Z }',
        ),
      }),
      message: /^from acme: is held \(errors\)/,
    },
    {
      what: 'a secret',
      request: copy,
      more: () => ({
        'overlays/acme/secret.yaml': 'kind: SealedSecret\nspec: { encryptedData: { a: b } }\n',
      }),
      message: /^overlays\/acme\/secret.yaml: holds a secret of acme/,
    },
    ...['"db-password": hunter2', 'authToken: abc', 'list: [{ apiKey: "1" }]'].map(line => ({
      what: `a secret in clear, ${line}`,
      request: copy,
      more: () => ({ 'overlays/acme/values.yaml': `${line}\n` }),
      message: /^overlays\/acme\/values.yaml: holds a secret of acme/,
    })),
    {
      what: 'what sops has encrypted',
      request: copy,
      more: () => ({
        'overlays/acme/s.json': '{"data": "ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]"}',
      }),
      message: /^overlays\/acme\/s.json: holds a secret of acme/,
    },
    {
      what: 'a file that is there already',
      request: copy,
      more: () => ({ 'overlays/CHARLIE/kustomization.yaml': 'namespace: x\n' }),
      message: /^overlays\/CHARLIE\/kustomization.yaml: is there already/,
    },
    {
      what: 'a folder for which a file stands in the way',
      request: copy,
      more: () => ({ 'overlays/charlie': 'x\n' }),
      message: /^overlays\/charlie\/kustomization.yaml: overlays\/charlie is a file/,
    },
    {
      what: 'a version that stands in a base that all share',
      request: { ...copy, from: 'delta' },
      more: () => ({
        'overlays/delta/kustomization.yaml': 'namespace: delta\nresources: [../../base]\n',
      }),
      message: /^base\/api.yaml:\d+ is the version of .*delta\/api.*which would move with it/,
    },
  ])('$what', async ({ layout = kustomize, request, more, message }) => {
    const files = exampleFiles(layout.preset ?? '');
    await expect(onboard({ ...files, ...more?.(files) }, layout, request)).rejects.toThrow(message);
  });

  it('no reference to a secret, and nothing that others have too', async () => {
    const more = {
      'overlays/acme/values.yaml': 'password: ${DB}\ntoken: public\nexistingSecret: db\n',
      'overlays/bravo/values.yaml': 'token: public\n',
    };
    const files = { ...exampleFiles('kustomize-overlays'), ...more };
    const done = await onboard(files, kustomize, copy);
    expect(done.text('overlays/charlie/values.yaml')).toBe(more['overlays/acme/values.yaml']);
  });

  it('symbolic links among the files of a model, and above new ones', async () => {
    const checkout = testCheckout(exampleFiles('kustomize-overlays'));
    const request = { tenant: 'charlie', service: 'api', version: '2.0.0', from: 'acme' };
    const layouts = parseLayouts({ layouts: [kustomize] });
    for (const link of ['overlays/acme/more.yaml', 'overlays/charlie']) {
      await expect(onboardTenant({ ...checkout, links: [link] }, layouts, request)).rejects.toThrow(
        `${link}: is a symbolic link`,
      );
    }
  });
});
