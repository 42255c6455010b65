/** Advice for installations that are reached from elsewhere; on loopback it is just as it should be. */
const loopbackAdvice = 'backend.baseUrl is set to a localhost URL';

/**
 * A log line as it is shown on the terminal. The portal writes JSON in production mode (winston: `level`, `message`,
 * `plugin`); of that the message is shown, and the one line for each HTTP request is left out.
 * @returns undefined for a line that is not shown
 */
export function readableLine(line: string): string | undefined {
  if (line.trim() === '') return undefined;
  const entry = parseEntry(line);
  if (!entry) return line;
  if (entry.type === 'incomingRequest' || entry.level === 'debug') return undefined;
  if (entry.message.startsWith(loopbackAdvice)) return undefined;
  const level = entry.level === 'info' || entry.level === undefined ? '' : `${entry.level}: `;
  const plugin = entry.plugin ? `${entry.plugin}: ` : '';
  return `${level}${plugin}${entry.message}`;
}

interface Entry {
  level?: string;
  message: string;
  plugin?: string;
  type?: string;
}

function parseEntry(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as Partial<Entry>;
    return typeof entry.message === 'string' ? (entry as Entry) : undefined;
  } catch {
    // A text that happens to begin with a brace.
    return undefined;
  }
}
