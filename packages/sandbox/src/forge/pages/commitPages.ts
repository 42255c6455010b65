import { subject, type Commit } from '../git/commit';
import { personByEmail } from '../people';
import type { HostedRepository } from '../model/hosted';
import { pullsOfCommit } from '../model/pullState';
import { drawChanges } from './diff';
import { html, type Html } from './html';
import { ago, page } from './layout';

/** Commits on one page. */
export const commitsPerPage = 50;

/** Name of a commit's author; the login on hover. */
export function author(commit: Commit): Html {
  const login = personByEmail(commit.author.email)?.login;
  return html`<span title="${login ?? commit.author.email}">${commit.author.name}</span>`;
}

/** A link to a commit by its short SHA-1. */
export function commitLink(repository: string, sha: string): Html {
  return html`<a class="mono" href="/${repository}/commit/${sha}">${sha.slice(0, 7)}</a>`;
}

/** One commit as a row of a list. */
export function commitRow(repository: HostedRepository, commit: Commit): Html {
  const { fullName } = repository;
  return html`<div class="row">
    <span class="grow"
      ><a href="/${fullName}/commit/${commit.sha}">${subject(commit)}</a><br /><span class="soft"
        >${author(commit)} · ${ago(commit.author.date)}</span
      ></span
    ><span class="right">${commitLink(fullName, commit.sha)}</span>
  </div>`;
}

/** The history of a branch, or of a file or folder on it. */
export async function commitsPage(
  repository: HostedRepository,
  ref: string,
  sha: string,
  options: { path?: string; number: number },
): Promise<string> {
  const { number, path } = options;
  const commits = await repository.git.log(sha, {
    path,
    limit: commitsPerPage + 1,
    skip: (number - 1) * commitsPerPage,
  });
  const rows = commits.slice(0, commitsPerPage).map(commit => commitRow(repository, commit));
  const link = (to: number, text: string) => {
    const query = new URLSearchParams({ page: String(to), ...(path ? { path } : {}) });
    return html`<a href="?${query.toString()}">${text}</a> `;
  };
  return page({
    title: `Commits · ${repository.fullName}`,
    repository,
    tab: 'commits',
    body: html`<h1>
        Commits on <code>${ref}</code>${path ? html` that change <code>${path}</code>` : ''}
      </h1>
      <div class="box">
        ${rows.length > 0 ? rows : html`<div class="inside soft">No commits.</div>`}
      </div>
      <p>
        ${number > 1 && link(number - 1, 'Newer')}${commits.length > commitsPerPage &&
        link(number + 1, 'Older')}
      </p>`,
  });
}

/** One commit with its changes. */
export async function commitPage(repository: HostedRepository, commit: Commit): Promise<string> {
  const { fullName, git, state } = repository;
  const changes = await git.diff(commit.parents[0], commit.sha);
  const pulls = await pullsOfCommit(git, state, commit.sha);
  const [, ...rest] = commit.message.split('\n');
  const body = rest.join('\n').trim();
  return page({
    title: `${subject(commit)} · ${fullName}`,
    repository,
    tab: 'commits',
    body: html`<h1>${subject(commit)}</h1>
      ${body !== '' && html`<pre class="output">${body}</pre>`}
      <div class="box">
        <div class="row">
          <span class="grow"
            >${author(commit)} ·
            ${ago(commit.author.date)}${pulls.map(
              pull => html` · in <a href="/${fullName}/pull/${pull.number}">#${pull.number}</a>`,
            )}</span
          >
          <span class="right soft"
            >${commit.parents.length > 0 &&
            html`parents ${commit.parents.map(sha => html`${commitLink(fullName, sha)} `)}`}
            commit <span class="mono">${commit.sha}</span></span
          >
        </div>
      </div>
      ${drawChanges(fullName, commit.sha, changes)}`,
  });
}
