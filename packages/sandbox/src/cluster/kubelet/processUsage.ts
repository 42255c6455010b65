import fs from 'node:fs';

/** CPU time and memory of a process at one moment. */
export interface ProcessSample {
  /** Milliseconds since 1970. */
  at: number;
  /** CPU time since the process began, user and system; seconds. */
  cpuSeconds: number;
  /** Resident set. */
  bytes: number;
}

/** Linux counts process times in this many ticks a second on every platform that Node runs on. */
const ticksPerSecond = 100;
const pageBytes = 4096;

/** Reads /proc; undefined where there is none, and for a process that is gone. */
export function sampleProcess(pid: number, now: number): ProcessSample | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      at: now,
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      bytes: Number(fields[21]) * pageBytes,
    };
  } catch {
    return undefined;
  }
}
