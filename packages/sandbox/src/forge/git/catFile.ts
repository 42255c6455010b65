import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { gitEnvironment } from './run';

/** An object as `git cat-file` tells it. */
export interface GitObject {
  sha: string;
  type: 'commit' | 'tree' | 'blob' | 'tag';
  /** Bytes. */
  size: number;
  /** Empty unless the contents were asked for. */
  content: Buffer;
}

interface Waiting {
  withContent: boolean;
  resolve(object: GitObject | undefined): void;
  reject(error: Error): void;
}

/**
 * One `git cat-file --batch-command` that stays, so that reading an object costs no process.
 * It is started at the first question and again should it end.
 */
export class CatFile {
  private child: ChildProcessWithoutNullStreams | undefined;
  private waiting: Waiting[] = [];
  private received: Buffer = Buffer.alloc(0);

  constructor(private readonly program: string, private readonly gitDir: string) {}

  /** Type and size of an object; undefined when there is none. The caller vouches for the name: no line breaks. */
  info(name: string): Promise<GitObject | undefined> {
    return this.ask('info', name);
  }

  /** An object with its contents; undefined when there is none. */
  contents(name: string): Promise<GitObject | undefined> {
    return this.ask('contents', name);
  }

  /** Ends the process. */
  close(): void {
    this.child?.stdin.end();
    this.child?.kill();
    this.end(new Error('the repository is closed'));
  }

  private ask(command: 'info' | 'contents', name: string): Promise<GitObject | undefined> {
    if (name.includes('\n')) {
      return Promise.reject(new Error('an object name holds a line break'));
    }
    return new Promise((resolve, reject) => {
      const child = this.child ?? this.start();
      this.waiting.push({ withContent: command === 'contents', resolve, reject });
      this.hold(child, true);
      child.stdin.write(`${command} ${name}\n`);
    });
  }

  private start(): ChildProcessWithoutNullStreams {
    const child = spawn(this.program, ['--git-dir', this.gitDir, 'cat-file', '--batch-command'], {
      env: gitEnvironment(),
    });
    this.child = child;
    this.received = Buffer.alloc(0);
    const ended = (error: Error) => {
      if (this.child === child) {
        this.end(error);
      }
    };
    child.on('error', ended);
    child.on('close', code => ended(new Error(`git cat-file ended (${code})`)));
    // A broken pipe is followed by `close`, which answers those who wait.
    child.stdin.on('error', () => undefined);
    child.stderr.resume();
    child.stdout.on('data', (chunk: Buffer) => {
      if (this.child === child) {
        this.received = this.received.length ? Buffer.concat([this.received, chunk]) : chunk;
        this.deliver();
      }
    });
    return child;
  }

  private end(error: Error): void {
    const waiting = this.waiting;
    this.child = undefined;
    this.waiting = [];
    waiting.forEach(one => one.reject(error));
  }

  /** Hands on every answer that has come in whole. */
  private deliver(): void {
    while (this.waiting.length > 0) {
      const lineEnd = this.received.indexOf(10);
      if (lineEnd < 0) {
        return;
      }
      const header = this.received.toString('utf8', 0, lineEnd);
      const match = /^([0-9a-f]{40}) (commit|tree|blob|tag) (\d+)$/.exec(header);
      let end = lineEnd + 1;
      let object: GitObject | undefined;
      if (match) {
        const size = Number(match[3]);
        const withContent = this.waiting[0].withContent;
        end += withContent ? size + 1 : 0;
        if (this.received.length < end) {
          return;
        }
        const content = withContent
          ? Buffer.from(this.received.subarray(lineEnd + 1, lineEnd + 1 + size))
          : Buffer.alloc(0);
        object = { sha: match[1], type: match[2] as GitObject['type'], size, content };
      }
      this.received = this.received.subarray(end);
      this.waiting.shift()?.resolve(object);
    }
    if (this.child) {
      this.hold(this.child, false);
    }
  }

  /** An idle reader does not keep this process alive. */
  private hold(child: ChildProcessWithoutNullStreams, busy: boolean): void {
    const handles = [child, child.stdin, child.stdout, child.stderr] as unknown as Array<{
      ref?(): void;
      unref?(): void;
    }>;
    handles.forEach(handle => (busy ? handle.ref?.() : handle.unref?.()));
  }
}
