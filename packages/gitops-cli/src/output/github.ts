import { appendFileSync } from 'node:fs';
import type { Context } from '../cli/context';

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
 * Appends Markdown to the summary of the workflow run, where there is one. The result itself is told on standard output: a
 * summary that cannot be written is a warning.
 *
 * @param context - with the run's environment, of which `GITHUB_STEP_SUMMARY` is read
 */
export function appendSummary(
  { env, warn }: Pick<Context, 'env' | 'warn'>,
  markdown: string,
): void {
  const file = env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    appendFileSync(file, `${markdown.slice(0, maxSummary)}\n`);
  } catch (error) {
    // The error's own words name paths of the machine.
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    warn(`gitops: the summary was not written: GITHUB_STEP_SUMMARY (${reason})`);
  }
}
