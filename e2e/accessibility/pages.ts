import type { Page } from 'playwright-core';
import type { Person } from '../support/browser.ts';

/** A state of a page that is examined. */
export interface ExaminedPage {
  name: string;
  /** Who looks at it; without one nobody has signed in. */
  person?: Person;
  path: string;
  /** Resolves when the page shows what is to be examined. */
  ready: (page: Page) => Promise<unknown>;
}

const tenant = '/catalog/default/resource/tenant-a';

/** Every page of ours, and those of Backstage's that people come by. */
export const examinedPages: ExaminedPage[] = [
  {
    name: 'sign-in',
    path: '/tenants',
    ready: page => page.getByRole('button', { name: 'Sign in' }).waitFor(),
  },
  {
    name: 'tenants',
    person: 'ada',
    path: '/tenants',
    ready: page =>
      page
        .getByTestId(/^tenant-row-/)
        .first()
        .waitFor(),
  },
  {
    name: 'matrix',
    person: 'ada',
    path: '/tenants?view=matrix',
    ready: page => page.getByRole('treegrid').waitFor(),
  },
  {
    name: 'left-out dialog',
    person: 'ada',
    path: '/tenants',
    ready: async page => {
      await page.getByRole('button', { name: /left out/ }).click();
      await page
        .getByRole('dialog')
        .getByText(/README/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'sources',
    person: 'ada',
    path: '/sources',
    ready: async page => {
      await page.getByText(/^Of no release/).click();
      await page.getByRole('table', { name: 'Of no release' }).waitFor();
    },
  },
  {
    name: 'release',
    person: 'ada',
    path: `${tenant}/releases`,
    ready: page => page.getByTestId('log-line').first().waitFor(),
  },
  {
    name: 'history diff',
    person: 'ada',
    path: `${tenant}/releases`,
    ready: async page => {
      await page
        .getByRole('button', { name: /^diff: compare/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Show all' }).click();
    },
  },
  {
    name: 'overview',
    person: 'ada',
    path: tenant,
    ready: page => page.getByRole('link', { name: 'Open the Release tab' }).waitFor(),
  },
  {
    name: 'service',
    person: 'ada',
    path: '/catalog/default/component/demo-api/tenants',
    ready: page =>
      page
        .getByTestId(/^tenant-row-/)
        .first()
        .waitFor(),
  },
  {
    name: 'new tenant',
    person: 'ada',
    path: '/create/templates/default/new-tenant',
    ready: page => page.getByLabel(/^Name/).waitFor(),
  },
  {
    name: 'create',
    person: 'ada',
    path: '/create',
    ready: page => page.getByText('New tenant').first().waitFor(),
  },
  {
    name: 'catalog',
    person: 'ada',
    path: '/catalog?filters%5Buser%5D=all',
    ready: page => page.getByText('demo-api').first().waitFor(),
  },
  {
    name: 'search',
    person: 'ada',
    path: '/search?query=tenant',
    ready: page => page.getByText('tenant-a').first().waitFor(),
  },
  {
    name: 'settings',
    person: 'ada',
    path: '/settings',
    ready: page => page.getByText('Ada Okafor').first().waitFor(),
  },
  {
    name: 'search dialog',
    person: 'ada',
    path: '/tenants',
    ready: async page => {
      await page
        .getByTestId(/^tenant-row-/)
        .first()
        .waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('textbox').fill('tenant');
      await page.getByRole('dialog').getByRole('link', { name: 'Acme Corp' }).waitFor();
    },
  },
  {
    name: 'keys',
    person: 'ada',
    path: '/tenants',
    ready: async page => {
      await page
        .getByTestId(/^tenant-row-/)
        .first()
        .waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    },
  },
  {
    name: 'help',
    person: 'ada',
    path: '/help',
    ready: page => page.locator('h1').first().waitFor(),
  },
  {
    name: 'no tenants for dev',
    person: 'dev',
    path: '/tenants',
    ready: page =>
      page
        .getByText(/You see no tenants/)
        .first()
        .waitFor(),
  },
  {
    name: 'no templates for otto',
    person: 'otto',
    path: '/create',
    ready: page => page.locator('h1').first().waitFor(),
  },
  {
    name: 'unknown tenant',
    person: 'ada',
    path: '/catalog/default/resource/nobody',
    ready: page => page.getByText(/not visible to you/).waitFor(),
  },
  {
    name: 'unknown page',
    person: 'ada',
    path: '/nowhere',
    ready: page =>
      page
        .getByText(/not found/i)
        .first()
        .waitFor(),
  },
];
