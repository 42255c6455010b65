import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/** Renders a chart with `helm template` and resolves to what went wrong; undefined when nothing did. */
export async function renderChart(options: {
  /** The program. */
  helm: string;
  /** Folder of the tree; chart and values are relative to it. */
  tree: string;
  /** Folder that Helm may write its caches to. */
  home: string;
  release: string;
  chart: string;
  values: string;
}): Promise<string | undefined> {
  const { helm, tree, home, release, chart, values } = options;
  await mkdir(home, { recursive: true });
  const args = ['template', release, `./${chart}`, '--namespace', release, '-f', `./${values}`];
  return new Promise(resolve => {
    execFile(
      helm,
      args,
      {
        cwd: tree,
        env: {
          PATH: process.env.PATH,
          HOME: home,
          HELM_CACHE_HOME: path.join(home, 'cache'),
          HELM_CONFIG_HOME: path.join(home, 'config'),
          HELM_DATA_HOME: path.join(home, 'data'),
        },
        maxBuffer: 32 * 1024 * 1024,
        timeout: 30_000,
      },
      (error, _stdout, stderr) => {
        // Temporary folders say nothing to the reader.
        const said = stderr.replaceAll(`${tree}/`, '').trim().slice(0, 4000);
        resolve(error ? said || error.message : undefined);
      },
    ).stdin?.end();
  });
}
