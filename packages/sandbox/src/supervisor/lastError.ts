/**
 * The one line that says why the portal did not start, out of what it wrote last. Its log entries are JSON, what Node prints
 * about an uncaught error is text; causes follow their error, so the last one is the most precise.
 * @returns undefined when there is no such line
 */
export function lastError(lines: string[]): string | undefined {
  const messages = lines.flatMap(line => message(line) ?? []);
  return messages.at(-1);
}

function message(line: string): string | undefined {
  if (line.startsWith('{')) {
    try {
      const entry = JSON.parse(line) as { level?: string; message?: string };
      return entry.level === 'error' ? entry.message?.split('\n')[0] : undefined;
    } catch {
      // Not a log entry: read it as text.
    }
  }
  const match = /^\s*(?:\[cause\]: |caused by:? )?((?:[A-Z]\w*)?Error: .+)$/.exec(line);
  return match?.[1].replace(/ \{$/, '');
}
