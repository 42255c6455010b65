import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Release } from '@internal/plugin-tenant-releases-common';
import type { Browser, Page } from 'playwright-core';
import { Api, until } from './support/api.ts';
import { openBrowser, screenshot, signIn } from './support/browser.ts';
import { startPortal, type Portal } from './support/portal.ts';

/** What somebody sees who has just started it: a fleet in which most is well, and why the rest is not. */
describe('the demo', () => {
  let portal: Portal;
  let api: Api;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  before(async () => {
    portal = await startPortal({ portBase: 17_600 });
    api = await Api.signIn(portal);
    browser = await openBrowser();
    ({ page, problems } = await signIn(browser, portal.url));
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  async function fleet(): Promise<Release[]> {
    const path = '/api/tenant-releases/releases?limit=50';
    return (await api.call<{ items: Release[] }>(path)).body.items;
  }

  const names = (releases: Release[]) => releases.map(({ tenant }) => tenant).sort();
  const states = async () =>
    (await fleet()).map(({ tenant, state }) => `${tenant} ${state}`).sort();

  /** The sentence without ages, which grow. */
  async function sentence(): Promise<string> {
    const text = await page.locator('main').innerText();
    const found = /^.* run what Git wants.*$/m.exec(text)?.[0] ?? text.slice(0, 200);
    return found.replace(/ for (up to )?[\d.]+ (s|min|h|d)\b/g, '');
  }

  const wanted = /^11 of 12 tenants run what Git wants; 1 (has|is) drifted.*\b1 is held\b/;

  it('says in the first sentence what is there', async () => {
    await page.goto(`${portal.url}/tenants`);
    // What a rollout may take is over before anything is called drift.
    await until('the sentence', 240_000, async () => wanted.test(await sentence()));
    const releases = await fleet();
    assert.equal(releases.length, 12);
    assert.deepEqual([...new Set(releases.map(({ ring }) => ring))].sort(), [0, 1, 2]);
    await screenshot(page, 'demo-tenants');
  });

  it('goes on saying so for a minute, without an alarm', async () => {
    const [said, seen] = [await sentence(), await states()];
    for (const end = Date.now() + 60_000; Date.now() < end; await wait(2000)) {
      assert.equal(await sentence(), said);
      assert.deepEqual(await states(), seen);
    }
    const reasons = (await fleet()).flatMap(release => release.reasons.map(({ code }) => code));
    assert.deepEqual([...new Set(reasons)].sort(), [
      'FROZEN',
      'HELD',
      'IMAGE_DIFFERS',
      'RECONCILE_SKIPPED',
    ]);
  });

  it('has the tenants of the checkout in sync, one held, one frozen and one drifted', async () => {
    const releases = await fleet();
    const of = (state: string) => names(releases.filter(release => release.state === state));
    assert.deepEqual([of('held'), of('drifted')], [['cobalt'], ['lumen']]);
    assert.ok(['tenant-a', 'tenant-b'].every(tenant => of('in-sync').includes(tenant)));
    const frozen = releases.filter(({ freeze }) => freeze);
    assert.deepEqual(names(frozen), ['kestrel']);
    assert.ok(Date.parse(frozen[0].freeze!.until) > Date.now());
    const drifted = releases.find(({ tenant }) => tenant === 'lumen')!;
    assert.notEqual(drifted.running[0].version, drifted.desired!.version);
    assert.match(
      drifted.reasons[0].text,
      new RegExp(`run ${drifted.running[0].version} instead of ${drifted.desired!.version}`),
    );
  });

  it('leaves the held, the frozen and the drifted one as they are when the others move', async () => {
    const before = new Map((await fleet()).map(release => [release.tenant, release]));
    const printed = await portal.sandbox('release', '--message', 'feat: answer faster');
    const version = printed.match(/sha-[0-9a-f]{7,40}/)![0];
    assert.match(printed, /^Left alone: cobalt, is held at /m);
    assert.match(printed, /^Left alone: kestrel, is frozen until /m);
    await api.merge(Number(printed.match(/pull\/(\d+)/)![1]));
    await until('nine tenants run it', 60_000, async () => {
      const running = (await fleet()).filter(release =>
        release.running.every(running => running.version === version),
      );
      return running.length === 9;
    });
    const later = new Map((await fleet()).map(release => [release.tenant, release]));
    for (const tenant of ['cobalt', 'kestrel']) {
      assert.equal(later.get(tenant)!.desired!.version, before.get(tenant)!.desired!.version);
    }
    const drifted = later.get('lumen')!;
    assert.equal(drifted.state, 'drifted');
    assert.deepEqual(
      drifted.running.map(running => running.version),
      before.get('lumen')!.running.map(running => running.version),
    );
  });

  it('no page threw an error', () => {
    assert.deepEqual(problems, []);
  });
});
