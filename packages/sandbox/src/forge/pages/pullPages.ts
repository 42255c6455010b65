import { latestCheckRuns } from '../model/checks';
import type { HostedRepository } from '../model/hosted';
import { mergeability, type Mergeability } from '../model/merge';
import { pullCommits, pullEnds } from '../model/pullState';
import type { CheckRun, PullRequest } from '../model/types';
import { commitLink, commitRow } from './commitPages';
import { drawChanges } from './diff';
import { html, type Html } from './html';
import { ago, page } from './layout';
import { markdown } from './markdown';

/** How a pull request stands, in a word with its colour. */
export function stateMark(pull: PullRequest): Html {
  if (pull.merge) {
    return html`<span class="state done">⇥ Merged</span>`;
  }
  if (pull.state === 'closed') {
    return html`<span class="state bad">✕ Closed</span>`;
  }
  return pull.draft
    ? html`<span class="state plain">◌ Draft</span>`
    : html`<span class="state good">⊙ Open</span>`;
}

/** Pull requests on one page. */
const perPage = 100;

/** The list of open or closed pull requests. */
export function pullsPage(repository: HostedRepository, state: 'open' | 'closed'): string {
  const all = repository.state.pulls;
  const count = (wanted: string) => all.filter(pull => pull.state === wanted).length;
  const rows = all
    .filter(pull => pull.state === state)
    .reverse()
    .slice(0, perPage)
    .map(
      pull =>
        html`<div class="row">
          ${stateMark(pull)}<span class="grow"
            ><a href="/${repository.fullName}/pull/${pull.number}">${pull.title}</a>
            ${pull.labels.map(label => html`<span class="state plain">${label}</span> `)}<br /><span
              class="soft"
              >#${pull.number} by ${pull.author} · ${ago(new Date(pull.createdAt))}</span
            ></span
          ><span class="right soft mono">${pull.head.ref}</span>
        </div>`,
    );
  const choice = (wanted: 'open' | 'closed', text: string) =>
    wanted === state
      ? html`<strong>${text} (${count(wanted)})</strong> `
      : html`<a href="?state=${wanted}">${text} (${count(wanted)})</a> `;
  return page({
    title: `Pull requests · ${repository.fullName}`,
    repository,
    tab: 'pulls',
    body: html`<h1>Pull requests</h1>
      <p>${choice('open', 'Open')} ${choice('closed', 'Closed')}</p>
      <div class="box">
        ${rows.length > 0 ? rows : html`<div class="inside soft">No ${state} pull requests.</div>`}
      </div>`,
  });
}

const running = { colour: 'wait', text: '◌ running' };
const outcomes: Record<string, { colour: string; text: string }> = {
  success: { colour: 'good', text: '✓ passed' },
  failure: { colour: 'bad', text: '✕ failed' },
  neutral: { colour: 'plain', text: '– neutral' },
  skipped: { colour: 'plain', text: '– skipped' },
};

function drawCheck(run: CheckRun): Html {
  const { colour, text } =
    run.status === 'completed'
      ? outcomes[run.conclusion ?? ''] ?? { colour: 'bad', text: `✕ ${run.conclusion}` }
      : running;
  const { title, summary, text: output } = run.output;
  const details = [summary, output].filter(Boolean).join('\n\n');
  const failed = colour === 'bad';
  const inside = html`<summary>${title ?? 'Output'}</summary>
    ${markdown(details)}`;
  return html`<div class="row" id="check-${run.id}">
    <span class="state ${colour}">${text}</span><strong>${run.name}</strong
    ><span class="grow"
      >${details === ''
        ? title
        : (failed && html`<details open>${inside}</details>`) ||
          html`<details>${inside}</details>`}</span
    >
  </div>`;
}

function drawChecks(runs: CheckRun[]): Html {
  const rows = runs.map(drawCheck);
  return html`<h2>Checks</h2>
    <div class="box">
      ${rows.length > 0
        ? rows
        : html`<div class="inside soft">No checks have run on this commit.</div>`}
    </div>`;
}

