import type { GitObject } from '@internal/gitops';
import { encodePath } from '../api/links';
import { subject } from '../git/commit';
import { defaultBranch, type HostedRepository } from '../model/hosted';
import { author, commitLink } from './commitPages';
import { html, type Html } from './html';
import { ago, page } from './layout';
import { markdown } from './markdown';

/** A file or folder at some revision. */
export interface Place {
  repository: HostedRepository;
  /** As the address names it. */
  ref: string;
  commit: string;
  path: string;
}

function trail({ repository, ref, path }: Place): Html {
  const parts = path.split('/').filter(Boolean);
  const base = `/${repository.fullName}/tree/${encodePath(ref)}`;
  const links = parts.map((part, at) => {
    const to = `${base}/${encodePath(parts.slice(0, at + 1).join('/'))}`;
    return at === parts.length - 1 ? html` / ${part}` : html` / <a href="${to}">${part}</a>`;
  });
  return html`<h1>
    <a href="${base}">${repository.name}</a>${links} <span class="number">at ${ref}</span>
  </h1>`;
}

async function lastCommit({ repository, commit, path, ref }: Place): Promise<Html | undefined> {
  const [last] = await repository.git.log(commit, { path, limit: 1 });
  const query = path ? `?${new URLSearchParams({ path }).toString()}` : '';
  const history = `/${repository.fullName}/commits/${encodePath(ref)}${query}`;
  return (
    last &&
    html`<div class="head">
      <span>${author(last)}</span
      ><a href="/${repository.fullName}/commit/${last.sha}">${subject(last)}</a
      ><span class="right soft"
        >${commitLink(repository.fullName, last.sha)} · ${ago(last.author.date)} ·
        <a href="${history}">history</a></span
      >
    </div>`
  );
}

/** A folder's entries, and its README. */
export async function folderPage(place: Place, tree: GitObject): Promise<string> {
  const { repository, ref, path } = place;
  const entries = await repository.git.tree(tree.id);
  const folders = entries.filter(entry => entry.type === 'tree');
  const files = entries.filter(entry => entry.type !== 'tree');
  const rows = [...folders, ...files].map(entry => {
    const kind = entry.type === 'tree' ? 'tree' : 'blob';
    const to = encodePath(path ? `${path}/${entry.path}` : entry.path);
    const name = entry.type === 'tree' ? `${entry.path}/` : entry.path;
    const size = entry.size === undefined ? '' : `${entry.size} B`;
    return html`<div class="row">
      <a class="grow mono" href="/${repository.fullName}/${kind}/${encodePath(ref)}/${to}"
        >${name}</a
      ><span class="right soft">${size}</span>
    </div>`;
  });
  const readme = files.find(entry => /^readme\.md$/i.test(entry.path));
  const text = readme && (await repository.git.object(readme.sha))?.content.toString('utf8');
  return page({
    title: `${path || repository.fullName} at ${ref}`,
    repository,
    tab: 'files',
    body: html`${trail(place)}
      <p class="soft">${branchLinks(repository)}</p>
      <div class="box">${await lastCommit(place)}${rows}</div>
      ${text !== undefined &&
      html`<div class="box">
        <div class="head"><code>${readme?.path}</code></div>
        <div class="inside">${markdown(text)}</div>
      </div>`}`,
  });
}

/** How many branches are named above a folder. */
const namedBranches = 12;

/** The main branch, then those of open pull requests, newest first, then others. */
function branchLinks(repository: HostedRepository): Html {
  const { branches, pulls } = repository.state;
  const heads = pulls.filter(pull => pull.state === 'open').map(pull => pull.head.ref);
  const names = [...new Set([defaultBranch, ...heads.reverse(), ...Object.keys(branches).sort()])];
  const links = names
    .slice(0, namedBranches)
    .map(
      name =>
        html`<a href="/${repository.fullName}/tree/${encodePath(name)}"><code>${name}</code></a> `,
    );
  const rest = names.length - links.length;
  return html`${names.length} ${names.length === 1 ? 'branch' : 'branches'}:
  ${links}${rest > 0 ? `and ${rest} more` : ''}`;
}

/** The largest file that is drawn; bytes. */
const maxDrawn = 512 * 1024;

/** A file with numbered lines. */
export async function filePage(place: Place, blob: GitObject): Promise<string> {
  const { repository, ref, path } = place;
  const raw = `/${repository.fullName}/raw/${encodePath(ref)}/${encodePath(path)}`;
  const drawable = blob.size <= maxDrawn && !blob.content.includes(0);
  const lines = drawable ? blob.content.toString('utf8').replace(/\n$/, '').split('\n') : [];
  const rows = lines.map(
    (line, at) =>
      html`<tr id="L${at + 1}">
        <td class="line"><a href="#L${at + 1}">${at + 1}</a></td>
        <td>${line}</td>
      </tr>`,
  );
  return page({
    title: `${path} at ${ref}`,
    repository,
    tab: 'files',
    body: html`${trail(place)}
      <div class="box">
        ${await lastCommit(place)}
        <div class="row soft">
          <span class="grow">${blob.size} B</span
          ><span class="right"><a href="${raw}">raw</a></span>
        </div>
        <div class="code mono">
          ${drawable
            ? html`<table>
                ${rows}
              </table>`
            : html`<div class="inside soft">Too large or not text: see it raw.</div>`}
        </div>
      </div>`,
  });
}

/** A repository in which nothing has been committed. */
export function emptyPage(repository: HostedRepository): string {
  return page({
    title: repository.fullName,
    repository,
    tab: 'files',
    body: html`<h1>${repository.fullName}</h1>
      <p>
        Nothing has been committed yet. The first commit on <code>${defaultBranch}</code> shows
        here.
      </p>`,
  });
}
