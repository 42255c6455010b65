/** Checks of rendered manifests, one scenario after another. */
import { listFiles } from '../hash.mjs';
import { root } from '../paths.mjs';
import { run } from '../processes.mjs';
import { kubernetesVersion } from '../tools/catalogue.mjs';
import { schemaLocations } from '../tools/schemas.mjs';
import { judge } from './judge.mjs';
import { renderedScenarios } from './render.mjs';

export const kubeconform = {
  title: 'kubeconform: every manifest against the schemas, strictly, without a skip',
  tools: ['kubeconform'],
  rendered: true,
  async run(programs, stage) {
    const locations = await schemaLocations();
    const args = ['-strict', '-summary', '-kubernetes-version', kubernetesVersion];
    for (const location of locations) args.push('-schema-location', location);
    const results = [];
    for (const { name, folder } of await renderedScenarios(stage)) {
      results.push(await judge(name, programs.kubeconform, [...args, folder]));
    }
    const applied = await listFiles(root, ['gitops/bootstrap', 'gitops/apps', 'gitops/projects']);
    const manifests = applied.filter(file => file.endsWith('.yaml'));
    results.push(await judge('gitops', programs.kubeconform, [...args, ...manifests]));
    return results;
  },
};

export const kubeScore = {
  title: 'kube-score with every optional test',
  tools: ['kube-score'],
  rendered: true,
  async run(programs, stage) {
    const program = programs['kube-score'];
    const optional = optionalTests((await run(program, ['list'])).output);
    const args = [
      'score',
      '--exit-one-on-warning',
      '--kubernetes-version',
      minor(kubernetesVersion),
    ];
    for (const name of optional) args.push('--enable-optional-test', name);
    const results = [];
    for (const { name, folder } of await renderedScenarios(stage)) {
      const files = (await listFiles(folder, ['.'])).map(file => `${folder}/${file}`);
      results.push(await judge(name, program, [...args, ...files]));
    }
    return results;
  },
};

/** Names of the optional tests out of `kube-score list`, whose lines are name, kind, description, default or optional. */
export function optionalTests(list) {
  const lines = list.split('\n').filter(line => line.trim().endsWith(',optional'));
  return lines.map(line => line.split(',')[0]);
}

/** kube-score wants v1.36 for 1.36.0. */
function minor(version) {
  return `v${version.split('.').slice(0, 2).join('.')}`;
}
