import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PendingTenantAnswer, Release } from '@internal/plugin-tenant-releases-common';
import type { Browser, Page } from 'playwright-core';
import { Api, until } from './support/api.ts';
import { openAs, openBrowser, screenshot, signIn } from './support/browser.ts';
import { startPortal, type Portal } from './support/portal.ts';

const tenant = 'tenant-x';
const group = `${tenant}-owners`;

/** The onboarding manager brings a customer who has no group yet, and follows the pull request to its end. */
describe('onboarding a customer', () => {
  let portal: Portal;
  let api: Api;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  /** What tenants were moved to, and what they had before. */
  let good: string;
  let bad: string;
  let number: number;

  before(async () => {
    portal = await startPortal({ portBase: 17_400 });
    api = await Api.signIn(portal);
    bad = (await runningVersion('tenant-a'))!;
    const printed = await portal.sandbox('release', '--message', 'feat: answer faster');
    good = printed.match(/sha-[0-9a-f]{7,40}/)![0];
    await api.merge(Number(printed.match(/pull\/(\d+)/)![1]));
    await markBad(bad);
    await until('tenant-a runs the new version', 60_000, async () => {
      return (await runningVersion('tenant-a')) === good;
    });
    browser = await openBrowser();
    ({ page, problems } = await signIn(browser, portal.url));
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  async function runningVersion(name: string): Promise<string | undefined> {
    const { body } = await api.call<Release>(`/api/tenant-releases/releases/${name}/demo-api`);
    const [only, ...others] = body.running ?? [];
    return others.length === 0 && only?.ready === only?.pods ? only?.version : undefined;
  }

  /** Puts a version on the list of bad ones, as a person does on the forge. */
  async function markBad(version: string) {
    const path = '/repos/acme/platform/contents/gitops/policy/releases.yaml';
    const { body: file } = await api.forge<{ sha: string; content: string }>(path);
    const text = Buffer.from(file.content, 'base64').toString('utf8');
    const entry = `badVersions: [{ version: ${version}, reason: "Answers are slow" }]`;
    const changed = text.replace(/^badVersions:.*(\n {2,}.*)*$/m, entry);
    assert.notEqual(changed, text);
    const { status } = await api.forge(path, {
      method: 'PUT',
      body: {
        message: 'chore: mark a version as bad',
        sha: file.sha,
        content: Buffer.from(changed).toString('base64'),
      },
    });
    assert.equal(status, 200);
  }

  const onBothThemes = async (path: string, ready: string | RegExp, name: string) => {
    for (const [suffix, look] of [
      ['dark', { colorScheme: 'dark' }],
      ['400', { width: 400 }],
    ] as const) {
      const other = await openAs(browser, portal.url, { path, ...look });
      await other.page.getByText(ready).first().waitFor();
      await screenshot(other.page, `${name}-${suffix}`);
      await other.page.context().close();
    }
  };

  it('the form suggests what tenants run healthily, and a bad version cannot be chosen', async () => {
    await page
      .getByRole('button', { name: 'New tenant' })
      .or(page.getByRole('link', { name: 'New tenant' }))
      .first()
      .click();
    await page.waitForURL(/\/create\/templates\/default\/new-tenant/);
    const version = page.getByLabel(/^First version/);
    await until('the version is chosen', 15_000, async () => (await version.inputValue()) === good);
    await screenshot(page, 'onboarding-form-empty');
    const option = version.locator(`option[value="${bad}"]`);
    assert.equal(await option.isDisabled(), true);
    assert.match((await option.textContent()) ?? '', /bad: Answers are slow/);
    assert.equal(await page.getByLabel(/^Cluster/).inputValue(), 'in-cluster');
    await page.getByText('in-cluster is the only cluster').waitFor();
  });

  it('takes a customer without a group, and keeps the input over a reload', async () => {
    await page.getByLabel(/^Name/).first().fill(tenant);
    await page.getByLabel(/^Display name/).fill('Initech: "the" #1 customer');
    await page.getByLabel(/A new group/).click();
    await page.getByLabel(/^Title of the group/).fill('Owners of Initech');
    await page.getByLabel(/^Members/).fill('dev@acme.example');
    await page.getByLabel(/^Members/).press('Enter');
    await page.getByLabel(/^Contact/).fill('ops@initech.example');
    await screenshot(page, 'onboarding-form-filled');
    await page.reload();
    await page.getByLabel(/^Contact/).waitFor();
    assert.equal(await page.getByLabel(/^Name/).first().inputValue(), tenant);
    assert.equal(await page.getByLabel(/^Contact/).inputValue(), 'ops@initech.example');
    assert.equal(await page.getByLabel(/^Title of the group/).inputValue(), 'Owners of Initech');
    // Addresses stand in the logs of servers and proxies.
    assert.doesNotMatch(page.url(), /initech/i);
  });

  it('names the field of what cannot be, and the cure', async () => {
    await page.getByLabel(/^Name of the group/).fill('tenant-a-owners');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText(/groupName: there is a group tenant-a-owners already/).waitFor();
    await screenshot(page, 'onboarding-refused');
    assert.doesNotMatch(await page.locator('body').innerText(), /\n\s+at /);
    await page.getByRole('button', { name: 'Review' }).click();
    await page
      .getByText(/groupName: there is a group tenant-a-owners already/)
      .nth(1)
      .waitFor();
    assert.equal(await page.getByRole('button', { name: 'Open pull request' }).count(), 0);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByLabel(/^Name of the group/).fill('');
  });

  it('shows the files as they will be, and opens a pull request with exactly them', async () => {
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText(/The pull request adds these 4 files/).waitFor({ timeout: 30_000 });
    await screenshot(page, 'onboarding-files');
    const shown = new Map<string, string>();
    for (const section of await page.locator('section:has(pre)').all()) {
      const text = await section.locator('pre').textContent();
      shown.set((await section.locator('h3').innerText()).trim(), text ?? '');
    }
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('Owners of Initech').first().waitFor();
    await screenshot(page, 'onboarding-review');
    await page.getByRole('button', { name: 'Open pull request' }).click();
    const link = page.getByRole('link', { name: /^Pull request/ }).first();
    await link.waitFor({ timeout: 60_000 });
    await screenshot(page, 'onboarding-result');
    number = Number((await link.getAttribute('href'))?.match(/pull\/(\d+)/)?.[1]);
    const { body: files } = await api.forge<Array<{ filename: string }>>(
      `/repos/acme/platform/pulls/${number}/files`,
    );
    assert.deepEqual(files.map(({ filename }) => filename).sort(), [
      `gitops/apps/${tenant}.yaml`,
      `gitops/owners/${group}.yaml`,
      `gitops/projects/${tenant}.yaml`,
      `gitops/tenants/${tenant}-values.yaml`,
    ]);
    for (const [path, text] of shown) {
      const { body } = await api.forge<{ content: string }>(
        `/repos/acme/platform/contents/${path}?ref=onboard/${tenant}`,
      );
      assert.equal(Buffer.from(body.content, 'base64').toString('utf8'), text, path);
    }
    assert.equal(shown.size, 4);
  });

  it('leads to the pending tenant, whose page says how far it is', async () => {
    await page.getByRole('link', { name: 'How far the onboarding is' }).first().click();
    await page.waitForURL(new RegExp(`/tenants/pending/${tenant}`));
    await page
      .getByText(`Onboarding, pull request #${number}, checks green, waits for review.`)
      .waitFor({ timeout: 60_000 });
    await page.getByText(/It waits for a review\. To act: The platform group/).waitFor();
    await screenshot(page, 'pending-tenant');
    await onBothThemes(`/tenants/pending/${tenant}`, /waits for review/, 'pending-tenant');
  });

  it('is listed on the Tenants page, for who may onboard', async () => {
    await page.goto(`${portal.url}/tenants`);
    const line = page.getByText(/^\d+ tenants? (is|are) being onboarded: /);
    await line.waitFor();
    const first = await page.locator('[role=row][data-index="0"]').boundingBox();
    assert.ok(first && first.y < 300, `the rows begin at ${first?.y} px of 900`);
    await line.click();
    const row = page.getByTestId(`pending-row-${tenant}`);
    await row.waitFor();
    assert.match(
      await row.innerText(),
      new RegExp(`#${number}[^]*checks green[^]*waits for review`),
    );
    await screenshot(page, 'tenants-with-pending');
    await onBothThemes('/tenants', /being onboarded: /, 'tenants-with-pending');
    const dev = await Api.signIn(portal, 'dev');
    assert.equal((await dev.call('/api/tenant-releases/pending-tenants')).status, 403);
  });

  it('becomes a tenant when it is merged', async () => {
    await page.getByRole('link', { name: tenant, exact: true }).click();
    await page
      .getByText(/waits for review/)
      .first()
      .waitFor();
    await api.merge(number);
    await page.getByText(/is merged/).waitFor({ timeout: 30_000 });
    const open = page
      .getByRole('button', { name: `Open ${tenant}` })
      .or(page.getByRole('link', { name: `Open ${tenant}` }))
      .first();
    await open.waitFor({ timeout: 30_000 });
    await screenshot(page, 'pending-tenant-merged');
    await until('the tenant is in the catalog', 15_000, async () => {
      const { status } = await api.call(`/api/catalog/entities/by-name/resource/default/${tenant}`);
      return status === 200;
    });
    await open.click();
    await page.waitForURL(new RegExp(`/catalog/default/resource/${tenant}/releases`));
    await until(`${good} runs`, 30_000, async () =>
      (await page.getByTestId('version-running').innerText()).includes(good),
    );
    const { body } = await api.call<PendingTenantAnswer>(
      `/api/tenant-releases/pending-tenants/${tenant}`,
    );
    assert.equal(body.item?.state, 'merged');
  });

  it('belongs to its new group, whose member sees exactly that tenant', async () => {
    await until('the group is in the catalog', 30_000, async () => {
      const { status } = await api.call(`/api/catalog/entities/by-name/group/default/${group}`);
      return status === 200;
    });
    const dev = await Api.signIn(portal, 'dev');
    const seen = await until('dev sees a tenant', 60_000, async () => {
      const { body } = await dev.call<{ items: Release[] }>('/api/tenant-releases/releases');
      return body.items.length > 0 ? body.items.map(release => release.tenant) : undefined;
    });
    assert.deepEqual(seen, [tenant]);
  });

  it('says so when a pull request is closed', async () => {
    const task = await api.onboard({
      name: 'tenant-y',
      displayName: 'Hooli <b>bold</b>',
      owner: `group:default/${group}`,
      tier: 'free',
      version: good,
      contact: 'ops@tenant-y.example',
    });
    assert.equal(task.status, 'completed', task.message);
    const url = task.links.find(link => /\/pull\/\d+/.test(link.url))!.url;
    await page.goto(`${portal.url}/tenants/pending/tenant-y`);
    await page.getByText('Hooli <b>bold</b>').waitFor({ timeout: 60_000 });
    await api.forge(`/repos/acme/platform/pulls/${url.match(/\d+$/)![0]}`, {
      method: 'PATCH',
      body: { state: 'closed' },
    });
    await page
      .getByText(/Closed without a merge: nothing was created/)
      .waitFor({ timeout: 60_000 });
    await screenshot(page, 'pending-tenant-closed');
  });

  it('refuses in words that name the field, without a stack', async () => {
    const task = await api.onboard({
      name: 'tenant-y',
      displayName: 'Hooli',
      owner: `group:default/${group}`,
      tier: 'free',
      version: bad,
      contact: 'ops@tenant-y.example',
    });
    assert.equal(task.status, 'failed');
    assert.match(task.message, new RegExp(`version: ${bad} is on the list of bad versions`));
    assert.doesNotMatch(task.message, /\n\s+at .*:\d+/);
  });

  it('tells an outage of the Git host as one, and keeps what was known', async () => {
    await portal.sandbox('stop', 'forge');
    await page.goto(`${portal.url}/tenants/pending/tenant-y`);
    await page
      .getByText(/unreachable|last known/)
      .first()
      .waitFor({ timeout: 60_000 });
    await page.getByText(/Closed without a merge/).waitFor();
    await screenshot(page, 'pending-tenant-outage');
    await portal.sandbox('start', 'forge');
  });

  it('no page threw an error', () => {
    assert.deepEqual(problems, []);
  });
});
