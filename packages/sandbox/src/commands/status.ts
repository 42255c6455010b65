import path from 'node:path';
import { SandboxSettings } from '../settings';
import { ProcessStatus, Status } from '../supervisor/control';
import { runningStatus } from '../supervisor/controlClient';
import { programVersion, which } from '../supervisor/locateSettings';
import { CommandError } from './commandError';
import { parseOptions } from './arguments';

/** How each tool says its version. */
const versionArguments: Record<string, string[]> = {
  git: ['--version'],
  helm: ['version', '--short'],
  prometheus: ['--version'],
};

/** `status [--output json]`: what runs, where, and with which tools. */
export async function statusCommand(
  { stateDir, repositoryRoot }: Pick<SandboxSettings, 'stateDir' | 'repositoryRoot'>,
  args: string[],
  print: (text: string) => void,
): Promise<void> {
  const { values } = parseOptions(args, { output: { type: 'string', default: 'text' } });
  if (values.output !== 'json' && values.output !== 'text') {
    throw new CommandError(`--output ${values.output}: choose json or text.`, 2);
  }
  const status = await runningStatus(stateDir);
  if (values.output === 'json') {
    print(JSON.stringify(status, undefined, 2));
    return;
  }
  const prometheus = await prometheusProgram(repositoryRoot);
  const programs = { ...status.tools, ...(prometheus ? { prometheus } : {}) };
  const tools = await Promise.all(
    Object.entries(programs).map(async ([name, file]) => {
      return [name, await programVersion(file, versionArguments[name] ?? ['--version']), file];
    }),
  );
  print(statusText(status, [['node', process.version, process.execPath], ...tools]));
}

/** The Prometheus that its server brought, or the machine's own. */
async function prometheusProgram(repositoryRoot: string): Promise<string | undefined> {
  const brought = path.join(repositoryRoot, '.tools/prometheus/usr/bin');
  return which('prometheus', [process.env.PATH, brought].join(path.delimiter));
}

/**
 * The table that people read.
 * @param tools - rows of name, version, path
 */
export function statusText(status: Status, tools: string[][]): string {
  const row = (entry: ProcessStatus) => [
    entry.name,
    entry.state,
    entry.pid ? String(entry.pid) : '-',
    entry.url + (entry.reason ? `  ${entry.reason}` : ''),
  ];
  const rows = [...status.servers, ...(status.portal ? [status.portal] : [])].map(row);
  return [
    ...table([['SERVER', 'STATE', 'PID', 'URL'], ...rows]),
    '',
    ...table([['TOOL', 'VERSION', 'PATH'], ...tools]),
    '',
    `Repository: ${status.forge.repository}`,
    `State:      ${status.stateDir}`,
  ].join('\n');
}

function table(rows: string[][]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(cells => cells[column].length)));
  return rows.map(cells =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}
