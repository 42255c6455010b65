import { escapeHtml, Html } from './html';

/** A longer text is drawn plain: the patterns below take time that grows with the square of its length. */
const longestInline = 10_000;

/** Draws what stands inside a line: code, links, bold, emphasis. The text is escaped before anything else. */
function inline(text: string): string {
  if (text.length > longestInline) {
    return escapeHtml(text);
  }
  // Finished pieces are put aside, so that nothing in them is taken for markup again. Their marks
  // cannot be in the text: control characters are dropped first.
  const pieces: string[] = [];
  const aside = (markup: string) => `\x01${pieces.push(markup) - 1}\x02`;
  const link = (target: string, label: string) =>
    aside(`<a href="${target}" rel="noreferrer nofollow">${label}</a>`);
  const put = (markup: string): string =>
    // eslint-disable-next-line no-control-regex -- the marks from above
    markup.replace(/\x01(\d+)\x02/g, (_all, index: string) => put(pieces[Number(index)]));

  const drawn = text
    // eslint-disable-next-line no-control-regex -- see above
    .replace(/[\x00-\x08\x0b-\x1f]/g, '')
    .replace(/(`+)(.+?)\1/g, (_all, _ticks, code: string) =>
      aside(`<code>${escapeHtml(code.trim())}</code>`),
    );
  return put(
    escapeHtml(drawn)
      // eslint-disable-next-line no-control-regex -- a target holds no marks
      .replace(/\[([^\]]+)\]\(([^()\s\x01\x02]+)\)/g, (all, label: string, target: string) =>
        isSafeTarget(target) ? link(target, label) : all,
      )
      .replace(
        // eslint-disable-next-line no-control-regex -- as above
        /(^|[\s(])(https?:\/\/[^\s()\x01\x02]+[^\s()\x01\x02.,;:!?])/g,
        (_all, before: string, target: string) => before + link(target, target),
      )
      .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
      .replace(/(^|[\s(])[*_]([^*_\s](?:[^*_]*[^*_\s])?)[*_](?=$|[\s.,;:!?)])/g, '$1<em>$2</em>'),
  );
}

/** Only the web and places of this forge: no scripts, no other schemes. */
function isSafeTarget(target: string): boolean {
  return /^https?:\/\//i.test(target) || /^[/#](?![/\\])/.test(target);
}

/** The cells of a table's row. */
function cells(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map(cell => inline(cell.trim().replaceAll('\\|', '|')));
}

function table(lines: string[]): string {
  const [head, , ...rows] = lines;
  const row = (line: string, tag: string) =>
    `<tr>${cells(line)
      .map(cell => `<${tag}>${cell}</${tag}>`)
      .join('')}</tr>`;
  return `<table><thead>${row(head, 'th')}</thead><tbody>${rows
    .map(line => row(line, 'td'))
    .join('')}</tbody></table>`;
}

function list(lines: string[], tag: 'ul' | 'ol'): string {
  const items: string[] = [];
  for (const line of lines) {
    const match = /^\s*(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line);
    if (match) {
      items.push(match[1]);
    } else {
      items[items.length - 1] += ` ${line.trim()}`;
    }
  }
  const draw = (item: string) => {
    const task = /^\[([ xX])\] (.*)$/.exec(item);
    const box = `<input type="checkbox" disabled${task && task[1] !== ' ' ? ' checked' : ''}> `;
    return `<li>${task ? box + inline(task[2]) : inline(item)}</li>`;
  };
  return `<${tag}>${items.map(draw).join('')}</${tag}>`;
}

const isTable = (lines: string[], at: number) =>
  lines[at].includes('|') &&
  (lines[at + 1] ?? '').length < 1000 &&
  /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? '');
const itemOf = (line: string) => /^\s{0,3}(?:([-*+])|\d+[.)])\s+\S/.exec(line);

/**
 * Draws a small part of Markdown: headings, paragraphs, lists, code, tables, quotes, links.
 * Whatever else is written stays text; markup in the source is never taken over.
 */
export function markdown(source: string): Html {
  const whole = source.replace(/\r\n?/g, '\n').slice(0, 100_000);
  // A comment on lines of its own says nothing to people.
  const lines = whole.replace(/^<!--[^]*?-->$/gm, '').split('\n');
  const blocks: string[] = [];
  let at = 0;
  const takeWhile = (wanted: (line: string, isFirst: boolean) => boolean): string[] => {
    const start = at;
    while (at < lines.length && wanted(lines[at], at === start)) {
      at += 1;
    }
    return lines.slice(start, at);
  };
  while (at < lines.length) {
    const line = lines[at];
    const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(line);
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    const item = itemOf(line);
    if (line.trim() === '') {
      at += 1;
    } else if (fence) {
      at += 1;
      const code = takeWhile(one => !one.trim().startsWith(fence[1]));
      at += 1;
      blocks.push(`<pre><code>${escapeHtml(code.join('\n'))}</code></pre>`);
    } else if (heading) {
      at += 1;
      // The page has a first and a second level of its own.
      const level = Math.min(heading[1].length + 2, 6);
      blocks.push(`<h${level}>${inline(heading[2])}</h${level}>`);
    } else if (item) {
      const taken = takeWhile(
        one => one.trim() !== '' && (itemOf(one) !== null || /^\s+/.test(one)),
      );
      blocks.push(list(taken, item[1] ? 'ul' : 'ol'));
    } else if (isTable(lines, at)) {
      blocks.push(table(takeWhile(one => one.includes('|'))));
    } else if (line.startsWith('>')) {
      const quoted = takeWhile(one => one.startsWith('>')).map(one => one.replace(/^>\s?/, ''));
      blocks.push(`<blockquote><p>${inline(quoted.join('\n'))}</p></blockquote>`);
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      at += 1;
      blocks.push('<hr>');
    } else {
      const text = takeWhile(
        (one, isFirst) =>
          isFirst ||
          (one.trim() !== '' &&
            !/^(#{1,6}\s|\s{0,3}(```|~~~)|>)/.test(one) &&
            itemOf(one) === null),
      );
      blocks.push(`<p>${inline(text.join('\n'))}</p>`);
    }
  }
  return new Html(`<div class="markdown">${blocks.join('\n')}</div>`);
}
