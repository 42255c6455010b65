/** Child processes: run with progress, their output kept in a log; all of them end when this process is told to end. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { CureError, startProgress } from './output.mjs';

const running = new Set();
let ending = false;

/** Sends a signal to a child that leads a process group of its own, and to all that it started. */
export function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** More than the embedded platform takes to end in an orderly way (10 s). */
const patienceMs = 12000;

/**
 * Makes SIGINT, SIGTERM and SIGHUP end every running child, by force after {@link patienceMs} or when asked again, and
 * then this process, with the exit code that a shell expects (128 + signal).
 */
export function endChildrenOnSignal() {
  const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
  const force = () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
  };
  let since = 0;
  for (const signal of Object.keys(codes)) {
    process.on(signal, () => {
      if (ending) {
        // One Ctrl-C arrives twice: from the terminal and from npm.
        if (Date.now() - since > 1500) force();
        return;
      }
      ending = true;
      since = Date.now();
      for (const child of running) signalGroup(child, 'SIGTERM');
      const timer = setTimeout(force, patienceMs);
      const poll = setInterval(() => {
        if (running.size > 0) return;
        clearInterval(poll);
        clearTimeout(timer);
        process.exit(codes[signal]);
      }, 20);
    });
  }
}

/** Starts a child in a process group of its own; what it leaves behind there ends with it. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { detached: true, ...options });
  if (child.pid === undefined) return child;
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    signalGroup(child, 'SIGKILL');
  });
  return child;
}

/**
 * Runs a program to its end and answers `{ code, signal, output }`; output is standard output and error together.
 * @param onLine - is called with each line of the output
 */
export function run(command, args, { onLine, logFile, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const log = logFile && createWriteStream(logFile);
    let output = '';
    let partial = '';
    const take = data => {
      output += data;
      log?.write(data);
      if (!onLine) return;
      const lines = (partial + data).split('\n');
      partial = lines.pop();
      lines.forEach(line => onLine(line));
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (partial) onLine?.(partial);
      log?.end();
      resolve({ code, signal, output });
    });
  });
}

/**
 * Runs one step of the set-up with a progress line. Throws a {@link CureError} with the end of its output when it fails.
 * @param cure - what a person can do when it fails
 */
export async function runStep(title, command, args, { cure, logDir, mayFail, ...options }) {
  await mkdir(logDir, { recursive: true });
  const logFile = path.join(logDir, `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.log`);
  const progress = startProgress(title);
  const result = await run(command, args, {
    ...options,
    logFile,
    onLine: line => line.trim() && progress.note(plain(line)),
  });
  // A step that was ended together with this process has nothing more to say.
  if (ending) await new Promise(() => {});
  if (result.code === 0) {
    progress.end('done');
    return result;
  }
  progress.end('failed');
  if (mayFail?.(result)) return result;
  const tail = importantLines(result.output).slice(-30).join('\n');
  throw new CureError(
    `${tail}\n\n${title} failed (${
      result.signal ?? `exit code ${result.code}`
    }). ${cure} Full output: ${logFile}`,
  );
}

/** The lines of an output without Yarn's warnings about peer dependencies, which explain no failure. */
function importantLines(output) {
  const lines = plain(output).trimEnd().split('\n');
  return lines.filter(line => !/YN00(02|60|86)/.test(line));
}

/** Text without the escape sequences that colour it. */
export function plain(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replace(/\r/g, '');
}
