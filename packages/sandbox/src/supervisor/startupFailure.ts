/** What the portal's backend writes about each problem that stopped it (packages/backend/src/index.ts). */
const problemPrefix = 'Portal not started: ';

/**
 * Why the portal did not start, out of what it wrote: its own sentences, else the error that Node printed, with its cause, else
 * the last error that was logged.
 * @param lines - the portal's output, oldest first
 * @returns undefined when no error is among the lines
 */
export function startupFailure(lines: string[]): string | undefined {
  const problems = lines.filter(line => line.startsWith(problemPrefix));
  if (problems.length > 0) {
    return [...new Set(problems)].map(line => line.slice(problemPrefix.length)).join('\n');
  }
  const thrown = last(lines, /^(?:Uncaught )?(\w*Error: .+)$/);
  if (thrown) return withCause(thrown, last(lines, /\[cause\]: (\w*Error: .+)$/));
  return lines.flatMap(loggedError).at(-1);
}

function last(lines: string[], pattern: RegExp): string | undefined {
  const found = lines.flatMap(line => pattern.exec(line)?.[1] ?? []).at(-1);
  // Without the name of a plain Error, and the brace of an object that Node prints after it.
  return found?.replace(/^Error: /, '').replace(/ \{$/, '');
}

function withCause(error: string, cause: string | undefined): string {
  return cause && !error.includes(cause) ? `${error} (${cause})` : error;
}

function loggedError(line: string): string[] {
  if (!line.startsWith('{')) return [];
  try {
    const entry = JSON.parse(line) as { level?: string; message?: string };
    return entry.level === 'error' && entry.message ? [entry.message.split('\n')[0]] : [];
  } catch {
    // A text that happens to begin with a brace.
    return [];
  }
}
