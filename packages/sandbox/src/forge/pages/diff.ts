import type { FileChange } from '../git/diff';
import { changeTotals } from '../api/present/commit';
import { encodePath } from '../api/links';
import { html, type Html } from './html';

/** One line of a diff, as it is drawn. */
export interface DiffLine {
  kind: 'add' | 'remove' | 'same' | 'hunk';
  before?: number;
  after?: number;
  text: string;
}

/** Numbers the lines of a patch. */
export function diffLines(patch: string): DiffLine[] {
  let before = 0;
  let after = 0;
  return patch.split('\n').map((line): DiffLine => {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      return { kind: 'hunk', text: line };
    }
    if (line.startsWith('+')) {
      after += 1;
      return { kind: 'add', after: after - 1, text: line };
    }
    if (line.startsWith('-')) {
      before += 1;
      return { kind: 'remove', before: before - 1, text: line };
    }
    if (line.startsWith('\\')) {
      return { kind: 'hunk', text: line };
    }
    before += 1;
    after += 1;
    return { kind: 'same', before: before - 1, after: after - 1, text: line };
  });
}

/** Lines of a file that are drawn before a reader must ask for the rest. */
const maxLines = 2000;

function drawFile(repository: string, ref: string, change: FileChange): Html {
  const lines = change.patch === undefined ? [] : diffLines(change.patch);
  const rows = lines.slice(0, maxLines).map(
    line =>
      html`<tr class="${line.kind}">
        <td class="line">${line.before}</td>
        <td class="line">${line.after}</td>
        <td>${line.text}</td>
      </tr>`,
  );
  const name = change.previousPath ? `${change.previousPath} → ${change.path}` : change.path;
  const link =
    change.status === 'removed'
      ? html`<code>${name}</code>`
      : html`<a href="/${repository}/blob/${encodePath(ref)}/${encodePath(change.path)}"
          ><code>${name}</code></a
        >`;
  const rest = lines.length - rows.length;
  return html`<section class="box" aria-label="${change.path}">
    <div class="head">
      ${link} <span class="soft">${change.status}</span
      ><span class="right">${stat(change.additions, change.deletions)}</span>
    </div>
    <div class="code mono">
      ${rows.length > 0
        ? html`<table>
            ${rows}
          </table>`
        : html`<div class="inside soft">No text to compare.</div>`}
    </div>
    ${rest > 0 && html`<div class="inside soft">${rest} more lines</div>`}
  </section>`;
}

/** Lines added and removed. */
export function stat(additions: number, deletions: number): Html {
  return html`<span class="stat"
    ><span class="plus">+${additions}</span> <span class="minus">−${deletions}</span></span
  >`;
}

/** Files that are drawn at once. */
const maxFiles = 300;

/** Draws a change, file by file. */
export function drawChanges(repository: string, ref: string, changes: FileChange[]): Html {
  const { additions, deletions } = changeTotals(changes);
  const files = changes.slice(0, maxFiles).map(change => drawFile(repository, ref, change));
  return html`<h2>
      ${changes.length} changed ${changes.length === 1 ? 'file' : 'files'}
      ${stat(additions, deletions)}
    </h2>
    ${files}${changes.length > maxFiles &&
    html`<p class="soft">${changes.length - maxFiles} more files</p>`}`;
}
