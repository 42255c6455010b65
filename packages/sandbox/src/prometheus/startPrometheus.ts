import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { serverUrl, type SandboxSettings, type StartServer } from '../settings';
import { dataDirArgument, prometheusArguments, prometheusConfiguration } from './configuration';
import { findPrometheus } from './install';
import { onceIn, readableLogLine } from './logLines';
import { MissingProgramError } from './missingProgramError';
import { endStaleProcess } from './staleProcess';

/** After a kill, replaying the log of a week's samples takes some seconds. */
const readyMs = 60_000;
const readyCheckMs = 50;
/** Between SIGTERM and SIGKILL; less than the supervisor's patience with this process. */
const endMs = 3000;
const sameLineMs = 60_000;

const log = (line: string) => process.stdout.write(`prometheus: ${line}\n`);

async function programOf(settings: SandboxSettings): Promise<string> {
  if (settings.tools.prometheus) return settings.tools.prometheus;
  const found = await findPrometheus({
    toolsDir: path.join(settings.repositoryRoot, '.tools'),
    log,
  });
  if ('missing' in found) throw new MissingProgramError(found.missing);
  return found.prometheus;
}

/**
 * The port if it is free, or for 0 one that is. Prometheus itself would notice a taken port late,
 * when what holds the port may have answered for it already.
 */
async function freePort(port: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const free = (server.address() as AddressInfo).port;
  await new Promise(resolve => server.close(resolve));
  return free;
}

/** Writes a file whole or not at all. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

/** Passes on what Prometheus complains about, and keeps the last of it. */
class ChildLog {
  last = '';
  /** Set when it is about to end because it was asked to, which it would report as a warning. */
  muted = false;
  private readonly isNew = onceIn(sameLineMs, Date.now);

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', line => this.add(line));
    }
  }

  private add(line: string): void {
    const readable = readableLogLine(line);
    if (readable === undefined || this.muted) return;
    this.last = readable;
    if (this.isNew(readable)) log(readable);
  }
}

async function untilReady(url: string, hasEnded: () => boolean): Promise<boolean> {
  const deadline = Date.now() + readyMs;
  while (!hasEnded() && Date.now() < deadline) {
    const isReady = await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(2000) }).then(
      response => response.ok,
      () => false,
    );
    if (isReady) return true;
    await wait(readyCheckMs);
  }
  return false;
}

/**
 * Starts the real Prometheus as a child of this process, with its data under
 * `<stateDir>/prometheus`. Should it end by itself, this process ends too, to be started anew.
 *
 * @throws MissingProgramError when there is none and none can be had; the message has the cure
 */
export const startPrometheus: StartServer = async settings => {
  const program = await programOf(settings);
  const directory = path.join(settings.stateDir, 'prometheus');
  const dataDir = path.join(directory, 'data');
  const pidFile = path.join(directory, 'pid');
  const configurationFile = path.join(directory, 'prometheus.yaml');
  await mkdir(dataDir, { recursive: true });
  if (await endStaleProcess(pidFile, dataDirArgument(dataDir))) {
    log('ended a Prometheus that an earlier run had left behind');
  }
  const port = await freePort(settings.ports.prometheus);
  const sources = {
    clusterUrl: serverUrl(settings, 'cluster'),
    argocdUrl: serverUrl(settings, 'argocd'),
    portalUrl: serverUrl(settings, 'portal'),
    ownUrl: `http://localhost:${port}`,
    rules: path.join(settings.repositoryRoot, 'gitops/platform/prometheus/rules/*.yaml'),
  };
  await writeWhole(configurationFile, prometheusConfiguration(sources));

  const child = spawn(program, prometheusArguments({ configurationFile, dataDir, port }), {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  let end: string | undefined;
  void ended.then(reason => {
    end = reason;
  });
  const childLog = new ChildLog(child);
  if (child.pid !== undefined) await writeWhole(pidFile, `${child.pid}\n`);

  const close = async () => {
    childLog.muted = true;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), endMs);
    await ended;
    clearTimeout(force);
    await rm(pidFile, { force: true });
  };
  if (!(await untilReady(`http://127.0.0.1:${port}`, () => end !== undefined))) {
    const reason = end ?? `it was not ready after ${readyMs / 1000} s`;
    await close();
    throw new Error(`Prometheus did not start: ${reason}${childLog.last && `; ${childLog.last}`}`);
  }
  let closing: Promise<void> | undefined;
  void ended.then(reason => {
    if (closing) return;
    // Outside of the promise, where nothing catches it: the supervisor starts a new process.
    setImmediate(() => {
      throw new Error(`Prometheus ended by itself: ${reason}`);
    });
  });
  return {
    url: `http://localhost:${port}`,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};
