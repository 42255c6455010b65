import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { Api, until } from './support/api.ts';
import { choosePerson, openAs, openBrowser, screenshot, type Person } from './support/browser.ts';
import { startPortal, type Portal } from './support/portal.ts';

/** Everything by which the owner of one tenant could tell that there is the other one. */
const traces = {
  otto: /tenant-b|globex|berta/i,
  berta: /tenant-a|acme corp|\botto\b/i,
  dev: /tenant-[ab]|globex|acme corp|berta|\botto\b/i,
};

/** Calls that list, count, search or relate something. */
const calls = [
  '/api/tenant-releases/releases',
  '/api/tenant-releases/versions',
  '/api/tenant-releases/sources',
  '/api/tenant-releases/sources/report',
  '/api/tenant-releases/sources/entries?source=argocd:main&list=unused',
  '/api/catalog/entities',
  '/api/catalog/entities/by-query?limit=100',
  '/api/catalog/entities/by-name/component/default/demo-api',
  '/api/catalog/entities/by-name/component/default/demo-api/ancestry',
  '/api/catalog/entities/by-name/system/default/tenant-platform',
  '/api/catalog/entities/by-name/group/default/platform',
  '/api/catalog/entities/by-name/group/default/developers',
  '/api/catalog/entities/by-name/user/default/ada',
  '/api/catalog/entity-facets?facet=kind&facet=metadata.name&facet=spec.owner&facet=relations.ownedBy',
  '/api/catalog/locations',
  '/api/search/query?term=',
  '/api/search/query?term=tenant',
  '/api/scaffolder/v2/tasks',
];

