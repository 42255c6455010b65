/** docs/benchmarks.md: the table of the last run that was asked to write it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const file = path.join(root, 'docs', 'benchmarks.md');
/** Begins what another command measures, `e2e/fleet/measure.ts`; it is kept. */
const browserTitle = '\n## In the browser\n';

function version(name) {
  return JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8'))
    .version;
}

/** @param rows - `{ what, goal, result, holds }` */
export async function writeReport(rows) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  const table = rows.map(
    ({ what, goal, result, holds }) =>
      `| ${what} | ${goal} | ${result} | ${holds === undefined ? '' : holds ? 'yes' : 'no'} |`,
  );
  const before = await readFile(file, 'utf8').catch(() => '');
  const kept = before.includes(browserTitle) ? before.slice(before.indexOf(browserTitle)) : '';
  const text = `# Benchmarks

\`npm run bench -- --write\` measured this: the portal's backend beside two other Argo CD backends for Backstage, all with
sign-in and permissions on the same Backstage core, against the same upstreams behind a counting proxy with added latency,
in one run with interleaved rounds. Figures are medians over the rounds, with the lowest and the highest in brackets.

- Machine: ${cpus().length} x ${cpus()[0].model.trim()}, ${Math.round(
    totalmem() / 2 ** 30,
  )} GiB; upstreams, proxy and backends share it
- Node ${process.versions.node}, commit ${commit}
- @backstage/backend-defaults ${version('@backstage/backend-defaults')}
- Roadie: @roadiehq/backstage-plugin-argo-cd-backend ${version(
    '@roadiehq/backstage-plugin-argo-cd-backend',
  )}
- community: @backstage-community/plugin-argocd-backend ${version(
    '@backstage-community/plugin-argocd-backend',
  )}
- An Application has about 27 KB and ten entries of history. What a page asks for is written down in bench/src/backends.mjs.

| What | Goal | Result | Reached |
| --- | --- | --- | --- |
${table.join('\n')}
${kept}`;
  await writeFile(file, text);
}
