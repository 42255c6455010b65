/** Markup that is safe to send: made by {@link html}, in which every text is escaped. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What may stand in a template: texts and numbers are escaped, nothing is drawn for undefined and false. */
export type Part = Html | string | number | false | undefined | Part[];

/** Escapes a text for markup and for attributes in double or single quotes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, character => entities[character]);
}

function draw(part: Part): string {
  if (part instanceof Html) {
    return part.markup;
  }
  if (Array.isArray(part)) {
    return part.map(draw).join('');
  }
  return part === undefined || part === false ? '' : escapeHtml(String(part));
}

/** Template tag for markup: what is put in is escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    strings.map((text, at) => text + (at < parts.length ? draw(parts[at]) : '')).join(''),
  );
}
