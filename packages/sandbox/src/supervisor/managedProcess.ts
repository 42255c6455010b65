import { ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { backOff, BackOff } from './backOff';
import { signalGroup } from './signalGroup';

/**
 * What a supervised process is at. `stopped`: by a person, stays so. `crashed`: ended by itself and will be started again.
 * `unavailable`: this machine lacks something it needs; it is not tried again.
 */
export type ProcessState = 'starting' | 'ready' | 'stopped' | 'crashed' | 'unavailable';

/** How a process is started. */
export interface ProcessSpecification {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  environment: NodeJS.ProcessEnv;
  /** Milliseconds between SIGTERM and SIGKILL. */
  patienceMs?: number;
  /** Decides after an unexpected end whether the process is started again; default always. */
  restarts?: (end: ProcessEnd) => boolean;
}

/** How a process ended without being asked to. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Whether it had reported ready in this life. */
  wasReady: boolean;
}

/** Messages of a server process to the supervisor, over IPC. */
export type ServerMessage =
  | { type: 'ready'; url: string }
  | { type: 'unavailable'; reason: string };

interface Events {
  state: [ProcessState];
  /** A line that the process wrote. */
  line: [string];
  /** It ended unexpectedly and will not be started again. */
  ended: [ProcessEnd];
}

/** A child process that is started again with growing pauses when it dies, until it is stopped. */
export class ManagedProcess extends EventEmitter<Events> {
  state: ProcessState = 'stopped';
  /** Why it is unavailable. */
  reason?: string;
  private child?: ChildProcess;
  private timer?: NodeJS.Timeout;
  private readonly pause: BackOff = backOff();

  constructor(readonly specification: ProcessSpecification) {
    super();
  }

  /** The process id while it runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts the process; does nothing when it runs or is about to. */
  start(): void {
    if (this.child) return;
    clearTimeout(this.timer);
    this.reason = undefined;
    const { command, args, cwd, environment } = this.specification;
    // A process group of its own: what it leaves behind when it crashes can be ended with it.
    const child = spawn(command, args, {
      cwd,
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.setState('starting');
    child.on('message', message => this.onMessage(message as ServerMessage));
    child.on('error', error => {
      this.emit('line', `cannot be started: ${error.message}`);
      if (child.pid === undefined) this.onEnd(child, null, null);
    });
    this.readLines(child);
    child.once('exit', (code, signal) => this.onEnd(child, code, signal));
  }

  /** Stops the process and waits for its end; it stays stopped. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    const child = this.child;
    this.setState('stopped');
    if (!child) return;
    await new Promise<void>(resolve => {
      const force = setTimeout(
        () => signalGroup(child, 'SIGKILL'),
        this.specification.patienceMs ?? 4000,
      );
      child.once('exit', () => {
        clearTimeout(force);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  /** Says that the process answers; used for a process that cannot say so itself. */
  markReady(): void {
    if (this.state !== 'starting') return;
    this.pause.started();
    this.setState('ready');
  }

  private onMessage(message: ServerMessage): void {
    if (message?.type === 'ready') this.markReady();
    if (message?.type === 'unavailable') {
      this.reason = message.reason;
      this.setState('unavailable');
    }
  }

  private onEnd(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    signalGroup(child, 'SIGKILL');
    this.child = undefined;
    if (this.state === 'stopped' || this.state === 'unavailable') return;
    const end = { code, signal, wasReady: this.state === 'ready' };
    this.setState('crashed');
    if (this.specification.restarts?.(end) === false) {
      this.emit('ended', end);
      return;
    }
    const pauseMs = this.pause.nextMs();
    this.emit(
      'line',
      `ended with ${signal ?? `exit code ${code}`}; starting again in ${pauseMs} ms`,
    );
    this.timer = setTimeout(() => this.start(), pauseMs);
  }

  private readLines(child: ChildProcess): void {
    for (const stream of [child.stdout, child.stderr]) {
      let partial = '';
      stream?.setEncoding('utf8').on('data', (text: string) => {
        const lines = (partial + text).split('\n');
        partial = lines.pop() ?? '';
        lines.forEach(line => this.emit('line', line));
      });
      stream?.on('end', () => partial && this.emit('line', partial));
    }
  }

  private setState(state: ProcessState): void {
    if (this.state === state) return;
    this.state = state;
    this.emit('state', state);
  }
}
