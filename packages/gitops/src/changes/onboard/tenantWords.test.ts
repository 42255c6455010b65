import fc from 'fast-check';
import { parse } from 'yaml';
import { application } from '../../__testUtils__/releases';
import { onboard } from '../../__testUtils__/onboard';
import { ChangeRefusal } from '../ChangeRefusal';
import { TenantWords } from './tenantWords';

// Real helm, on a machine that may be busy.
jest.setTimeout(30_000);

describe('TenantWords', () => {
  const words = new TenantWords('shop', ['shop-eu', 'eu.shop.2', 'bishop', 'other']);

  it.each([
    ['shop', '*'],
    ['shop-prod.shop_x', '*-prod.*_x'],
    ['/tenants/shop/values.yaml', '/tenants/*/values.yaml'],
    ['workshop shops bishop', 'workshop shops bishop'],
    ['shop-eu', 'shop-eu'],
    ['x-shop-eu-y', 'x-shop-eu-y'],
    ['shop-eux', '*-eux'],
    ['eu.shop.2', 'eu.shop.2'],
    ['eu.shop.21', 'eu.*.21'],
    ['shop-eu/shop', 'shop-eu/*'],
  ])('finds the id in %s as a whole word, and not within a longer id', (text, wanted) => {
    expect(words.replace(text, () => '*')).toBe(wanted);
  });

  it('finds an id as Kubernetes has it', () => {
    const odd = new TenantWords('Acme_EU', []);
    expect(odd.replace('Acme_EU acme-eu acme_eu', name => name)).toBe('tenant tenantLabel acme_eu');
  });
});

describe('onboardTenant, by ids', () => {
  it('leaves alone what other tenants have too, and longer ids that hold the model', async () => {
    const values = (id: string, name: string) =>
      `id: ${id}\nname: ${name}\nalerts: ops@example.com\nnextTo: shop-eu\nhost: ${id}.example.com\nteam: ${name} team\nimage: { repository: shop/api, tag: "1" }\n`;
    const files = {
      'apps/kustomization.yaml': 'resources: [shop.yaml, shop-eu.yaml]\n',
      ...Object.fromEntries(
        ['shop', 'shop-eu'].flatMap(id => [
          [
            `apps/${id}.yaml`,
            application(id, `    path: chart\n    helm: { valueFiles: [/tenants/${id}.yaml] }`),
          ],
          [`tenants/${id}.yaml`, values(id, id === 'shop' ? 'The Shop' : 'EU')],
        ]),
      ),
      'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
      'chart/values.yaml': '{}\n',
      'chart/templates/a.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: api, image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}" }] }\n',
    };
    const layout = { path: 'tenants/{tenant}.yaml', facts: { keys: { displayName: 'name' } } };
    const done = await onboard(files, layout, {
      from: 'shop',
      service: 'api',
      set: { displayName: 'Charlie' },
    });
    expect(done.changed).toEqual([
      'new apps/charlie.yaml',
      'new tenants/charlie.yaml',
      'changed apps/kustomization.yaml',
    ]);
    expect(done.text('apps/kustomization.yaml')).toBe(
      'resources: [shop.yaml, shop-eu.yaml, charlie.yaml]\n',
    );
    expect(done.text('tenants/charlie.yaml')).toBe(
      values('charlie', 'Charlie').replace('"1"', '"7.0.1"'),
    );
  });

  it('takes an odd id for what it is, everywhere, or says why it cannot', async () => {
    const files = {
      'apps/acme.yaml': application('acme', '    path: tenants/acme'),
      'tenants/acme/kustomization.yaml':
        "namespace: acme\nresources: [web.yaml]\nimages: [{ name: web, newTag: '1.0' }]\ncommonLabels: { tenant: acme, quoted: 'acme', 'acme.io/key': \"acme\" }\n",
      'tenants/acme/web.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: web }] }\n',
      'apps/kustomization.yaml': 'resources: [acme.yaml]\n',
    };
    let count = 0;
    const odd = ['1e3', '0123', 'yes', 'null', '0x1f', '1', '2026-01-02', 'acme-2', 'x.acme', 'on'];
    const id = fc.oneof(fc.constantFrom(...odd), fc.stringMatching(/^[A-Za-z0-9._~-]{1,12}$/));
    await fc.assert(
      fc.asyncProperty(id, async tenant => {
        const done = await onboard(
          files,
          { path: 'tenants/{tenant}' },
          { tenant, from: 'acme', service: 'web' },
        ).catch(error => error);
        if (done instanceof ChangeRefusal) return;
        count += 1;
        expect(parse(done.text(`tenants/${tenant}/kustomization.yaml`))).toEqual({
          namespace: tenant,
          resources: ['web.yaml'],
          images: [{ name: 'web', newTag: '7.0.1' }],
          commonLabels: { tenant, quoted: tenant, [`${tenant}.io/key`]: tenant },
        });
        expect(parse(done.text(`apps/${tenant}.yaml`)).spec.destination.namespace).toBe(tenant);
        expect(parse(done.text('apps/kustomization.yaml'))).toEqual({
          resources: ['acme.yaml', `${tenant}.yaml`],
        });
      }),
      { numRuns: 60 },
    );
    expect(count).toBeGreaterThan(5);
  });
});
