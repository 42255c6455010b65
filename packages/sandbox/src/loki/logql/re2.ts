import { parseError } from './logqlError';

/** POSIX classes, which only stand inside brackets. */
const posixClasses: Record<string, string> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

function invalid(what: string, text: string) {
  return parseError(`error parsing regexp: ${what}: \`${text}\``);
}

/** Any character as itself, in and outside brackets. */
function literal(character: string): string {
  return /[A-Za-z0-9_ ]/.test(character) || character > '\x7f'
    ? character
    : `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/** Reads patterns from left to right and writes what JavaScript calls the same. */
class Translator {
  private position = 0;
  private output = '';
  /** For each open group, whether it repeats something without a bound, and what closes it. */
  private readonly groups: { unbounded: boolean; close: string }[] = [
    { unbounded: false, close: '' },
  ];
  /** Whether the element just written repeats something inside without a bound. */
  private lastIsUnbounded = false;

  constructor(private readonly pattern: string) {}

  translate(): string {
    while (this.position < this.pattern.length) this.element();
    if (this.groups.length > 1) throw invalid('missing closing )', this.pattern);
    return this.output + this.groups[0].close;
  }

  private take(expression: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(expression.source, 'yu');
    sticky.lastIndex = this.position;
    const match = sticky.exec(this.pattern);
    if (match) this.position = sticky.lastIndex;
    return match ?? undefined;
  }

  private emit(text: string): void {
    this.output += text;
    this.lastIsUnbounded = false;
  }

  private element(): void {
    const repetition = this.take(/([*+?]|\{\d+(?:,\d*)?\})\??/);
    if (repetition) return this.repeat(repetition[0], repetition[1]);
    if (this.take(/\(/)) return this.openGroup();
    if (this.take(/\)/)) return this.closeGroup();
    if (this.take(/\[/)) return this.brackets();
    if (this.take(/\\/)) return this.emit(this.escape(false));
    const plain = this.take(/[.^$|]/);
    return this.emit(plain ? plain[0] : literal(this.take(/[\s\S]/)![0]));
  }

  private repeat(text: string, operator: string): void {
    const unbounded = /^[*+]$|,\}$/.test(operator);
    // (a+)+ takes JavaScript exponentially long, RE2 not: refuse it rather than hang.
    if (unbounded && this.lastIsUnbounded) {
      throw invalid('repetition of a repetition is not supported by the sandbox', this.pattern);
    }
    this.output += text;
    if (unbounded) for (const group of this.groups) group.unbounded = true;
  }

  private openGroup(): void {
    const flags = this.take(/\?([ims]+)\)/);
    if (flags) {
      // Flags hold until the group ends. After its beginning they would split an alternation.
      if (!/(^|\(|\(\?:)$/.test(this.output)) {
        throw invalid('flags are supported at the beginning only', this.pattern);
      }
      this.output += `(?${flags[1]}:`;
      this.groups[this.groups.length - 1].close += ')';
      return;
    }
    const start = this.take(/\?:/)
      ? '(?:'
      : this.take(/\?[ims]+:/)?.[0].replace(/^/, '(') ?? this.namedGroup();
    this.output += start;
    this.groups.push({ unbounded: false, close: '' });
  }

  private namedGroup(): string {
    const name = this.take(/\?P?<(\w+)>/);
    if (name) return `(?<${name[1]}>`;
    if (this.take(/\?/)) {
      throw invalid('invalid or unsupported Perl syntax', `(?${this.pattern[this.position] ?? ''}`);
    }
    return '(';
  }

  private closeGroup(): void {
    const group = this.groups.pop()!;
    if (this.groups.length === 0) throw invalid('unexpected )', this.pattern);
    this.emit(`${group.close})`);
    this.lastIsUnbounded = group.unbounded;
  }

  private brackets(): void {
    let text = this.take(/\^/) ? '[^' : '[';
    if (this.take(/\]/)) text += literal(']');
    while (!this.take(/\]/)) {
      const posix = this.take(/\[:(\w+):\]/);
      const next = posix ?? this.take(/[\s\S]/);
      if (!next) throw invalid('missing closing ]', this.pattern);
      if (posix && !(posix[1] in posixClasses)) throw invalid('invalid character class', posix[0]);
      if (posix) text += posixClasses[posix[1]];
      else if (next[0] === '\\') text += this.escape(true);
      else text += next[0] === '-' ? '-' : literal(next[0]);
    }
    this.emit(`${text}]`);
  }

  /** What follows a backslash. */
  private escape(inBrackets: boolean): string {
    const quoted = !inBrackets && this.take(/Q([\s\S]*?)(?:\\E|$)/);
    if (quoted) return Array.from(quoted[1], literal).join('');
    const property = this.take(/([pP])(?:\{(\^?)(\w+)\}|(\w))/);
    if (property) {
      const [, letter, , long, short] = property;
      const name = long ?? short;
      return `\\${letter}{${name.length > 2 ? `Script=${name}` : name}}`;
    }
    const code = this.take(/x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/);
    if (code) return `\\u{${code[1] ?? code[2]}}`;
    const [character] = this.take(/[\s\S]/) ?? [''];
    if (/[dDsSwWfnrtv]/.test(character)) return `\\${character}`;
    if (character === 'a') return '\\u{7}';
    if (!inBrackets && /[bB]/.test(character)) return `\\${character}`;
    if (!inBrackets && character === 'A') return '(?<![\\s\\S])';
    if (!inBrackets && character === 'z') return '(?![\\s\\S])';
    if (/[A-Za-z0-9]/.test(character)) throw invalid('invalid escape sequence', `\\${character}`);
    if (character === '') throw invalid('trailing backslash at end of expression', '');
    return literal(character);
  }
}

/**
 * Writes a pattern of RE2 as one of JavaScript (with the flag `u`).
 *
 * @throws LogqlError when RE2 or this translation does not take it
 */
export function translate(pattern: string): string {
  return new Translator(pattern).translate();
}
