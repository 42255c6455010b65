import type MarkdownIt from 'markdown-it';
import type { StateBlock, StateCore, StateInline, Token } from 'markdown-it';

/** What makes Markdown fit the forge's pages: comments, headings, links, task lists, small print. */
export function onThePage(markdown: MarkdownIt): void {
  markdown.block.ruler.before('fence', 'comment', skipComment, { alt: ['paragraph'] });
  markdown.inline.ruler.before('autolink', 'letters', takeLetterTag);
  markdown.core.ruler.push('page', state => {
    state.tokens.forEach((token, index) => {
      if (token.type === 'heading_open' || token.type === 'heading_close') lower(token);
      if (token.type === 'th_open' || token.type === 'td_open') alignByClass(token);
      if (token.type === 'inline') token.children?.forEach(distrust);
      if (token.type === 'inline' && state.tokens[index - 2]?.type === 'list_item_open') {
        drawTask(state, token);
      }
    });
  });
}

/** Longer comments are shown: who looks for the end of each of many would take time that grows with their square. */
const longestComment = 2000;

/** A comment on lines of its own says nothing to people. */
function skipComment(state: StateBlock, first: number, last: number, silent: boolean): boolean {
  const from = state.bMarks[first] + state.tShift[first];
  if (!state.src.startsWith('<!--', from)) return false;
  const length = state.src.slice(from, from + longestComment).indexOf('-->', 4);
  if (length < 0) return false;
  const end = from + length + '-->'.length;
  let line = first;
  while (line < last && state.eMarks[line] < end) line += 1;
  if (line === last || state.src.slice(end, state.eMarks[line]).trim() !== '') return false;
  if (!silent) state.line = line + 1;
  return true;
}

/** Tags that people write in messages: they take no attribute and reach no further than their paragraph. */
const letterTag = /<(?:\/?(?:sub|sup|kbd)|br ?\/?)>/y;

function takeLetterTag(state: StateInline, silent: boolean): boolean {
  letterTag.lastIndex = state.pos;
  const [tag] = letterTag.exec(state.src) ?? [];
  if (tag === undefined) return false;
  if (!silent) state.push('html_inline', '', 0).content = tag;
  state.pos += tag.length;
  return true;
}

/** The page has a first and a second level of its own. */
function lower(token: Token): void {
  token.tag = `h${Math.min(Number(token.tag.slice(1)) + 2, 6)}`;
}

/** The pages' content security policy allows no styles in attributes. */
function alignByClass(token: Token): void {
  const [, side] = /^text-align:(\w+)$/.exec(token.attrGet('style') ?? '') ?? [];
  token.attrs = side ? [['class', side]] : null;
}

function distrust(token: Token): void {
  if (token.type === 'link_open') token.attrSet('rel', 'noreferrer nofollow');
}

/** `[ ]` and `[x]` at the beginning of an item are boxes, which nobody can tick here. */
function drawTask(state: StateCore, item: Token): void {
  const [first] = item.children ?? [];
  const [mark, tick] = /^\[([ xX])\] /.exec(first?.type === 'text' ? first.content : '') ?? [];
  if (mark === undefined) return;
  const box = new state.Token('html_inline', '', 0);
  box.content =
    tick === ' '
      ? '<input type="checkbox" disabled aria-label="Open task"> '
      : '<input type="checkbox" disabled checked aria-label="Done task"> ';
  first.content = first.content.slice(mark.length);
  item.children?.unshift(box);
}
