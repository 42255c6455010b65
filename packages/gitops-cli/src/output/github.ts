import { appendFileSync } from 'node:fs';

/** One annotation of a workflow run. */
export interface Annotation {
  level: 'error' | 'warning' | 'notice';
  title?: string;
  message: string;
  /** From the repository's root, with `/`. */
  file?: string;
  line?: number;
  column?: number;
}

/**
 * An annotation as a workflow command. Source of format and escapes: GitHub's "Workflow commands for GitHub Actions", and
 * escapeData and escapeProperty in actions/toolkit.
 */
export function workflowCommand({ level, title, message, file, line, column }: Annotation): string {
  const properties = Object.entries({ file, line, col: column, title })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const parameters = properties.length > 0 ? ` ${properties.join(',')}` : '';
  return `::${level}${parameters}::${escapeData(message)}`;
}

// What a terminal would obey; line ends have an escape of their own.
const controls = /[^\P{Cc}\r\n]/gu;

function escapeData(text: string): string {
  return text
    .replace(controls, '?')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A run's summary takes 1 MiB a step; what is over is left out by GitHub with an error. Characters. */
const maxSummary = 900_000;

/**
 * Appends Markdown to the summary of the workflow run, where there is one.
 *
 * @param file - `$GITHUB_STEP_SUMMARY`
 */
export function appendSummary(file: string | undefined, markdown: string): void {
  if (file) appendFileSync(file, `${markdown.slice(0, maxSummary)}\n`);
}
