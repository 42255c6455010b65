import { detectedLabel, levelLabels } from './levelOfLine';
import type { KnownLevel } from './logLevels';
import { quote } from './quote';

/** Label under which a line that may have the level comes out of Loki. */
const hint = 'portal_level_hint';

/** Parts of the names of a level: every name holds one of its level's. */
const parts: Record<KnownLevel, string> = {
  debug: 'debug|dbg|dbug|trace|trc|verbose|vrb|fine|silly',
  info: 'inf|notice|note|success|http|@t|@m',
  warn: 'warn|wrn',
  error: 'err|eror|fatal|ftl|crit|panic|alert|emerg|severe|fail',
};
/** The numbers of a level, of syslog, pino and OpenTelemetry together. */
const numbers: Record<KnownLevel, string> = {
  debug: '[1-8]|[12][0-9]',
  info: '[569]|1[0-2]|3[0-9]',
  warn: '4[0-9]?|1[3-6]',
  error: '[0-3]|1[7-9]|2[0-4]|[56][0-9]',
};
const klogLetters: Partial<Record<KnownLevel, string>> = { info: 'I', warn: 'W', error: 'EF' };

/**
 * Stages of LogQL that let every line pass that may have the level, and most others not. LogQL cannot read levels as
 * {@link levelOfLine} does; who asks looks at each line again.
 */
export function levelHint(level: KnownLevel): string {
  const number = `(?:(?:${numbers[level]})\\b|[0-9]*[.e][-+0-9]|-0)`;
  const letters = klogLetters[level];
  const line = [
    parts[level],
    // A quotation mark may be escaped: JSON in a field of JSON.
    `(?:level|levelname|level_name|lvl|severity|text|number|priority|@l)\\\\?"?\\s*[:=]\\s*\\\\?"?${number}`,
    ...(letters ? [`[${letters}][0-9]{4}\\b`] : []),
    // Syslog's priority holds the level.
    '<[0-9]{1,3}>',
    // Letters and digits that JSON has written as their numbers.
    '\\\\u00[3-7]',
  ].join('|');
  const value = quote(`(?i).*(?:${parts[level]}|${numbers[level]}).*`);
  const labels = [...levelLabels, detectedLabel].map(name => `${name}=~${value}`);
  return `| regexp ${quote(`(?i)(?P<${hint}>${line})`)} | ${[`${hint}!=""`, ...labels].join(
    ' or ',
  )}`;
}