function drawActions(url: string, pull: PullRequest, verdict: Mergeability): Html | undefined {
  if (pull.merge) {
    const at = new Date(pull.merge.at);
    return html`<div class="box">
      <div class="inside">${pull.merge.by} merged this ${ago(at)}.</div>
    </div>`;
  }
  if (pull.state === 'closed') {
    return html`<div class="box">
      <div class="inside">
        <form method="post" action="${url}/reopen"><button>Reopen</button></form>
      </div>
    </div>`;
  }
  const reason =
    verdict.state === 'dirty'
      ? `This branch has conflicts with ${pull.base.ref} that must be resolved first.`
      : verdict.problem;
  const merge = reason
    ? html`<button class="primary" disabled>Merge pull request</button>`
    : html`<button class="primary">Merge pull request</button>`;
  return html`<div class="box">
    <div class="inside">
      <form method="post" action="${url}/merge">
        <input type="hidden" name="sha" value="${pull.head.sha}" />${merge}
      </form>
      <form method="post" action="${url}/close"><button>Close</button></form>
      <p class="soft">${reason ?? 'Nothing stands in the way of the merge.'} You act as ada.</p>
    </div>
  </div>`;
}

/** One pull request: what it says, its checks, what can be done, its commits and changes. */
export async function pullPage(
  repository: HostedRepository,
  pull: PullRequest,
  problem?: string,
): Promise<string> {
  const { git, state, fullName } = repository;
  const { base, head } = pullEnds(state, pull);
  const url = `/${fullName}/pull/${pull.number}`;
  const [verdict, shas, start] = await Promise.all([
    mergeability(repository, pull),
    pullCommits(git, state, pull),
    git.mergeBase(base, head),
  ]);
  const commits = (await Promise.all(shas.map(sha => git.commit(sha)))).filter(
    commit => commit !== undefined,
  );
  const runs = latestCheckRuns(state, head);
  const waiting =
    pull.state === 'open' &&
    (runs.some(run => run.status !== 'completed') ||
      (verdict.state === 'blocked' && runs.length === 0));
  const comments = pull.comments.map(
    comment =>
      html`<div class="box" id="issuecomment-${comment.id}">
        <div class="head">
          <strong>${comment.author}</strong
          ><span class="soft">${ago(new Date(comment.createdAt))}</span>
        </div>
        <div class="inside">${markdown(comment.body, 'message')}</div>
      </div>`,
  );
  const reviews = pull.reviews.map(
    review =>
      html`<div class="row" id="pullrequestreview-${review.id}">
        <strong>${review.author}</strong
        ><span class="grow">${review.state.toLowerCase().replace('_', ' ')} ${review.body}</span
        ><span class="right soft">${ago(new Date(review.submittedAt))}</span>
      </div>`,
  );
  return page({
    title: `${pull.title} · #${pull.number}`,
    repository,
    tab: 'pulls',
    refresh: waiting ? 2 : undefined,
    body: html`<h1>${pull.title} <span class="number">#${pull.number}</span></h1>
      <p>
        ${stateMark(pull)} <strong>${pull.author}</strong> wants to merge ${commits.length}
        ${commits.length === 1 ? 'commit' : 'commits'} into <code>${pull.base.ref}</code> from
        <code>${pull.head.ref}</code>
        <span class="soft"
          >opened
          ${ago(new Date(pull.createdAt))}${pull.merge &&
          html`, merged as ${commitLink(fullName, pull.merge.sha)}`}</span
        >
        ${pull.labels.map(label => html`<span class="state plain">${label}</span> `)}
      </p>
      ${problem !== undefined &&
      html`<p role="alert"><span class="state bad">✕ ${problem}</span></p>`}
      <div class="box">
        <div class="inside">
          ${pull.body.trim() === ''
            ? html`<span class="soft">No description.</span>`
            : markdown(pull.body, 'message')}
        </div>
      </div>
      ${comments}${reviews.length > 0 &&
      html`<h2>Reviews</h2>
        <div class="box">${reviews}</div>`}
      ${drawChecks(runs)}${drawActions(url, pull, verdict)}
      <h2>Commits</h2>
      <div class="box">${commits.map(commit => commitRow(repository, commit))}</div>
      ${drawChanges(fullName, head, await git.diff(start, head))}`,
  });
}
