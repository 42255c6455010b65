import type { LogFields } from './logFields';

/** Fields that hold the message; the first that is text counts. */
const messageFields = [
  'message',
  'msg',
  'M',
  '@m',
  '@message',
  '@mt',
  'Message',
  'MESSAGE',
  'short_message',
  'textPayload',
  'event',
  'log',
  'body',
  'Body',
  'text',
];
const maxValueLength = 200;

/**
 * The message of a line in JSON; undefined when it has none.
 *
 * @param maxLength - characters that are of use
 */
export function messageOf(fields: LogFields, maxLength: number): string | undefined {
  for (const name of messageFields) {
    const value = fields.get(name);
    if (typeof value === 'string' && value !== '') {
      const text = value.slice(0, maxLength);
      return (name === '@mt' ? render(text, fields) : text).slice(0, maxLength);
    }
  }
  return undefined;
}

/** A message template with its values: https://messagetemplates.org */
function render(template: string, fields: LogFields): string {
  return template.replace(/\{[@$]?(\w{1,60})(?:[,:][^{}]{0,60})?\}/g, (hole, name: string) => {
    const value = fields.get(name);
    const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
    return isPlain ? String(value).slice(0, maxValueLength) : hole;
  });
}
