import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { z } from 'zod';
import { writeFileAtomically } from '../store/persistence';

/** A process of a container, as it is written down for the next start. */
export interface RecordedProcess {
  pid: number;
  /** Part of the process' command line that no other process has. */
  marker: string;
}

const fileSchema = z.array(z.object({ pid: z.number().int().positive(), marker: z.string() }));

/** The command line of a process; undefined when there is no such process. */
export function commandLine(pid: number): string | undefined {
  try {
    return process.platform === 'linux'
      ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    // Both fail when the process is gone, which is the usual case.
    return undefined;
  }
}

/** Writes down which processes are containers, so that a start after a crash can end those that are left. */
export class ProcessRecord {
  private readonly processes = new Map<number, RecordedProcess>();

  constructor(private readonly file: string) {}

  add(recorded: RecordedProcess): void {
    this.processes.set(recorded.pid, recorded);
    this.save();
  }

  remove(pid: number): void {
    if (this.processes.delete(pid)) {
      this.save();
    }
  }

  private save(): void {
    writeFileAtomically(this.file, JSON.stringify([...this.processes.values()]));
  }
}

/**
 * Ends the processes that an earlier run has left behind, after checking that they still are what was written down.
 * @returns how many there were.
 */
export function endStaleProcesses(file: string): number {
  let recorded: RecordedProcess[];
  try {
    recorded = fileSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    // No file: nothing was left. A broken one: the guard in each process ends it without us.
    return 0;
  }
  const stale = recorded.filter(({ pid, marker }) =>
    commandLine(pid)?.includes(encodeURIComponent(marker)),
  );
  stale.forEach(({ pid }) => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
        throw error;
      }
    }
  });
  fs.rmSync(file, { force: true });
  return stale.length;
}
