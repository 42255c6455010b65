import { finished } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { ContainerLog } from './ContainerLog';

/** The program that runs as a container. */
export interface Program {
  /** The file that Node runs. */
  file: string;
  arguments?: string[];
}

/** How a container has ended. */
export interface Exit {
  /** As a shell reports it: 128 + number for one that a signal has ended. */
  code: number;
  reason: 'Completed' | 'Error' | 'OOMKilled';
}

/** What a container has used and uses at one moment. */
export interface ThreadSample {
  /** CPU time since it began, user and system; seconds. */
  cpuSeconds: number;
  /** Heap and buffers of the thread. What all threads share (Node's code) belongs to none of them. */
  bytes: number;
}

const killedBy = { SIGKILL: 137, SIGTERM: 143 };

/** Node gives threads no signals: this one hands them on, and ends the program as the system would when nobody listens. */
const prelude = (file: string) => `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', signal => {
  if (!process.emit(signal, signal)) process.exit(${killedBy.SIGTERM});
});
parentPort.unref();
require(${JSON.stringify(file)});
`;

/**
 * A container from its start to its end: a thread of this process with an environment, a heap, an event loop and output of
 * its own. It ends alone when it throws, exits, runs out of memory or is killed; only a crash of Node itself takes all.
 */
export class ContainerThread {
  /** Resolves once; never rejects. */
  readonly exited: Promise<Exit>;
  private readonly worker: Worker;
  private hasExited = false;
  private isKilled = false;
  private isOutOfMemory = false;

  /** @param memoryBytes - the limit of the container */
  constructor(
    program: Program,
    environment: Record<string, string>,
    log: ContainerLog,
    memoryBytes?: number,
  ) {
    this.worker = new Worker(prelude(program.file), {
      eval: true,
      argv: program.arguments,
      env: environment,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: memoryBytes ? { maxOldGenerationSizeMb: memoryBytes / 2 ** 20 } : undefined,
    });
    // Nothing of the container's keeps the kubelet's own process alive.
    this.worker.unref();
    for (const name of ['stdout', 'stderr'] as const) {
      this.worker[name].setEncoding('utf8');
      this.worker[name].on('data', (chunk: string) => log.append(name, chunk));
    }
    this.worker.on('error', (error: Error & { code?: string }) => {
      this.isOutOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      // Of a thread without memory there may be no stack.
      log.append('stderr', `${error.stack || error}\n`);
    });
    this.exited = this.end(log);
  }

  get running(): boolean {
    return !this.hasExited;
  }

  signal(name: 'SIGTERM' | 'SIGKILL'): void {
    if (this.hasExited) return;
    if (name === 'SIGTERM') {
      this.worker.postMessage(name);
      return;
    }
    this.isKilled = true;
    void this.worker.terminate();
  }

  /** Undefined when it has ended. */
  async sample(): Promise<ThreadSample | undefined> {
    if (this.hasExited) return undefined;
    try {
      const [cpu, heap] = await Promise.all([
        this.worker.cpuUsage(),
        this.worker.getHeapStatistics(),
      ]);
      return {
        cpuSeconds: (cpu.user + cpu.system) / 1e6,
        bytes: heap.total_physical_size + heap.external_memory,
      };
    } catch (error) {
      // It may end while it is asked.
      if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_NOT_RUNNING') return undefined;
      throw error;
    }
  }

  /** What it has printed last is read before it counts as ended. */
  private async end(log: ContainerLog): Promise<Exit> {
    const { stdout, stderr } = this.worker;
    const [code] = await Promise.all([
      new Promise<number>(resolve => this.worker.once('exit', resolve)),
      finished(stdout),
      finished(stderr),
    ]);
    this.hasExited = true;
    log.end();
    if (this.isOutOfMemory) return { code: killedBy.SIGKILL, reason: 'OOMKilled' };
    if (this.isKilled) return { code: killedBy.SIGKILL, reason: 'Error' };
    return { code, reason: code === 0 ? 'Completed' : 'Error' };
  }
}
