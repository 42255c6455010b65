import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Release } from '@internal/plugin-tenant-releases-common';
import type { Browser, Page } from 'playwright-core';
import { Api, until } from './support/api.ts';
import { openBrowser, screenshot, signIn } from './support/browser.ts';
import { startPortal, type Portal } from './support/portal.ts';

const execute = promisify(execFile);
const example = 'kustomize-overlays';
const digest = `sha256:${'b'.repeat(64)}`;

/** A repository of another layout than our own, from what `gitops init` proposes to a new version that runs. */
describe(`npm start -- --example ${example}`, () => {
  let portal: Portal;
  let api: Api;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let folder: string;

  before(async () => {
    portal = await startPortal({ portBase: 17_900, args: ['--example', example] });
    api = await Api.signIn(portal);
    browser = await openBrowser();
    ({ page, problems } = await signIn(browser, portal.url));
    folder = await mkdtemp(path.join(tmpdir(), 'example-e2e-'));
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  async function releases(): Promise<Release[]> {
    return (await api.call<{ items: Release[] }>('/api/tenant-releases/releases')).body.items;
  }

  /** What Git, Argo CD and the pods say, and whether they serve. */
  const truth = ({ tenant, service, desired, synced, running, state, serving }: Release) =>
    [
      `${tenant}/${service}`,
      ...[desired?.version, synced?.version, ...running.map(({ version }) => version)],
      ...[state, serving?.status],
    ].join(' ');

  const line = (release: string, version: string) =>
    `${release} ${version} ${version} ${version} in-sync serving`;

  const row = (text: string) => page.getByRole('row').filter({ hasText: text });

  /** Runs Git in the clone, as somebody of the platform group would. */
  async function git(...args: string[]): Promise<void> {
    const identity = ['-c', 'user.name=Ada Okafor', '-c', 'user.email=ada@acme.example'];
    await execute('git', [...identity, ...args], { cwd: folder });
  }

  it('says the same of each release in Git, Argo CD and the cluster', async () => {
    const expected = [
      line('acme/api', '1.14.2'),
      line('acme/web', '20260114'),
      line('bravo/api', digest),
      line('bravo/web', '2.0.1'),
    ];
    let found: string[] = [];
    await until('four releases that serve', 60_000, async () => {
      found = (await releases()).map(truth).sort();
      return JSON.stringify(found) === JSON.stringify(expected);
    }).catch(() => assert.deepEqual(found, expected));
    await page.goto(`${portal.url}/tenants`);
    await row('20260114').filter({ hasText: 'acme' }).waitFor();
    await row('2.0.1').filter({ hasText: 'bravo' }).waitFor();
    await screenshot(page, 'example-tenants');
  });

  it('says how it is configured, and does not build what the example has no source of', async () => {
    const [, config] = /as gitops init proposes them: (.*\.yaml)$/m.exec(portal.output()) ?? [];
    assert.match(
      await readFile(config, 'utf8'),
      /^ *- preset: kustomize-overlays\n.*overlays\/\{tenant\}$/m,
    );
    const status = JSON.parse(await portal.sandbox('status', '--output', 'json'));
    assert.equal(status.example, example);
    await assert.rejects(portal.sandbox('release'), /The example kustomize-overlays runs/);
  });

  it('brings a bump from the command line to the pods', async () => {
    await execute('git', [
      ...['clone', '--quiet'],
      portal.forge
        .replace('//', '//x-access-token:sandbox-forge-ada@')
        .concat('/acme/platform.git'),
      folder,
    ]);
    const layouts = path.join(folder, '.git', 'layouts.json');
    await writeFile(layouts, await portal.gitops('init', '--dir', folder, '--output', 'json'));
    const choice = ['--tenant', 'acme', '--service', 'web', '--version', '20260201'];
    const printed = await portal.gitops('bump', '--dir', folder, '--layouts', layouts, ...choice);
    assert.match(printed, /overlays\/acme\/kustomization\.yaml:11 acme\/web 20260114 -> 20260201/);
    await git('checkout', '--quiet', '-b', 'web-20260201');
    await git('commit', '--quiet', '--all', '--message', 'chore: web 20260201 for acme');
    await git('push', '--quiet', 'origin', 'web-20260201');
    const pull = await api.forge<{ number: number }>('/repos/acme/platform/pulls', {
      method: 'POST',
      body: { title: 'web 20260201 for acme', head: 'web-20260201', base: 'main' },
    });
    await api.merge(pull.body.number);
    await until('the new version runs', 30_000, async () =>
      (await releases()).map(truth).includes(line('acme/web', '20260201')),
    );
    await row('20260201').filter({ hasText: 'acme' }).waitFor();
    const others = (await releases()).map(truth).filter(text => !text.startsWith('acme/web'));
    assert.deepEqual(others.sort(), [
      line('acme/api', '1.14.2'),
      line('bravo/api', digest),
      line('bravo/web', '2.0.1'),
    ]);
  });

  it('follows the ApplicationSet: a new overlay is a new tenant, and one that goes takes its tenant along', async () => {
    await git('checkout', '--quiet', 'main');
    await git('pull', '--quiet');
    const overlays = path.join(folder, 'overlays');
    const added = path.join(overlays, 'corvus', 'kustomization.yaml');
    await cp(path.join(overlays, 'acme'), path.dirname(added), { recursive: true });
    const text = await readFile(added, 'utf8');
    await writeFile(added, text.replace('namespace: acme', 'namespace: corvus'));
    await git('rm', '--quiet', '-r', 'overlays/bravo');
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'feat: corvus comes, bravo goes');
    await git('push', '--quiet', 'origin', 'HEAD:main');
    await until('corvus serves and bravo is gone', 40_000, async () => {
      const found = (await releases()).map(truth).sort();
      return (
        found.includes(line('corvus/web', '20260201')) &&
        !found.some(text => text.startsWith('bravo/'))
      );
    });
    const answer = await fetch(`${portal.kubernetes}/api/v1/namespaces/bravo/pods`, {
      headers: { Authorization: 'Bearer sandbox-kubernetes-token' },
    });
    const { items } = (await answer.json()) as { items: unknown[] };
    assert.deepEqual(items, []);
  });

  it('no page threw an error', () => {
    assert.deepEqual(problems, []);
  });
});
