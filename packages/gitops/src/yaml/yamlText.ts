/** Something in the text of a YAML file that readers do not agree on. */
export interface YamlTextTrouble {
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** What is wrong; goes on after the key or the line. */
  problem: string;
  /** What to do about it: a clause that begins with a verb. */
  cure: string;
}

const rewrite = 'delete the character, or write the line anew';

/**
 * What Helm's reader (YAML 1.1, go-yaml) takes for something else than this one (YAML 1.2), by character. A line break that
 * only Helm sees turns the rest of a comment into keys that nobody has reviewed.
 */
const characters: Array<{ pattern: RegExp; problem: string }> = [
  // YAML 1.1, 4.1.4: b-generic, b-line-separator, b-paragraph-separator. "\r\n" is none: "\r" stands at the end of the line.
  { pattern: /[\r\u0085\u2028\u2029]/, problem: 'is a line break to Helm, and text to others' },
  // YAML 1.2.2, 5.1: c-printable.
  { pattern: /[^\P{Cc}\t]|[\ufffe\uffff]/u, problem: 'is not allowed in YAML' },
  // Unicode UAX 9: what changes the direction of text; and the byte order mark within a text.
  {
    pattern: /[\u202a-\u202e\u2066-\u2069\ufeff]/,
    problem: 'cannot be seen, and makes the line read as another',
  },
];

const directive = /^%/;
const beforeContent = /^\s*(#|$)/;
/** A blank line, or a comment, that begins with a tab. */
const tabbed = /^ *\t[ \t]*(#.*)?$/;

/** Telling more of one file helps nobody. */
const maxTroubles = 25;

/**
 * Looks for what stands in the text of a YAML file and is read differently, or refused, by Helm, or shown to people as
 * something else: without it a file that is reviewed and checked may deploy what nobody has seen. One a line.
 */
export function yamlTextTroubles(text: string): YamlTextTrouble[] {
  const found: YamlTextTrouble[] = [];
  let isPrologue = true;
  // Editors on Windows put a byte order mark before the first character; every reader passes over it there.
  const lines = text.replace(/^\ufeff/, '').split('\n');
  for (const [index, withEnd] of lines.entries()) {
    const line = withEnd.replace(/\r$/, '');
    const trouble = troubleOf(line, isPrologue);
    isPrologue &&= beforeContent.test(line) || directive.test(line);
    if (trouble) found.push({ line: index + 1, ...trouble });
    if (found.length >= maxTroubles) break;
  }
  return found;
}

function troubleOf(line: string, isPrologue: boolean): Omit<YamlTextTrouble, 'line'> | undefined {
  if (isPrologue && directive.test(line)) {
    return {
      column: 1,
      problem: 'holds a % directive, which Helm refuses',
      cure: 'remove the line that begins with %',
    };
  }
  if (tabbed.test(line)) {
    return {
      column: line.indexOf('\t') + 1,
      problem: 'begins with a tab, which Helm refuses',
      cure: 'remove the tab, or write spaces instead',
    };
  }
  for (const { pattern, problem } of characters) {
    const hit = pattern.exec(line);
    if (hit) {
      const code = (hit[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      return { column: hit.index + 1, problem: `holds U+${code}, which ${problem}`, cure: rewrite };
    }
  }
  return undefined;
}
