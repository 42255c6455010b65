import { revisionsOf, ToldRevisions } from '../application';
import { Html, html } from '../../pages';

/** A mark and a colour for each word, so that neither stands alone. */
const marks: Record<string, [mark: string, style: string]> = {
  Healthy: ['✓', 'good'],
  Synced: ['✓', 'good'],
  Succeeded: ['✓', 'good'],
  Progressing: ['↻', 'busy'],
  Running: ['↻', 'busy'],
  OutOfSync: ['≠', 'warn'],
  Suspended: ['⏸', 'warn'],
  Missing: ['∅', 'warn'],
  Degraded: ['✕', 'bad'],
  Failed: ['✕', 'bad'],
  Error: ['✕', 'bad'],
};

/** A status word with its mark; words that are not known get a question mark. */
export function statusMark(status: string | undefined): Html {
  if (!status) return html`<span class="dim">unknown yet</span>`;
  const [mark, style] = marks[status] ?? ['?', 'dim'];
  return html`<span class="${style}"><span aria-hidden="true">${mark}</span> ${status}</span>`;
}

/** A commit, shortened; the whole one is the title. */
function revisionCode(revision: string | undefined): Html {
  if (!revision) return html`<span class="dim">none</span>`;
  return html`<code title="${revision}">${revision.slice(0, 7)}</code>`;
}

/** The revisions of an application's sources. */
export function revisions(told: ToldRevisions | undefined): Html {
  const found = revisionsOf(told ?? {});
  return found.length > 1 ? html`${found.map(revisionCode)}` : revisionCode(found[0]);
}
