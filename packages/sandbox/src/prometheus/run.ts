import { execFile } from 'node:child_process';

/** How a program ended. */
export interface Outcome {
  succeeded: boolean;
  /** What it wrote to both of its outputs. */
  output: string;
}

/** Runs a program to its end; one that cannot be started or takes too long has not succeeded. */
export function run(
  file: string,
  args: string[],
  options: { cwd?: string; environment: NodeJS.ProcessEnv; timeoutMs: number },
): Promise<Outcome> {
  const { cwd, timeoutMs } = options;
  const env = { ...options.environment, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  return new Promise(resolve => {
    execFile(file, args, { cwd, env, timeout: timeoutMs }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      resolve({ succeeded: !error, output: output || (error?.message ?? '') });
    });
  });
}
