import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { unpackDebianPackage } from './debianPackage';
import { run } from './run';

/** Absolute paths of Prometheus' programs. */
export interface PrometheusPrograms {
  prometheus: string;
  /** Not every installation has it; nothing depends on it. */
  promtool?: string;
}

/** The first version with HTTP service discovery, which the platform uses. */
const leastVersion = { major: 2, minor: 28 };

const cure = 'install it (Debian, Ubuntu: apt-get install prometheus) or put it on PATH';

async function executable(file: string): Promise<string | undefined> {
  return access(file, constants.X_OK).then(
    () => file,
    () => undefined,
  );
}

async function onPath(name: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (environment.PATH ?? '').split(path.delimiter).filter(Boolean)) {
    const found = await executable(path.resolve(folder, name));
    if (found) return found;
  }
  return undefined;
}

/** Whether it runs and is a Prometheus that is recent enough. Others use the name too. */
async function isUsable(file: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const { output } = await run(file, ['--version'], { environment, timeoutMs: 10_000 });
  const version = /^prometheus, version (\d+)\.(\d+)/.exec(output);
  if (!version) return false;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  return (
    major > leastVersion.major || (major === leastVersion.major && minor >= leastVersion.minor)
  );
}

/**
 * Finds a Prometheus: on PATH, else an earlier unpacked copy in `<toolsDir>/prometheus`, else the
 * package of a Debian-like system, which is unpacked there.
 *
 * @param options - `environment` and `isRoot` are those of this process unless given
 * @returns the programs, or one line that says what is missing and how to get it
 */
export async function findPrometheus(options: {
  /** Absolute. */
  toolsDir: string;
  log: (line: string) => void;
  environment?: NodeJS.ProcessEnv;
  isRoot?: boolean;
}): Promise<PrometheusPrograms | { missing: string }> {
  const { toolsDir, log, environment = process.env } = options;
  const own = await onPath('prometheus', environment);
  if (own && (await isUsable(own, environment))) {
    const beside = await executable(path.join(path.dirname(own), 'promtool'));
    return { prometheus: own, promtool: beside ?? (await onPath('promtool', environment)) };
  }

  const target = path.join(toolsDir, 'prometheus');
  const unpacked = async (): Promise<PrometheusPrograms | undefined> => {
    const prometheus = await executable(path.join(target, 'usr/bin/prometheus'));
    if (!prometheus || !(await isUsable(prometheus, environment))) return undefined;
    return { prometheus, promtool: await executable(path.join(target, 'usr/bin/promtool')) };
  };
  const earlier = await unpacked();
  if (earlier) return earlier;

  for (const program of ['apt-get', 'dpkg-deb']) {
    if (!(await onPath(program, environment))) return { missing: `no Prometheus found: ${cure}` };
  }
  const isRoot = options.isRoot ?? process.getuid?.() === 0;
  const name = 'prometheus';
  const reason = await unpackDebianPackage({ name, target, environment, isRoot, log });
  if (reason) return { missing: `no Prometheus found (${reason}): ${cure}` };
  return (await unpacked()) ?? { missing: `the package's Prometheus does not run here: ${cure}` };
}
