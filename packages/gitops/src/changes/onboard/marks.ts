import { isPlainText } from '../../locate/isPlainText';
import { ambiguity } from '../../yaml/ambiguity';
import { ChangeRefusal } from '../ChangeRefusal';
import { scalarsOf, type PlacedScalar } from './scalars';

/** Values by the names of their marks. */
export type Values = Readonly<Record<string, string>>;

/** What is a text also when it looks like a number. */
const textNames: ReadonlySet<string> = new Set([
  ...['tenant', 'tenantLabel', 'service', 'version', 'environment', 'cluster'],
  ...['displayName', 'owner', 'contact', 'tier'],
]);

/** What every reader takes between braces or brackets. */
const plainInFlow = /^[\w./+-][\w./+@-]*$/;

/**
 * Places in texts that values take: letters that no text and no value holds, so that a text with marks is YAML as it was without
 * them, and values go in as data, never as YAML.
 */
export class Marks {
  readonly #edge: string;

  /** @param texts - everything that marks must not occur in */
  constructor(texts: readonly string[]) {
    let edge = 'zq';
    const all = texts.join('\n');
    while (all.includes(edge)) edge += 'zq';
    this.#edge = edge;
  }

  /** The mark of a value. */
  of(name: string): string {
    return `${this.#edge}${name}${this.#edge}`;
  }

  /** Names of the values whose marks a text holds. */
  namesIn(text: string): string[] {
    return [...text.matchAll(this.#pattern())].map(([, name]) => name);
  }

  /** Fills a name, a path or another text that has no rules of its own. */
  fill(text: string, values: Values): string {
    return text.replace(this.#pattern(), (_, name: string) => values[name]);
  }

  /**
   * Fills a file. In YAML and JSON every value comes out as the text that went in, whatever stands in it; a number, true or false
   * stays one where it is all that stands there without quotes.
   *
   * @throws ChangeRefusal when a file is a template, and a value would have to be put in quotes
   */
  fillFile(file: string, text: string, values: Values): string {
    if (!text.includes(this.#edge)) return text;
    const scalars = isYaml(file) ? scalarsOf(text) : [];
    const odd = scalars ? undefined : this.namesIn(text).find(name => !isPlainText(values[name]));
    if (odd !== undefined) {
      throw new ChangeRefusal(
        `${file}: is no YAML, and ${odd} ${JSON.stringify(
          values[odd],
        )} needs quotes there: correct the file, or choose a plain ${odd}`,
      );
    }
    let filled = text;
    for (const scalar of [...(scalars ?? [])].reverse()) {
      const source = text.slice(scalar.start, scalar.end);
      if (!source.includes(this.#edge)) continue;
      const written = this.#write(scalar, source, values);
      filled = `${filled.slice(0, scalar.start)}${written}${filled.slice(scalar.end)}`;
    }
    return this.fill(filled, values);
  }

  #write(scalar: PlacedScalar, source: string, values: Values): string {
    const each = (escape: (text: string) => string) =>
      source.replace(this.#pattern(), (_, name: string) => escape(values[name]));
    if (scalar.style === 'single') return each(text => text.replaceAll("'", "''"));
    if (scalar.style === 'double') return each(text => JSON.stringify(text).slice(1, -1));
    if (scalar.style === 'block') return each(text => text);
    const [name] = this.namesIn(source);
    const isAlone = source === this.of(name) && !textNames.has(name);
    if (isAlone && isData(values[name])) return values[name];
    const value = this.fill(scalar.value, values);
    const isPlain = isPlainText(value) && (!scalar.isInFlow || plainInFlow.test(value));
    return isPlain ? value : JSON.stringify(value);
  }

  #pattern(): RegExp {
    return new RegExp(`${this.#edge}([A-Za-z]\\w*?)${this.#edge}`, 'g');
  }
}

function isData(text: string): boolean {
  const isNumber = /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text) && String(Number(text)) === text;
  return (isNumber && !ambiguity(text, Number(text))) || text === 'true' || text === 'false';
}

/** Whether a file is YAML or JSON by its name. */
export function isYaml(file: string): boolean {
  return /\.(ya?ml|json)$/i.test(file);
}
