import type { HostedRepository } from '../model/hosted';
import { commitRow } from './commitPages';
import { drawChanges } from './diff';
import { html } from './html';
import { page } from './layout';

/** What is between two revisions. */
export async function comparePage(
  repository: HostedRepository,
  range: { from: string; to: string; base: string; head: string },
): Promise<string> {
  const { git, fullName } = repository;
  const { from, to, base, head } = range;
  const commits = await git.log(head, { exclude: [base], limit: 250 });
  const changes = await git.diff(await git.mergeBase(base, head), head);
  return page({
    title: `${from}...${to} · ${fullName}`,
    repository,
    tab: 'commits',
    body: html`<h1>Comparing <code>${from}</code> with <code>${to}</code></h1>
      <div class="box">
        ${commits.length > 0
          ? commits.map(commit => commitRow(repository, commit))
          : html`<div class="inside soft">No commits in between.</div>`}
      </div>
      ${drawChanges(fullName, head, changes)}`,
  });
}
