/** Prometheus' own checks of the rules and their tests. */
import path from 'node:path';
import { listFiles } from '../hash.mjs';
import { root } from '../paths.mjs';
import { judge } from './judge.mjs';
import { judgeConfiguration } from './promtoolConfig.mjs';

const folder = 'gitops/platform/prometheus';

export const promtool = {
  title: 'promtool: rules, their tests and the configuration',
  tools: ['promtool'],
  async run(programs) {
    const files = (await listFiles(root, [folder])).filter(file => file.endsWith('.yaml'));
    const { rules, tests, configurations } = sort(files);
    const results = [];
    const call = (title, args) => judge(title, programs.promtool, args);
    for (const file of configurations)
      results.push(await judgeConfiguration(programs.promtool, file));
    for (const file of rules) results.push(await call(`rules ${file}`, ['check', 'rules', file]));
    for (const file of tests) results.push(await call(`tests ${file}`, ['test', 'rules', file]));
    return results;
  },
};

/** Which file is what, by its name and folder. */
export function sort(files) {
  const tests = files.filter(file => /(^|\/)tests?\/|[-.]test\.yaml$/.test(file));
  const rules = files.filter(file => !tests.includes(file) && /(^|\/)rules\//.test(file));
  const configurations = files.filter(file => path.basename(file) === 'prometheus.yaml');
  return { rules, tests, configurations };
}
