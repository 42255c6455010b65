/** Everything that would be applied to a cluster, as files: charts with their scenarios and tenants, and the platform tree. */
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { writeAtomically } from '../files.mjs';
import { exists, root } from '../paths.mjs';
import { run } from '../processes.mjs';
import { renderedDir, stageDir } from '../tools/folders.mjs';
import { kustomizeRoots } from './kustomize.mjs';

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

async function names(folder) {
  return (await exists(folder)) ? (await readdir(folder)).sort() : [];
}

/** What scanners read as it is. */
const sources = ['charts', 'gitops', '.github', 'services/demo-api/Dockerfile'];

/**
 * Renders all of it into `rendered/<scenario>/<chart>.yaml` of the stage, and puts the sources there.
 * @param programs - absolute paths of helm and kubectl
 * @returns `{ title, problem? }` for each; the problem is the tool's output
 */
export async function renderAll(programs) {
  await rm(stageDir, { recursive: true, force: true });
  for (const source of sources) {
    await cp(path.join(root, source), path.join(stageDir, source), { recursive: true });
  }
  const results = [];
  for (const { chart, scenario, values, release, namespace } of await chartRuns()) {
    const args = [
      'template',
      release,
      `charts/${chart}`,
      '--namespace',
      namespace,
      '--values',
      values,
    ];
    const target = path.join(renderedDir, scenario, `${chart}.yaml`);
    results.push(await renderOne(`render ${chart} with ${values}`, programs.helm, args, target));
  }
  for (const { folder, scenario } of await kustomizeRoots()) {
    const target = path.join(renderedDir, scenario, 'platform.yaml');
    const args = ['kustomize', folder];
    results.push(await renderOne(`render ${folder}`, programs.kubectl, args, target));
  }
  return results;
}

async function renderOne(title, program, args, target) {
  const { code, output } = await run(program, args, { cwd: root });
  if (code !== 0) return { title, problem: output };
  await writeAtomically(target, output);
  return { title };
}

/** The folders of rendered files, each one scenario. */
export async function renderedScenarios() {
  const found = await names(renderedDir);
  return found.map(name => ({ name, folder: path.join(renderedDir, name) }));
}
