import { createWriteStream, existsSync, mkdirSync, renameSync, WriteStream } from 'node:fs';
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
/** A log file that reaches this size is put aside as `<name>.log.1`, in bytes. */
const largestFile = 10 * 1024 * 1024;

/**
 * @param stateDir - absolute; the log files of the last run are replaced
 * @param print - writes one line to the terminal
 */
export function openLogs(stateDir: string, print: (line: string) => void): Logs {
  const folder = path.join(stateDir, 'logs');
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, LogFile>();
  const tails = new Map<string, string[]>();
  return {
    line(name, line) {
      const file = files.get(name) ?? openLogFile(path.join(folder, `${name}.log`), print);
      files.set(name, file);
      file.write(`${line}\n`);
      const tail = tails.get(name) ?? [];
      tails.set(name, tail);
      tail.push(line);
      if (tail.length > tailLines) tail.shift();
      const text = readableLine(line);
      if (text !== undefined) print(`[${name}] ${text}`);
    },
    tail: name => [...(tails.get(name) ?? [])],
    close: () => files.forEach(file => file.close()),
  };
}

interface LogFile {
  write(text: string): void;
  close(): void;
}

/**
 * A file of bounded size.
 * @param maxBytes - when it is reached, the file is put aside and a new one begun
 */
export function openLogFile(
  file: string,
  onProblem: (text: string) => void,
  maxBytes = largestFile,
): LogFile {
  let bytes = 0;
  const open = (): WriteStream =>
    createWriteStream(file).on('error', error => onProblem(`${file}: ${error.message}`));
  let stream = open();
  return {
    write(text) {
      if (bytes + text.length > maxBytes && bytes > 0) {
        stream.end();
        // The open stream goes on writing into the file that was put aside.
        if (existsSync(file)) renameSync(file, `${file}.1`);
        stream = open();
        bytes = 0;
      }
      bytes += text.length;
      stream.write(text);
    },
    close: () => stream.end(),
  };
}
