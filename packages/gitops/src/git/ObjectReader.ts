import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { gitEnvironment } from './gitEnvironment';
import { endGroup, startGroup } from './processGroup';
import { GitExit } from './runGit';

/** An object of Git. */
export interface GitObject {
  /** Name in hexadecimal. */
  id: string;
  type: 'commit' | 'tree' | 'blob' | 'tag';
  /** Bytes. */
  size: number;
  /** Empty unless it was asked for. */
  content: Buffer;
}

interface Question {
  line: string;
  withContent: boolean;
  resolve(object: GitObject | undefined): void;
  reject(error: Error): void;
}

/** A reader that answers nothing for so long hangs, as disks do. Milliseconds. */
const silenceMs = 30_000;

/**
 * One `git cat-file --batch-command` that stays, so that reading an object costs no process. It is started at the first
 * question, and again should it end.
 *
 * @see https://git-scm.com/docs/git-cat-file#_batch_output
 */
export class ObjectReader {
  readonly #gitDir: string;
  readonly #program: string;
  readonly #settings: Readonly<Record<string, string>>;
  #child: ChildProcessWithoutNullStreams | undefined;
  #questions: Question[] = [];
  #parts: Buffer[] = [];
  #received = 0;
  /** Bytes without which the first question has no whole answer. */
  #wanted = 0;
  #said = '';
  #timer: NodeJS.Timeout | undefined;

  /** @param settings - further ones of Git */
  constructor(gitDir: string, program = 'git', settings: Readonly<Record<string, string>> = {}) {
    this.#gitDir = gitDir;
    this.#program = program;
    this.#settings = settings;
  }

  /** Type and size of an object; undefined when there is none. */
  info(name: string): Promise<GitObject | undefined> {
    return this.#ask(name, false);
  }

  /** An object with its content; undefined when there is none. */
  contents(name: string): Promise<GitObject | undefined> {
    return this.#ask(name, true);
  }

  /** Ends the process; it is started again at the next question. */
  close(): void {
    const child = this.#child;
    this.#ended(new GitExit('cat-file', 'aborted', ''));
    if (child) endGroup(child);
  }

  #ask(name: string, withContent: boolean): Promise<GitObject | undefined> {
    // A line is a question; such a path is nobody's.
    if (/[\n\0]/.test(name)) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const child = this.#child ?? this.#start();
      const line = `${withContent ? 'contents' : 'info'} ${name}\n`;
      this.#questions.push({ line, withContent, resolve, reject });
      if (this.#questions.length === 1) this.#listen(child, true);
      child.stdin.write(line);
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    const args = ['--git-dir', this.#gitDir, 'cat-file', '--batch-command'];
    const env = gitEnvironment(undefined, this.#settings);
    const child = startGroup(this.#program, args, { env, cwd: '/' });
    this.#child = child;
    this.#parts = [];
    this.#received = 0;
    this.#wanted = 0;
    this.#said = '';
    const ended = (reason: GitExit['reason'], status?: number) => {
      if (this.#child === child) this.#ended(new GitExit('cat-file', reason, this.#said, status));
    };
    child.on('error', () => ended('not-started'));
    child.on('close', status => ended('status', status ?? undefined));
    // A broken pipe is followed by `close`, which answers those who wait.
    child.stdin.on('error', () => undefined);
    child.stderr.on('data', (part: Buffer) => {
      if (this.#child === child) this.#said = `${this.#said}${part}`.slice(-2_000);
    });
    child.stdout.on('data', (part: Buffer) => {
      if (this.#child === child) this.#take(child, part);
    });
    return child;
  }

  /** An object that a blobless repository should have and has not ends Git; the other questions are asked again. */
  #ended(error: GitExit): void {
    clearTimeout(this.#timer);
    const questions = this.#questions;
    this.#child = undefined;
    this.#questions = [];
    if (!/could not fetch [0-9a-f]+ from promisor/.test(error.said)) {
      questions.forEach(({ reject }) => reject(error));
      return;
    }
    questions.shift()?.resolve(undefined);
    if (questions.length === 0) return;
    const child = this.#start();
    this.#questions = questions;
    this.#listen(child, true);
    child.stdin.write(questions.map(({ line }) => line).join(''));
  }

  #take(child: ChildProcessWithoutNullStreams, part: Buffer): void {
    this.#parts.push(part);
    this.#received += part.length;
    if (this.#received < this.#wanted) return;
    let rest = this.#parts.length === 1 ? part : Buffer.concat(this.#parts);
    while (this.#questions.length > 0) {
      const answer = readAnswer(rest, this.#questions[0].withContent);
      if (typeof answer === 'number') {
        this.#wanted = answer;
        break;
      }
      rest = rest.subarray(answer.end);
      this.#wanted = 0;
      this.#questions.shift()?.resolve(answer.object);
    }
    this.#parts = rest.length > 0 ? [rest] : [];
    this.#received = rest.length;
    this.#listen(child, this.#questions.length > 0);
  }

  /** A reader that nobody waits for does not keep this process alive. */
  #listen(child: ChildProcessWithoutNullStreams, isBusy: boolean): void {
    clearTimeout(this.#timer);
    if (isBusy) this.#timer = setTimeout(() => endGroup(child), silenceMs);
    const handles: unknown[] = [child, child.stdin, child.stdout, child.stderr];
    for (const handle of handles as Array<{ ref?(): void; unref?(): void }>) {
      if (isBusy) handle.ref?.();
      else handle.unref?.();
    }
  }
}

/** @returns the answer and where it ends, or how many bytes it takes at least when it is not whole yet */
function readAnswer(
  received: Buffer,
  withContent: boolean,
): { end: number; object?: GitObject } | number {
  const lineEnd = received.indexOf(10);
  if (lineEnd < 0) return received.length + 1;
  const header = received.toString('utf8', 0, lineEnd);
  const [, id, type, digits] = /^([0-9a-f]{40}) (commit|tree|blob|tag) (\d+)$/.exec(header) ?? [];
  const start = lineEnd + 1;
  // `<name> missing`, `<name> ambiguous`
  if (id === undefined) return { end: start };
  const size = Number(digits);
  const end = withContent ? start + size + 1 : start;
  if (received.length < end) return end;
  const content = withContent
    ? Buffer.from(received.subarray(start, start + size))
    : Buffer.alloc(0);
  return { end, object: { id, type: type as GitObject['type'], size, content } };
}
