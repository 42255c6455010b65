/** What the tests of the documentation read out of Markdown. */

/** Without fenced code, in which nothing is a link, a heading or a table. */
export function withoutCode(text) {
  return text.replace(/^(```|~~~)[^\n]*\n[\s\S]*?^\1[^\n]*$/gm, '');
}

/**
 * Targets of links and images: `[text](target "title")` and `[text]: target`.
 * @returns the targets in order, titles left out
 */
export function linksOf(text) {
  const plain = withoutCode(text).replace(/`[^`\n]*`/g, '');
  const inline = plain.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g);
  const defined = plain.matchAll(/^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm);
  return [...inline, ...defined].map(match => match[1]);
}

/** The anchors of a page's headings, as GitHub and MkDocs make them for headings without markup. */
export function anchorsOf(text) {
  const counts = new Map();
  return [...withoutCode(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading]) => {
    const slug = heading
      .replace(/[`*]/g, '')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

/** npm scripts that a text tells people to run: `npm run verify`, `npm test`, `npm start`. */
export function npmScriptsOf(text) {
  const run = text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g);
  const short = text.matchAll(/\bnpm (start|test)\b/g);
  return [...new Set([...run, ...short].map(match => match[1]))];
}

/**
 * The rows of the table below a heading, each a list of cells; the header is left out.
 * @param heading - its text, without the number signs
 */
export function tableBelow(text, heading) {
  const lines = text.split('\n');
  const start = lines.findIndex(line => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start < 0) return [];
  const after = lines.slice(start + 1);
  const end = after.findIndex(line => /^#+ /.test(line));
  const rows = (end < 0 ? after : after.slice(0, end)).filter(line => line.startsWith('|'));
  return rows.slice(2).map(row =>
    row
      .slice(1, row.trimEnd().lastIndexOf('|'))
      .split(/(?<!\\)\|/)
      .map(cell => cell.trim()),
  );
}

/** What stands between backticks in a cell. */
export function codeOf(cell) {
  return [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1]);
}
