import { ChildProcess, spawn } from 'node:child_process';
import { ContainerLog } from './ContainerLog';

/** The program that runs as a container. */
export interface Program {
  /** The file that Node runs. */
  file: string;
  arguments?: string[];
}

/** How a process has ended. */
export interface Exit {
  /** As a shell reports it: 128 + number for a process that a signal has ended. */
  code: number;
  signal: NodeJS.Signals | undefined;
}

const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

/**
 * Runs before the program in the same process: when the kubelet is gone, also by SIGKILL, the channel to it closes and the
 * process ends, softly at first. The comment marks the process for `ps` and for {@link ./stalePods}.
 */
function guard(marker: string): string {
  // The channel is let go of after the listener is added, which would hold on to it again.
  const source = `/* ${marker} */
process.on('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2000);
  process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** A container's process, from its start to its end. */
export class ContainerProcess {
  /** Resolves once; never rejects: a program that cannot be started has exit code 128. */
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;
  private hasExited = false;

  /** @param marker - appears in the command line, letters, digits, `-`, `_`, `.`, `/` */
  constructor(
    program: Program,
    environment: Record<string, string>,
    marker: string,
    log: ContainerLog,
  ) {
    this.child = spawn(
      process.execPath,
      ['--import', guard(marker), program.file, ...(program.arguments ?? [])],
      { env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    // Nothing of the container's keeps the kubelet's own process alive.
    this.child.unref();
    this.child.channel?.unref();
    for (const name of ['stdout', 'stderr'] as const) {
      this.child[name]?.setEncoding('utf8');
      this.child[name]?.on('data', (chunk: string) => log.append(name, chunk));
    }
    this.exited = new Promise(resolve => {
      const finish = (exit: Exit) => {
        if (!this.hasExited) {
          this.hasExited = true;
          log.end();
          resolve(exit);
        }
      };
      this.child.once('error', error => {
        log.append('stderr', `${error.message}\n`);
        finish({ code: 128, signal: undefined });
      });
      // 'close' and not 'exit': what the process has printed last is read by then.
      this.child.once('close', (code, signal) =>
        finish({
          code: code ?? 128 + (signalNumbers[signal ?? 'SIGKILL'] ?? 0),
          signal: signal ?? undefined,
        }),
      );
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get running(): boolean {
    return !this.hasExited;
  }

  signal(name: 'SIGTERM' | 'SIGKILL'): void {
    if (!this.hasExited) {
      this.child.kill(name);
    }
  }
}
