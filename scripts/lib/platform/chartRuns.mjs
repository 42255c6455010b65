/** Which charts are rendered with which values. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { exists, root } from '../paths.mjs';

const valuesSuffix = '-values.yaml';
/** The charts that take a tenant's file; see gitops/apps. */
const tenantCharts = ['tenant', 'tenant-fence'];

/**
 * What is rendered: each chart with each of its ci/ scenarios, and the tenants' charts with each tenant's file.
 * @returns `{ chart, scenario, values, release, namespace }`, paths relative to the checkout
 */
export async function chartRuns(folder = root) {
  const runs = [];
  for (const chart of await names(path.join(folder, 'charts'))) {
    for (const file of await valuesFiles(folder, `charts/${chart}/ci`)) {
      runs.push(await chartRun(folder, chart, file, path.basename(file, valuesSuffix)));
    }
  }
  for (const file of await valuesFiles(folder, 'gitops/tenants')) {
    const scenario = `gitops-${path.basename(file, valuesSuffix)}`;
    for (const chart of tenantCharts) runs.push(await chartRun(folder, chart, file, scenario));
  }
  return runs;
}

async function chartRun(folder, chart, values, scenario) {
  const require = createRequire(path.join(root, 'packages', 'gitops-cli', 'package.json'));
  const content = require('yaml').parse(await readFile(path.join(folder, values), 'utf8'));
  const namespace = content?.tenant?.name ?? chart;
  const release = chart === 'tenant-fence' ? `${namespace}-fence` : namespace;
  return { chart, scenario, values, release, namespace };
}

async function valuesFiles(folder, relative) {
  const found = await names(path.join(folder, relative));
  return found.filter(name => name.endsWith(valuesSuffix)).map(name => `${relative}/${name}`);
}

/** The names in a folder, sorted; none where there is no folder. */
export async function names(folder) {
  return (await exists(folder)) ? (await readdir(folder)).sort() : [];
}
