import { TemplateError } from './TemplateError';

/** Part of a Go template. */
export type TemplateNode =
  | { kind: 'text'; text: string }
  | { kind: 'output'; pipeline: string }
  | { kind: 'set'; name: string; pipeline: string }
  | {
      kind: 'if' | 'with' | 'range';
      pipeline: string;
      body: TemplateNode[];
      otherwise: TemplateNode[];
    };

const action = /\{\{(-?)((?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`])*?)(-?)\}\}/g;
/** Characters; a longer one is no template of an Application. */
const maxLength = 50_000;

/** Reads a template of Go's text/template, as far as ApplicationSets use it. https://pkg.go.dev/text/template */
export function parseGoTemplate(text: string): TemplateNode[] {
  const tokens: Array<{ text?: string; code?: string }> = [];
  if (text.length > maxLength) throw new TemplateError('its template is too long');
  let from = 0;
  let trim = false;
  for (const found of text.matchAll(action)) {
    const between = text.slice(from, found.index);
    const start = trim ? between.trimStart() : between;
    tokens.push({ text: found[1] ? start.trimEnd() : start });
    tokens.push({ code: found[2].trim() });
    trim = found[3] !== '';
    from = found.index + found[0].length;
  }
  tokens.push({ text: trim ? text.slice(from).trimStart() : text.slice(from) });
  const { nodes, end } = parseNodes(tokens, { at: 0 });
  if (end !== undefined)
    throw new TemplateError(`its template has {{ ${end} }} without a beginning`);
  return nodes;
}

function parseNodes(
  tokens: ReadonlyArray<{ text?: string; code?: string }>,
  position: { at: number },
): { nodes: TemplateNode[]; end?: string } {
  const nodes: TemplateNode[] = [];
  while (position.at < tokens.length) {
    const { text, code } = tokens[position.at];
    position.at += 1;
    if (code === undefined) {
      if (text) nodes.push({ kind: 'text', text });
    } else if (/^(end|else\b.*)$/.test(code)) return { nodes, end: code };
    else if (!code.startsWith('/*')) nodes.push(parseAction(code, tokens, position));
  }
  return { nodes };
}

function parseAction(
  code: string,
  tokens: ReadonlyArray<{ text?: string; code?: string }>,
  position: { at: number },
): TemplateNode {
  const [, word, rest] =
    /^(if|with|range|define|template|block|break|continue)\b\s*(.*)$/s.exec(code) ?? [];
  if (word === undefined) {
    const [, name, pipeline] = /^\$(\w+)\s*:?=\s*(.*)$/s.exec(code) ?? [];
    return name === undefined
      ? { kind: 'output', pipeline: code }
      : { kind: 'set', name, pipeline };
  }
  if (word !== 'if' && word !== 'with' && word !== 'range') {
    throw new TemplateError(`its template uses {{ ${word} }}, which is not followed`);
  }
  const body = parseNodes(tokens, position);
  let otherwise: TemplateNode[] = [];
  if (body.end?.startsWith('else')) {
    const further = body.end.slice('else'.length).trim();
    if (further !== '') otherwise = [parseAction(further, tokens, position)];
    else {
      const last = parseNodes(tokens, position);
      otherwise = last.nodes;
      if (last.end !== 'end') throw new TemplateError('its template has no {{ end }}');
    }
  } else if (body.end !== 'end') throw new TemplateError('its template has no {{ end }}');
  return { kind: word, pipeline: rest, body: body.nodes, otherwise };
}
