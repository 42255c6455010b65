/** How Backstage's log entry about a failed start begins (`name` BackendStartupError). It goes on running after it. */
const startupErrorName = 'BackendStartupError';

interface Entry {
  level?: string;
  message?: string;
  name?: string;
}

/** Whether a line of the portal's log says that its start failed for good. */
export function saysStartFailed(line: string): boolean {
  const entry = parseEntry(line);
  return entry?.level === 'error' && entry.name === startupErrorName;
}

/**
 * Why the portal did not start, out of what it wrote: one line for each plugin that failed, else the error that Node printed,
 * with its cause, else the last error that was logged.
 * @returns undefined when no error is among the lines
 */
export function startupFailure(lines: string[]): string | undefined {
  const entries = lines.flatMap(line => parseEntry(line) ?? []);
  const failed = entries.findLast(entry => entry.name === startupErrorName);
  if (failed?.message) return pluginFailures(failed.message);
  const texts = lines.filter(line => !parseEntry(line));
  const thrown = texts
    .flatMap(line => /^(?:Uncaught )?(\w*Error: .+)$/.exec(line)?.[1] ?? [])
    .at(-1);
  const cause = texts.flatMap(line => /\[cause\]: (\w*Error: .+)$/.exec(line)?.[1] ?? []).at(-1);
  if (thrown) return withCause(clean(thrown), cause && clean(cause));
  return entries.findLast(entry => entry.level === 'error')?.message?.split('\n')[0];
}

/** "Plugin 'x' startup failed; caused by Error: why" becomes "x: why". */
function pluginFailures(message: string): string {
  const failures = message
    .split('\n')
    .map(line => /^\s*(?:Plugin|Module) '([^']+)'.*? startup failed; caused by (.+)$/.exec(line))
    .flatMap(match => (match ? [`${match[1]}: ${clean(match[2])}`] : []));
  return failures.length > 0 ? failures.join('\n') : message.split('\n')[0];
}

function withCause(error: string, cause: string | undefined): string {
  return cause && !error.includes(cause) ? `${error} (${cause})` : error;
}

/** Without the name of a plain Error and the brace of an object that Node prints after it. */
function clean(text: string): string {
  return text.replace(/^Error: /, '').replace(/ \{$/, '');
}

function parseEntry(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    // A text that happens to begin with a brace.
    return undefined;
  }
}
