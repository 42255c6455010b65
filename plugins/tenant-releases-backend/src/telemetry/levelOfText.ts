import { levelOfName, levelOfNumber, partsByColour, type KnownLevel } from './logLevels';

/** `HTTP 500` and `NOTE: ...` in a text are no levels. */
const words = [...levelOfName.keys()].filter(name => name !== 'http' && name !== 'note');
const quiet = words.join('|');
const loud = quiet.toUpperCase();

/**
 * The first word in capitals that is a level: "no error found" holds none. Monolog writes the channel before it
 * (`app.ERROR:`), Celery the process behind it (`ERROR/MainProcess`), logrus and geth a time (`WARN[0001]`). What PostgreSQL
 * logs otherwise begins with another word (`LOG:`), behind which a statement may hold anything.
 */
const headerWord = new RegExp(
  [
    `(?:^|[\\s[(|<>"'-])(${loud})(?=$|[\\s\\])|<>"':,/[-])`,
    `[\\w-]\\.(${loud})(?=:)`,
    '(?:^|\\s)(?:LOG|STATEMENT|DETAIL|HINT|CONTEXT|QUERY|LOCATION)(?=: )',
  ].join('|'),
);
/** nginx writes [error], structlog [error    ], Fluent Bit [ warn], Apache [core:error], MySQL [Warning]. */
const bracketed = new RegExp(`\\[ *(?:[\\w-]{1,40}:)?(${quiet}|note) *\\]`, 'i');
/** .NET's console and winston write "fail: ", zap's console a tab on both sides. */
const first = new RegExp(`^(?:(${quiet}) {0,8}: |\\S{1,40}\\t(${quiet})\\t)`);

const klogLine = /^([IWEF])\d{4} /;
const klogLevels: Record<string, KnownLevel> = { I: 'info', W: 'warn', E: 'error', F: 'error' };
const syslogLine = /^<(\d{1,3})>/;

/** Characters at the beginning of a line that are looked at for a level. */
const headerLength = 160;

/** The level that the text of a line begins with. */
export function levelOfText(text: string): KnownLevel | undefined {
  const parts = partsByColour(text.slice(0, headerLength));
  // Colours become spaces: letters that they part are no word.
  const header = parts.join(' ').trimStart();
  const klog = klogLine.exec(header)?.[1];
  if (klog !== undefined) return klogLevels[klog];
  const priority = syslogLine.exec(header)?.[1];
  // https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1
  if (priority !== undefined) return levelOfNumber(Number(priority) % 8, false);
  const coloured = levelOfColoured(parts);
  if (coloured !== undefined) return coloured;
  const word = headerWord.exec(header);
  if (word) return levelOfName.get((word[1] ?? word[2] ?? '').toLowerCase());
  const [, inBrackets] = bracketed.exec(header) ?? [];
  const [, beforeColon, betweenTabs] = first.exec(header) ?? [];
  return levelOfName.get((inBrackets ?? beforeColon ?? betweenTabs ?? '').toLowerCase());
}

/** A word that has a colour of its own, and is a level. */
function levelOfColoured(parts: string[]): KnownLevel | undefined {
  for (const part of parts.slice(1, -1)) {
    const found = levelOfName.get(part.trim().toLowerCase());
    if (found !== undefined) return found;
  }
  return undefined;
}
