import path from 'node:path';
import { serverUrl } from '../settings';
import { Status } from './control';
import { controlFilePath, startControlServer } from './controlServer';
import { checkConfigFiles } from './checkConfigFiles';
import { currentStatus } from './controlClient';
import { devProcess } from './devPortal';
import { CommandError } from '../commands/commandError';
import { startupFailure } from './startupFailure';
import { openLogs } from './logs';
import { ManagedProcess } from './managedProcess';
import { Platform } from './platform';
import { portalProcess } from './portal';
import { untilPortalAnswers } from './portalReady';
import { locateSettings } from './locateSettings';
import { seedIfNeeded } from '../seed';

/** Arguments of `up`. */
export interface UpOptions {
  repositoryRoot: string;
  /** Folder of the bundle: main.cjs and exitWithParent.cjs. */
  bundleDir: string;
  /** Further configuration files for the portal, absolute. */
  extraConfig: string[];
  /** Frontend and backend with hot reload in place of the built portal. */
  dev: boolean;
  print: (line: string) => void;
}

/**
 * Runs the embedded platform and the portal until SIGTERM, SIGINT, or until the process that started this one is gone.
 * Throws a {@link CommandError} when the portal cannot start.
 */
export async function up(options: UpOptions): Promise<void> {
  const { print } = options;
  await checkConfigFiles(options.extraConfig);
  const settings = await locateSettings(options.repositoryRoot);
  if (await currentStatus(settings.stateDir)) {
    throw new CommandError(
      `This checkout runs already: npm run sandbox -- status shows it (${controlFilePath(
        settings.stateDir,
      )}).`,
    );
  }
  const ending = endSignal();
  const logs = openLogs(settings.stateDir, print);
  const portalUrl = options.dev ? 'http://localhost:3000' : serverUrl(settings, 'portal');
  const platform = new Platform({
    settings,
    mainFile: path.join(options.bundleDir, 'main.cjs'),
    logs,
  });
  let portal: ManagedProcess | undefined;
  const status = (): Status => ({
    servers: platform.status(),
    portal: portal && {
      name: 'portal',
      url: portalUrl,
      state: portal.state,
      pid: portal.pid,
    },
    forge: { repository: `${serverUrl(settings, 'forge')}/acme/platform` },
    tools: Object.fromEntries(Object.entries(settings.tools).filter(([, file]) => file)),
    stateDir: settings.stateDir,
  });
  const closeControl = await startControlServer(settings.stateDir, {
    status,
    change: (action, server) => platform.change(action, server),
  });
  try {
    await seedIfNeeded(settings, { now: new Date(), log: line => print(`[seed] ${line}`) });
    print('Starting the embedded platform and the portal ...');
    const started = platform.start();
    await Promise.race([platform.settled('forge'), ending.promise]);
    if (ending.signal.aborted) return;
    const process = options.dev
      ? await devProcess({ settings, extraConfig: options.extraConfig })
      : await portalProcess({
          settings,
          extraConfig: options.extraConfig,
          preload: path.join(options.bundleDir, 'exitWithParent.cjs'),
        });
    portal = new ManagedProcess(process);
    await runPortal(portal, {
      url: portalUrl,
      ending,
      started,
      print,
      line: line => logs.line('portal', line),
      tail: () => logs.tail('portal'),
      announce: () => announce(portalUrl, status(), print),
    });
  } finally {
    print('Ending ...');
    await Promise.all([portal?.stop(), platform.stop()]);
    await closeControl();
    logs.close();
  }
}

interface PortalRun {
  url: string;
  ending: { promise: Promise<void>; signal: AbortSignal };
  /** Settles when every server came up or failed. */
  started: Promise<void>;
  print: (line: string) => void;
  line: (line: string) => void;
  tail: () => string[];
  announce: () => void;
}

/** Runs the portal until the end is asked for; throws when it cannot start. */
async function runPortal(portal: ManagedProcess, run: PortalRun): Promise<void> {
  portal.on('line', run.line);
  const failed = new Promise<never>((_, reject) => {
    const fail = (how: string) => {
      const why = startupFailure(run.tail());
      reject(new CommandError(`The portal did not start${how}: ${why ?? 'see the lines above'}`));
    };
    portal.once('ended', end =>
      fail(end.signal ? ` (signal ${end.signal})` : ` (exit code ${end.code})`),
    );
  });
  let first = true;
  const watch = async () => {
    if (!(await untilPortalAnswers(run.url, run.ending.signal))) return;
    portal.markReady();
    if (!first) run.print(`Portal ready again: ${run.url}`);
    else await run.started;
    if (first && !run.ending.signal.aborted) run.announce();
    first = false;
  };
  portal.on('state', state => {
    if (state === 'starting') watch().catch(error => run.print(String(error)));
  });
  portal.start();
  await Promise.race([run.ending.promise, failed]);
}

function announce(url: string, status: Status, print: (line: string) => void): void {
  for (const server of status.servers) {
    if (server.state !== 'ready') {
      print(`  ${server.name}: ${server.state}${server.reason ? `, ${server.reason}` : ''}`);
    }
  }
  print('');
  print(`  Merge pull requests at ${status.forge.repository}/pulls`);
  print('  New version and its pull request: npm run sandbox -- release');
  print('  To sign in, open the page and choose Enter: you are ada of the platform group.');
  print(`Portal ready: ${url}`);
}

function endSignal(): { promise: Promise<void>; signal: AbortSignal } {
  const controller = new AbortController();
  const promise = new Promise<void>(resolve => {
    controller.signal.addEventListener('abort', () => resolve());
  });
  for (const event of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect']) {
    process.on(event, () => controller.abort());
  }
  return { promise, signal: controller.signal };
}
