import { SandboxSettings, ServerName, serverNames, serverUrl } from '../settings';
import { ProcessStatus } from './control';
import { Logs } from './logs';
import { ManagedProcess, ProcessState } from './managedProcess';
import { ProcessName, startsAfter } from './servers';

/** What the supervisor needs to run the servers. */
export interface PlatformOptions {
  settings: SandboxSettings;
  /** The bundle that `serve <name>` is run with; absolute. */
  mainFile: string;
  logs: Logs;
}

/** A server whose turn comes after another does not wait longer than this for it, in milliseconds. */
const turnMs = 15_000;

/** All servers of the embedded platform, each in a process of its own. */
export class Platform {
  private readonly processes: Map<ProcessName, ManagedProcess>;
  private ending = false;

  constructor(private readonly options: PlatformOptions) {
    const environment = {
      ...process.env,
      SANDBOX_SETTINGS: JSON.stringify(options.settings),
      NODE_ENV: 'production',
    };
    const names = Object.keys(startsAfter) as ProcessName[];
    this.processes = new Map(
      names.map(name => [
        name,
        new ManagedProcess({
          name,
          command: process.execPath,
          args: [options.mainFile, 'serve', name],
          cwd: options.settings.repositoryRoot,
          environment,
        }),
      ]),
    );
    for (const [name, managed] of this.processes) {
      managed.on('line', line => options.logs.line(name, line));
    }
  }

  /** Starts all servers, each when those that it builds on are ready; answers when all have come up or failed once. */
  async start(): Promise<void> {
    await Promise.all([...this.processes.keys()].map(name => this.startInTurn(name)));
  }

  /** Waits until a server is ready, or has failed for the first time. */
  async settled(name: ProcessName): Promise<ProcessState> {
    const managed = this.get(name);
    for (;;) {
      if (managed.state === 'ready' || managed.state === 'crashed') return managed.state;
      if (managed.state === 'unavailable') return managed.state;
      await new Promise<void>(resolve => managed.once('state', () => resolve()));
    }
  }

  /** Starts or stops one server at a person's wish and waits until it is so. */
  async change(action: 'start' | 'stop', name: string): Promise<void> {
    if (!serverNames.includes(name as ServerName)) {
      throw new Error(`There is no server ${name}: choose one of ${serverNames.join(', ')}.`);
    }
    const managed = this.get(name as ServerName);
    if (action === 'stop') {
      await managed.stop();
      return;
    }
    managed.start();
    const state = await this.settled(name as ServerName);
    if (state !== 'ready') {
      const last = this.options.logs.tail(name).at(-1);
      throw new Error(`${name} did not start: ${managed.reason ?? last ?? state}`);
    }
  }

  /** The public servers. */
  status(): ProcessStatus[] {
    return serverNames.map(name => {
      const { state, pid, reason } = this.get(name);
      return { name, url: serverUrl(this.options.settings, name), state, pid, reason };
    });
  }

  /** Stops everything: first those that speak to others, so that none of them reports an outage. */
  async stop(): Promise<void> {
    this.ending = true;
    const all = [...this.processes.entries()];
    for (const first of [true, false]) {
      await Promise.all(
        all
          .filter(([name]) => startsAfter[name].length > 0 === first)
          .map(([, managed]) => managed.stop()),
      );
    }
  }

  private get(name: ProcessName): ManagedProcess {
    return this.processes.get(name) as ManagedProcess;
  }

  private async startInTurn(name: ProcessName): Promise<void> {
    const before = startsAfter[name].map(other => this.settled(other));
    let timer: NodeJS.Timeout | undefined;
    const turn = new Promise(resolve => {
      timer = setTimeout(resolve, turnMs);
    });
    await Promise.race([Promise.all(before), turn]);
    clearTimeout(timer);
    if (this.ending) return;
    this.get(name).start();
    await this.settled(name);
  }
}
