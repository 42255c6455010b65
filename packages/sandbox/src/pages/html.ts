import { escapeHtml } from './escapeHtml';

/** HTML that is safe to put into a page. Made by {@link html} only. */
export class Html {
  constructor(readonly text: string) {}
}

/**
 * A template of HTML: values are escaped unless they are {@link Html} themselves; arrays are joined; undefined is nothing.
 */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  return new Html(parts.reduce((text, part, at) => text + render(values[at - 1]) + part));
}

function render(value: unknown): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  if (value === undefined || value === null) return '';
  return escapeHtml(String(value));
}
