/** Everything that would be applied to a cluster, as files: charts with their scenarios and tenants, and the platform tree. */
import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeAtomically } from '../files.mjs';
import { root } from '../paths.mjs';
import { chartRuns, names } from './chartRuns.mjs';
import { kustomizeRoots } from './kustomize.mjs';

const execute = promisify(execFile);

/** What scanners read as it is. */
const sources = ['charts', 'gitops', '.github', 'services/demo-api/Dockerfile'];

/**
 * Fills the stage, a folder of which scanners see the whole: the sources as in the checkout, and what is rendered from them as
 * `rendered/<scenario>/<chart>.yaml`, where one folder holds what is applied together.
 * @param programs - absolute paths of helm and kubectl
 * @param stage - absolute path of an empty folder
 * @returns `{ title, problem? }` for each rendering; the problem is what the tool said
 */
export async function renderAll(programs, stage) {
  for (const source of sources) {
    await cp(path.join(root, source), path.join(stage, source), { recursive: true });
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
    const target = path.join(renderedIn(stage), scenario, `${chart}.yaml`);
    results.push(await renderOne(`render ${chart} with ${values}`, programs.helm, args, target));
  }
  for (const { folder, scenario } of await kustomizeRoots()) {
    const target = path.join(renderedIn(stage), scenario, 'platform.yaml');
    const args = ['kustomize', folder];
    results.push(await renderOne(`render ${folder}`, programs.kubectl, args, target));
  }
  return results;
}

async function renderOne(title, program, args, target) {
  try {
    // Warnings, which come on standard error, are no manifest.
    const { stdout } = await execute(program, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
    await writeAtomically(target, stdout);
    return { title };
  } catch (error) {
    return { title, problem: error.stderr?.trim() || error.message };
  }
}

/** The folder of a stage that holds what was rendered. */
export function renderedIn(stage) {
  return path.join(stage, 'rendered');
}

/** The scenarios of a stage: `{ name, folder }`. */
export async function renderedScenarios(stage) {
  const found = await names(renderedIn(stage));
  return found.map(name => ({ name, folder: path.join(renderedIn(stage), name) }));
}
