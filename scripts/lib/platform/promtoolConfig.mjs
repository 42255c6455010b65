/** Checks Prometheus' configuration with whatever promtool there is. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { root } from '../paths.mjs';
import { judge } from './judge.mjs';

/** Debian's build, and one with the tag remove_all_sd, know no service discovery but files and HTTP. */
const unknownDiscovery = /field \w+_sd_configs not found/;

/**
 * Checks the file; where the build does not know a service discovery, everything but that.
 * @returns as {@link judge} does; the title says what was left out
 */
export async function judgeConfiguration(program, file) {
  // The files that it names are those of a pod.
  const args = ['check', 'config', '--syntax-only'];
  const title = `config ${file}`;
  const whole = await judge(title, program, [...args, file]);
  if (!unknownDiscovery.test(whole.problem ?? '')) return whole;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'promtool-'));
  try {
    const copy = path.join(folder, path.basename(file));
    await writeFile(copy, withoutDiscovery(await readFile(path.join(root, file), 'utf8')));
    return await judge(`${title} (this promtool does not know its service discovery)`, program, [
      ...args,
      copy,
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The configuration with fixed targets in place of every service discovery. */
export function withoutDiscovery(text) {
  const fixed = object =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) =>
        key.endsWith('_sd_configs')
          ? ['static_configs', [{ targets: ['localhost:1'] }]]
          : [key, value],
      ),
    );
  const { alerting, scrape_configs: scrapes = [], ...rest } = parse(text);
  return stringify({
    ...rest,
    ...(alerting
      ? { alerting: { ...alerting, alertmanagers: (alerting.alertmanagers ?? []).map(fixed) } }
      : {}),
    scrape_configs: scrapes.map(fixed),
  });
}