/** Who may see what, with the sign-in that everybody uses. */
describe('access', () => {
  let portal: Portal;
  let browser: Browser;

  before(async () => {
    portal = await startPortal({ portBase: 17_200 });
    browser = await openBrowser();
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  /** What a person reads on a page, once `ready` is there. */
  async function read(page: Page, path: string, ready: string | RegExp): Promise<string> {
    await page.goto(portal.url + path);
    await page.getByText(ready).first().waitFor();
    await page.getByRole('link', { name: 'Catalog' }).first().waitFor();
    return page.locator('body').innerText();
  }

  const owners = [
    { person: 'otto', own: 'tenant-a', other: 'tenant-b' },
    { person: 'berta', own: 'tenant-b', other: 'tenant-a' },
  ] as const;

  for (const { person, own, other } of owners) {
    describe(`${person}, owner of ${own}`, () => {
      let page: Page;

      before(async () => {
        // A link that somebody sent leads where it should, after the sign-in.
        const path = `/catalog/default/resource/${own}/releases`;
        ({ page } = await openAs(browser, portal.url, { person, path }));
      });
      after(() => page.context().close());

      it('comes to the page that was asked for', async () => {
        await page.getByTestId('version-running').waitFor();
        assert.equal(new URL(page.url()).pathname, `/catalog/default/resource/${own}/releases`);
        await screenshot(page, `access-${person}`);
      });

      it(`sees ${own} alone, and nothing that leads to an empty page`, async () => {
        await page.goto(`${portal.url}/`);
        await page.waitForURL(new RegExp(`/catalog/default/resource/${own}/releases`));
        await page.goto(`${portal.url}/tenants`);
        await page.getByTestId(`tenant-row-${own}`).waitFor();
        assert.equal(await page.getByTestId(/^tenant-row-/).count(), 1);
        assert.equal(await page.getByRole('link', { name: /^(Create|Sources)$/ }).count(), 0);
        assert.doesNotMatch(await page.locator('body').innerText(), traces[person]);
      });

      it(`finds at the address of ${other} what is at any that is wrong`, async () => {
        for (const tab of ['', '/releases']) {
          const hidden = await read(page, `/catalog/default/resource/${other}${tab}`, /not found/i);
          const wrong = await read(page, `/catalog/default/resource/nonsense${tab}`, /not found/i);
          assert.equal(hidden.replaceAll(other, 'nonsense'), wrong);
        }
      });

      it('finds no trace of the other on the pages of what both use', async () => {
        const pages: Array<[path: string, ready: string | RegExp]> = [
          ['/catalog/default/component/demo-api', 'Depends on'],
          ['/catalog/default/component/demo-api/tenants', own],
          ['/catalog/default/system/tenant-platform', 'demo-api'],
          ['/catalog/default/group/platform', 'Runs the platform'],
          ['/catalog?filters[kind]=group', `Owners of ${own}`],
        ];
        for (const [path, ready] of pages) {
          assert.doesNotMatch(await read(page, path, ready), traces[person], path);
        }
      });
    });
  }

  it('whoever has no tenant sees the services, and no tenants', async () => {
    const { page } = await openAs(browser, portal.url, { person: 'dev' });
    await page.waitForURL(/\/catalog/);
    await page.getByRole('link', { name: 'demo-api' }).first().waitFor();
    await until('nothing leads to tenants', 5_000, async () => {
      return (await page.getByRole('link', { name: /^(Tenants|Create|Sources)$/ }).count()) === 0;
    });
    const service = await read(page, '/catalog/default/component/demo-api', 'Depends on');
    assert.doesNotMatch(service, traces.dev);
    await page.context().close();
  });

  it('whoever has left is told so, and can be somebody else', async () => {
    const { page } = await openAs(browser, portal.url, { person: 'carl' });
    const message = await page.getByRole('alert').innerText();
    assert.match(message, /no access to this portal/);
    await screenshot(page, 'access-refused');
    await choosePerson(page, 'ada');
    await page.getByTestId('tenant-row-tenant-b').waitFor();
    await page.context().close();
  });

  it('whoever signs out is asked again', async () => {
    const { page } = await openAs(browser, portal.url, { person: 'otto', path: '/settings' });
    await page.getByTestId('user-settings-menu').click();
    await page.getByTestId('sign-out').click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await choosePerson(page, 'berta');
    await page.goto(`${portal.url}/tenants`);
    await page.getByTestId('tenant-row-tenant-b').waitFor();
    await page.context().close();
  });

  it('guests are ada here, and only on this machine', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(portal.url);
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByTestId('tenant-row-tenant-a').waitFor();
    await page.getByTestId('tenant-row-tenant-b').waitFor();
    await context.close();
  });

  describe('through the APIs', () => {
    for (const person of ['otto', 'berta', 'dev'] as const) {
      it(`no call tells ${person} of somebody else's tenant`, async () => {
        const api = await Api.signIn(portal, person);
        await until('the search index is there', 150_000, async () => {
          return (await api.call('/api/search/query?term=demo-api')).status === 200;
        });
        for (const path of calls) {
          const { status, body } = await api.call(path);
          assert.ok([200, 403].includes(status), `${status} ${path}`);
          assert.doesNotMatch(JSON.stringify(body), traces[person], path);
        }
      });
    }

    it('another tenant and none are the same answer', async () => {
      const api = await Api.signIn(portal, 'otto');
      for (const path of [
        '/api/tenant-releases/releases/TENANT/demo-api',
        '/api/tenant-releases/releases/TENANT/demo-api/logs',
        '/api/catalog/entities/by-name/resource/default/TENANT',
        '/api/catalog/entities/by-name/group/default/TENANT-owners',
        '/api/catalog/entities/by-name/resource/default/TENANT/ancestry',
      ]) {
        const hidden = await api.call(path.replace('TENANT', 'tenant-b'));
        const none = await api.call(path.replace('TENANT', 'tenant-x'));
        assert.equal(hidden.status, none.status, path);
        assert.equal(
          JSON.stringify(hidden.body).replaceAll('tenant-b', 'tenant-x'),
          JSON.stringify(none.body),
        );
      }
    });

    it('nobody but the platform onboards, reaches the cluster or changes the catalog by hand', async () => {
      const api = await Api.signIn(portal, 'otto');
      const refused: Array<[method: string, path: string, body?: object]> = [
        [
          'POST',
          '/api/scaffolder/v2/tasks',
          { templateRef: 'template:default/new-tenant', values: {} },
        ],
        ['POST', '/api/scaffolder/v2/dry-run', { template: {}, values: {}, directoryContents: [] }],
        ['GET', '/api/kubernetes/proxy/api/v1/pods'],
        [
          'POST',
          '/api/kubernetes/resources/workloads/query',
          { entityRef: 'component:default/demo-api' },
        ],
        ['POST', '/api/catalog/locations', { type: 'url', target: 'http://localhost/x' }],
      ];
      for (const [method, path, body] of refused) {
        const { status } = await api.call(path, { method, body });
        assert.ok([403, 404].includes(status), `${status} ${method} ${path}`);
      }
    });

    it('there is no token for whoever has left, or never was there', async () => {
      for (const person of ['carl', 'nobody'] satisfies Array<Person | 'nobody'>) {
        await assert.rejects(portal.sandbox('token', person), new RegExp(`${person}`));
      }
      const token = (await portal.sandbox('token', 'otto')).trimEnd();
      assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/);
    });
  });
});
