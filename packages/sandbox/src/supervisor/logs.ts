import { createWriteStream, mkdirSync, WriteStream } from 'node:fs';
import path from 'node:path';
import { readableLine } from './readableLine';

/** Where the output of every process goes: in full to `<stateDir>/logs/<name>.log`, what matters to the terminal. */
export interface Logs {
  /** A line that a process wrote. */
  line(name: string, line: string): void;
  /** The last lines of a process, oldest first. */
  tail(name: string): string[];
  close(): void;
}

const tailLines = 400;

/**
 * @param stateDir - absolute; the log files of the last run are replaced
 * @param print - writes one line to the terminal
 */
export function openLogs(stateDir: string, print: (line: string) => void): Logs {
  const folder = path.join(stateDir, 'logs');
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();
  const tails = new Map<string, string[]>();
  return {
    line(name, line) {
      let file = files.get(name);
      if (!file) {
        file = createWriteStream(path.join(folder, `${name}.log`));
        file.on('error', error => print(`[${name}] log file: ${error.message}`));
        files.set(name, file);
      }
      file.write(`${line}\n`);
      const tail = tails.get(name) ?? [];
      tails.set(name, tail);
      tail.push(line);
      if (tail.length > tailLines) tail.shift();
      const text = readableLine(line);
      if (text !== undefined) print(`[${name}] ${text}`);
    },
    tail: name => [...(tails.get(name) ?? [])],
    close: () => files.forEach(file => file.end()),
  };
}
