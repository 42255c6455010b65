import { subject } from '../git/commit';
import { defaultBranch, owner, type HostedRepository } from '../model/hosted';
import { html } from './html';
import { ago, page } from './layout';
import { stateMark } from './pullPages';

/** All repositories and open pull requests. */
export async function homePage(repositories: HostedRepository[]): Promise<string> {
  const boxes = repositories.map(async repository => {
    const tip = repository.state.branches[defaultBranch];
    const commit = tip ? await repository.git.commit(tip) : undefined;
    const open = repository.state.pulls.filter(pull => pull.state === 'open').reverse();
    const pulls = open.map(
      pull =>
        html`<div class="row">
          ${stateMark(pull)}<a class="grow" href="/${repository.fullName}/pull/${pull.number}"
            >${pull.title} <span class="number">#${pull.number}</span></a
          ><span class="right soft">${pull.author} · ${ago(new Date(pull.createdAt))}</span>
        </div>`,
    );
    return html`<div class="box">
      <div class="head">
        <strong><a href="/${repository.fullName}">${repository.fullName}</a></strong
        ><span class="right soft"
          >${commit ? html`${subject(commit)} · ${ago(commit.author.date)}` : 'empty'}</span
        >
      </div>
      ${pulls.length > 0
        ? pulls
        : html`<div class="inside soft">
            No open pull requests.
            <a href="/${repository.fullName}/pulls?state=closed">Closed ones</a>
          </div>`}
    </div>`;
  });
  return page({
    title: owner,
    body: html`<h1>Repositories of ${owner}</h1>
      ${await Promise.all(boxes)}`,
  });
}
