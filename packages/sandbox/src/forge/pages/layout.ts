import { owner, type HostedRepository } from '../model/hosted';
import { html, type Html, type Part } from './html';

/** Who acts on the pages: nobody signs in here. */
export const pageActor = 'ada';

/** A page of the forge. */
export interface PageOptions {
  title: string;
  /** Draws the repository's tabs. */
  repository?: HostedRepository;
  tab?: 'files' | 'commits' | 'pulls';
  /** Seconds after which the page loads again. */
  refresh?: number;
  body: Part;
}

function tabs(repository: HostedRepository, current: PageOptions['tab']): Html {
  const base = `/${repository.fullName}`;
  const open = repository.state.pulls.filter(pull => pull.state === 'open').length;
  const items = [
    ['files', base, 'Files'],
    ['commits', `${base}/commits/main`, 'Commits'],
    ['pulls', `${base}/pulls`, `Pull requests (${open})`],
  ] as const;
  const links = items.map(([id, href, text]) =>
    id === current
      ? html`<a href="${href}" aria-current="page">${text}</a>`
      : html`<a href="${href}">${text}</a>`,
  );
  return html`<nav class="tabs" aria-label="Repository">${links}</nav>`;
}

/** Draws a whole page. */
export function page({ title, repository, tab, refresh, body }: PageOptions): string {
  const name = repository
    ? html` / <a href="/${repository.fullName}">${repository.name}</a>`
    : undefined;
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh !== undefined && html`<meta http-equiv="refresh" content="${refresh}" />`}
        <title>${title} - forge</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <div class="note">Embedded stand-in for GitHub: real Git, on this machine only.</div>
        <header class="top">
          <span class="name"><a href="/${owner}">${owner}</a>${name}</span
          ><span class="who">signed in as ${pageActor} (platform)</span>
        </header>
        ${repository && tabs(repository, tab)}
        <main>${body}</main>
        <footer>The same things are at GitHub's REST paths below /api/v3.</footer>
      </body>
    </html> `.markup;
}

const units: Array<[Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago something was, with the exact time on hover. */
export function ago(date: Date, now = new Date()): Html {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[5];
  const exact = date.toISOString();
  const text = relative.format(Math.trunc(seconds / size), unit);
  return html`<time datetime="${exact}" title="${exact}">${text}</time>`;
}
