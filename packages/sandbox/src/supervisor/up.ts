import { rm } from 'node:fs/promises';
import path from 'node:path';
import { CommandError } from '../commands/commandError';
import { writeExampleConfig } from '../example/exampleConfig';
import { readExample } from '../example/readExample';
import { changeByHand, seedExample, seedIfNeeded } from '../seed';
import { SandboxSettings, serverUrl } from '../settings';
import { checkConfigFiles } from './checkConfigFiles';
import { Status } from './control';
import { currentStatus } from './controlClient';
import { controlFilePath, startControlServer } from './controlServer';
import { devPortalUrl, devProcess } from './devPortal';
import { locateSettings } from './locateSettings';
import { openLogs } from './logs';
import { ManagedProcess, ProcessSpecification } from './managedProcess';
import { Platform } from './platform';
import { portalProcess } from './portal';
import { aborted, runPortal } from './runPortal';

/** Arguments of `up`. */
export interface UpOptions {
  repositoryRoot: string;
  /** Folder of the bundle: main.cjs and exitWithParent.cjs. */
  bundleDir: string;
  /** Further configuration files for the portal, absolute. */
  extraConfig: string[];
  /** Frontend and backend with hot reload in place of the built portal. */
  dev: boolean;
  /** Name of the repository of `examples/` to deliver; undefined for the demo. */
  example?: string;
  print: (line: string) => void;
}

const runsAlready =
  'This checkout runs already: end that npm start first, or see npm run sandbox -- status.';

/** When the portal is ready, a server that takes longer than this is not waited for, in milliseconds. */
const serversMs = 20_000;

/**
 * Runs the embedded platform and the portal until SIGTERM, SIGINT, or until the process that started this one is gone.
 * Throws a {@link CommandError} when the portal cannot start.
 */
export async function up(options: UpOptions): Promise<void> {
  const { print } = options;
  await checkConfigFiles(options.extraConfig);
  const located = await locateSettings(options.repositoryRoot);
  const { stateDir } = located;
  if (await currentStatus(stateDir)) throw new CommandError(runsAlready);
  const example =
    options.example === undefined ? undefined : await readExample(located, options.example);
  // Each example has a state of its own beside the demo's; what runs is said in one place.
  const settings = example ? exampleSettings(located, example.name) : located;
  // Of a supervisor that was killed.
  await rm(controlFilePath(stateDir), { force: true });
  const ending = endSignal();
  const url = options.dev ? devPortalUrl : serverUrl(settings, 'portal');
  const logs = openLogs(settings.stateDir, print);
  const mainFile = path.join(options.bundleDir, 'main.cjs');
  const platform = new Platform({ settings, mainFile, logs });
  let portal: ManagedProcess | undefined;
  const status = () => statusOf(settings, platform, portal);
  const closeControl = await startControlServer(stateDir, {
    status,
    change: (action, server) => platform.change(action, server),
  }).catch(error => {
    throw error.code === 'EEXIST' ? new CommandError(runsAlready) : error;
  });
  try {
    const seeding = { now: new Date(), log: (line: string) => print(`[seed] ${line}`) };
    const extraConfig = [...options.extraConfig];
    if (example) {
      await seedExample(settings, example, seeding);
      extraConfig.unshift(await writeExampleConfig(settings, example));
      print(`The portal's layouts, as gitops init proposes them: ${extraConfig[0]}`);
    } else await seedIfNeeded(settings, seeding);
    print('Starting the embedded platform and the portal ...');
    const servers = platform.start();
    void servers
      .then(() => changeByHand(settings, ending))
      .catch(error => {
        if (!ending.aborted) print(`[seed] ${error.message}`);
      });
    // While it starts, the portal reads the repository, and asks the issuer once where people sign in.
    const needed = Promise.all([platform.settled('forge'), platform.settled('oidc')]);
    await Promise.race([needed, aborted(ending)]);
    if (ending.aborted) return;
    portal = new ManagedProcess(await portalSpecification(settings, { ...options, extraConfig }));
    await runPortal(portal, {
      url,
      ending,
      print,
      line: line => logs.line('portal', line),
      tail: () => logs.tail('portal'),
      onReady: async () => {
        await Promise.race([
          servers,
          aborted(AbortSignal.any([ending, AbortSignal.timeout(serversMs)])),
        ]);
        if (!ending.aborted) readyLines(status(), url).forEach(print);
      },
    });
  } finally {
    print('Ending ...');
    await Promise.all([portal?.stop(), platform.stop()]);
    await closeControl();
    logs.close();
  }
}

/** The settings with which an example runs beside the demo. */
function exampleSettings(settings: SandboxSettings, example: string): SandboxSettings {
  return { ...settings, example, stateDir: path.join(settings.stateDir, 'examples', example) };
}

function portalSpecification(
  settings: SandboxSettings,
  { dev, extraConfig, bundleDir }: UpOptions,
): Promise<ProcessSpecification> {
  if (dev) return devProcess({ settings, extraConfig });
  const preload = path.join(bundleDir, 'exitWithParent.cjs');
  return portalProcess({ settings, extraConfig, preload });
}

function statusOf(settings: SandboxSettings, platform: Platform, portal?: ManagedProcess): Status {
  const { git, helm } = settings.tools;
  const url = serverUrl(settings, 'portal');
  return {
    servers: platform.status(),
    portal: portal && { name: 'portal', url, state: portal.state, pid: portal.pid },
    forge: { repository: `${serverUrl(settings, 'forge')}/acme/platform` },
    tools: { git, ...(helm ? { helm } : {}) },
    stateDir: settings.stateDir,
    ...(settings.example ? { example: settings.example } : {}),
  };
}

/** What is printed when all is up; where the portal can be opened is the last line. */
export function readyLines(status: Status, url: string): string[] {
  const missing = status.servers.filter(server => server.state !== 'ready');
  return [
    ...missing.map(
      ({ name, state, reason }) => `${name} is ${state}${reason ? `: ${reason}` : ''}`,
    ),
    '',
    `Pull requests are merged at ${status.forge.repository}/pulls`,
    status.example
      ? `The repository of examples/${status.example}: git clone ${status.forge.repository}.git`
      : 'A new version and its pull request: npm run sandbox -- release',
    'To sign in, open the page, press Sign in and choose who you are, for example ada of the platform group.',
    `Portal ready: ${url}`,
  ];
}

/** Aborted when this process is told to end, or has lost the one that started it. */
function endSignal(): AbortSignal {
  const controller = new AbortController();
  for (const event of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect']) {
    process.on(event, () => controller.abort());
  }
  return controller.signal;
}
