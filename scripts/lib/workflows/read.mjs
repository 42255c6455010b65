/** Reads the workflows of the checkout. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../paths.mjs';

const folder = path.join(root, '.github', 'workflows');

/** Parses YAML 1.2, so that `on` is a name and not a truth value. */
export function parseYaml(text) {
  const require = createRequire(path.join(root, 'packages', 'gitops-cli', 'package.json'));
  return require('yaml').parse(text);
}

/** Every workflow: `{ name, text, workflow }`, the name without its suffix. */
export async function readWorkflows() {
  const files = (await readdir(folder)).filter(file => /\.ya?ml$/.test(file)).sort();
  return Promise.all(
    files.map(async file => {
      const text = await readFile(path.join(folder, file), 'utf8');
      return { name: path.parse(file).name, text, workflow: parseYaml(text) };
    }),
  );
}

/** The script of a step, found by the names of workflow and step. */
export async function stepScript(workflowName, stepName) {
  const { workflow } = (await readWorkflows()).find(({ name }) => name === workflowName);
  const steps = Object.values(workflow.jobs).flatMap(job => job.steps ?? []);
  return steps.find(step => step.name === stepName).run;
}
