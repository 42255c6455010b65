import { shorten, isRefused, type Finding, code, plain, table } from '@internal/gitops';
import { workflowCommand } from '../output/github';

/** More findings than anybody reads; the count is always told. */
const maxShown = 1000;

/** What a check is told with. */
export interface CheckResult {
  findings: Finding[];
  /** How many were checked. */
  tenants: number;
  /** What was not looked at, and why. */
  notes: string[];
}

/** A check for people. */
export function checkAsText(result: CheckResult): string {
  const { findings, notes } = result;
  const lines = findings.slice(0, maxShown).map(one => {
    const { file, line, column, severity, key, problem, cure } = one;
    const place = `${shorten(file, 300)}:${line}:${column}`;
    return `${place} ${severity} ${keyed(key, problem)}\n    ${shorten(cure, 600)}  [${one.rule}]`;
  });
  return `${[...lines, ...notes.map(note => `Note: ${note}`), checkTitle(result)].join('\n')}\n`;
}

/** A check in one line. */
export function checkTitle({ tenants, findings }: CheckResult): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const checked = `${count(tenants, 'tenant')} checked`;
  const more = findings.length > maxShown ? ` (the first ${maxShown} are shown)` : '';
  if (findings.length === 0) return `${checked}: nothing to complain of.`;
  return `${checked}: ${count(errors, 'error')}, ${count(warnings, 'warning')}${more}. ${
    errors > 0 ? 'Refused.' : 'Not refused.'
  }`;
}

/** A check for machines. */
export function checkAsJson(result: CheckResult): string {
  const { tenants, findings, notes } = result;
  return `${JSON.stringify(
    { command: 'check', refused: isRefused(result), tenants, notes, findings },
    undefined,
    2,
  )}\n`;
}

/** A check as annotations of a workflow run. */
export function checkAsAnnotations(result: CheckResult): string {
  const commands = result.findings.slice(0, maxShown).map(annotation);
  const notes = result.notes.map(message => workflowCommand({ level: 'notice', message }));
  return `${[...commands, ...notes, checkTitle(result)].join('\n')}\n`;
}

function annotation({ severity, file, line, column, key, problem, cure, rule }: Finding): string {
  return workflowCommand({
    level: severity,
    file,
    line,
    column,
    title: `gitops check: ${rule}`,
    message: `${keyed(key, problem)}\nCure: ${shorten(cure, 600)}`,
  });
}

/** A check for a summary or a comment. */
export function checkAsMarkdown(result: CheckResult): string {
  const rows = result.findings
    .slice(0, 200)
    .map(({ severity, file, line, key, problem, cure }) => [
      severity,
      code(`${file}:${line}`, 200),
      code(key),
      plain(problem, 300),
      plain(cure, 300),
    ]);
  return [
    `### gitops check: ${isRefused(result) ? 'refused' : 'passed'}`,
    '',
    checkTitle(result),
    '',
    ...table(['', 'where', 'key', 'what', 'cure'], rows),
    ...result.notes.map(note => `- ${plain(note)}`),
  ].join('\n');
}

function keyed(key: string, problem: string): string {
  return shorten(key === 'file' ? problem : `${key} ${problem}`, 600);
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
}
