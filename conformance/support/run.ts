import { spawn } from 'node:child_process';

/** How a program ended. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Milliseconds. */
const longest = 120_000;

/** Runs a program to its end; one that takes longer than two minutes is ended. */
export function run(
  file: string,
  args: string[],
  options: { input?: string; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const { input, ...place } = options;
    const child = spawn(file, args, place);
    setTimeout(() => child.kill(), longest).unref();
    const outcome = { code: 1, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', text => (outcome.stdout += text));
    child.stderr.setEncoding('utf8').on('data', text => (outcome.stderr += text));
    child.once('error', reject);
    child.once('close', code => resolve({ ...outcome, code: code ?? 1 }));
    // A program that ends without reading is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/**
 * The standard output of a program that has to succeed.
 * @throws Error with the program's own words
 */
export async function output(
  file: string,
  args: string[],
  options: Parameters<typeof run>[2] = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(file, args, options);
  if (code !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}
