/** A line that begins with a key; its indentation and the key. */
const keyLine = /^((?:[ \t]|- )*)(?:"([\w.-]{1,60})"|'([\w.-]{1,60})'|([\w.-]{1,60}))\s*:(?:\s|$)/;

/**
 * The key that a line belongs to, with dots, as a person would say it. For text that cannot be parsed: it goes by
 * indentation alone.
 *
 * @param line - from 1
 */
export function keyNear(text: string, line: number): string {
  const lines = text.split('\n', line);
  const path: string[] = [];
  const last = lines[lines.length - 1] ?? '';
  // A line that is no key belongs to what it is indented below; an empty one, to the line before.
  let indent =
    keyLine.test(last) || last.trim() === '' ? Infinity : last.length - last.trimStart().length;
  for (let index = lines.length - 1; index >= 0 && indent > 0; index -= 1) {
    const found = keyLine.exec(lines[index]);
    if (found && found[1].length < indent) {
      path.unshift(found[2] ?? found[3] ?? found[4]);
      indent = found[1].length;
    }
  }
  return path.join('.') || 'file';
}
