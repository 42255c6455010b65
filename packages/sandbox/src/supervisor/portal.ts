import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { SandboxSettings, sandboxSettings } from '../settings';
import { writeFileAtomically } from './files';
import { ProcessEnd, ProcessSpecification } from './managedProcess';
import { ConfigValue, configOverlay, merged } from './portsOverlay';

/** The configuration that `npm start` runs with, in the order in which later files win. */
const configFiles = ['app-config.yaml', 'app-config.sandbox.yaml'];

/** A native module was once seen to crash while the databases were opened; more often than this it is no accident. */
const startAttempts = 3;

/** How the portal's backend is started. */
export interface PortalOptions {
  settings: SandboxSettings;
  /** Further configuration files, absolute. */
  extraConfig: string[];
  /** Path of exitWithParent.cjs. */
  preload: string;
}

/**
 * The portal as a supervised process: the backend from its sources through Backstage's own transform, in production mode, so
 * that no bundle of it has to be built. It also serves the built frontend.
 */
export async function portalProcess(options: PortalOptions): Promise<ProcessSpecification> {
  const { settings } = options;
  const overlay = await writeOverlay(settings);
  const files = [
    ...configFiles.map(name => path.join(settings.repositoryRoot, name)),
    ...(overlay ? [overlay] : []),
    ...options.extraConfig,
  ];
  let failures = 0;
  return {
    name: 'portal',
    command: process.execPath,
    args: [
      '--require',
      options.preload,
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'src/index.ts',
      ...files.flatMap(file => ['--config', file]),
    ],
    cwd: path.join(settings.repositoryRoot, 'packages', 'backend'),
    environment: { ...process.env, NODE_ENV: 'production' },
    patienceMs: 4000,
    restarts: end => {
      failures = end.wasReady ? 0 : failures + 1;
      return restartsPortal(end, failures);
    },
  };
}

/**
 * Whether the portal is started again after an unexpected end. Exit code 1 before it was ready is a fault in the
 * configuration or the code, which a repetition does not cure; a signal may be an accident.
 * @param failures - ends in a row without having been ready, this one included
 */
export function restartsPortal(end: ProcessEnd, failures: number): boolean {
  if (end.wasReady) return true;
  return end.signal !== null && failures < startAttempts;
}

/**
 * Writes a configuration file with all addresses that differ from the defaults, because PORT, SANDBOX_PORT_BASE or
 * SANDBOX_STATE_DIR are set. Answers its path, or undefined when everything is where the files say.
 */
export async function writeOverlay(settings: SandboxSettings): Promise<string | undefined> {
  const defaults = sandboxSettings({
    repositoryRoot: settings.repositoryRoot,
    tools: settings.tools,
  });
  const names = Object.keys(defaults.ports) as Array<keyof SandboxSettings['ports']>;
  const ports = new Map(names.map(name => [defaults.ports[name], settings.ports[name]]));
  const folders = new Map(
    settings.stateDir === defaults.stateDir ? [] : [['../../.sandbox', settings.stateDir]],
  );
  let config: ConfigValue = {};
  for (const name of configFiles) {
    const text = await readFile(path.join(settings.repositoryRoot, name), 'utf8');
    config = merged(config, parse(text) as ConfigValue);
  }
  const overlay = configOverlay(config, { ports, folders });
  if (overlay === undefined) return undefined;
  const file = path.join(settings.stateDir, 'run', 'app-config.ports.yaml');
  await writeFileAtomically(file, stringify(overlay));
  return file;
}
