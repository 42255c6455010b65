import MarkdownIt from 'markdown-it';
import { escapeHtml, Html } from './html';
import { onThePage } from './markdownOnThePage';

/** A longer text is cut: GitHub takes 65,536 characters. */
const longest = 100_000;

/** Only the web and places of this forge: no scripts, no other schemes. */
function isSafeTarget(target: string): boolean {
  return /^https?:\/\//i.test(target) || /^[/#](?![/\\])/.test(target);
}

function engine(breaks: boolean): MarkdownIt {
  const parser = new MarkdownIt({ html: false, linkify: true, breaks });
  parser.validateLink = isSafeTarget;
  // Only what says so is an address: README.md would be one too, of Moldova.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  // A page that is read asks no other server for anything.
  parser.renderer.rules.image = (tokens, index) => escapeHtml(tokens[index].content);
  return parser.use(onThePage);
}

const engines = { document: engine(false), message: engine(true) };

/**
 * Draws CommonMark with tables, bare addresses and task lists. Markup in the source stays text, but for a few tags that only
 * change letters.
 * @param kind - in a message each line end is one on the page, as GitHub has it
 */
export function markdown(source: string, kind: keyof typeof engines = 'document'): Html {
  const drawn = engines[kind].render(source.slice(0, longest));
  return new Html(`<div class="markdown">${drawn}</div>`);
}
