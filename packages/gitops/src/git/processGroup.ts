import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

const running = new Set<number>();
let isWatching = false;

/**
 * Starts a program at the head of a process group of its own: Git starts others, which would go on without it. What still
 * runs when this process exits is ended.
 */
export function startGroup(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env: NodeJS.ProcessEnv },
): ChildProcessWithoutNullStreams {
  if (!isWatching) {
    process.on('exit', () => running.forEach(endPid));
    isWatching = true;
  }
  const child = spawn(program, args, { ...options, detached: true, stdio: 'pipe' });
  const { pid } = child;
  if (pid !== undefined) {
    running.add(pid);
    child.once('exit', () => running.delete(pid));
  }
  return child;
}

/** Ends a program that {@link startGroup} started, with all that it started. */
export function endGroup({ pid }: { pid?: number }): void {
  if (pid !== undefined) endPid(pid);
}

function endPid(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
