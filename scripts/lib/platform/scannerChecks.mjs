/** Scanners of configuration: what they waive stands beside what is waived, with the reason. */
import path from 'node:path';
import { root } from '../paths.mjs';
import { plain, run } from '../processes.mjs';
import { chartRuns } from './chartRuns.mjs';
import { judge } from './judge.mjs';

export const trivy = {
  title: 'trivy config',
  tools: ['trivy'],
  rendered: true,
  async run(programs, stage) {
    const args = ['config', '--config', 'trivy.yaml', '--quiet', '--exit-code', '1'];
    const scan = async name => judge(name, programs.trivy, [...args, path.join(stage, name)]);
    return [await scan('rendered'), await scan('services')];
  },
};

const frameworks = ['kubernetes', 'helm', 'github_actions', 'dockerfile'];
/** Stands for the charts as sources; every scenario is judged as rendered manifests. */
const scenario = 'standard';

export const checkov = {
  title: 'Checkov: rendered manifests, charts, workflows, Dockerfile',
  tools: ['checkov', 'helm'],
  rendered: true,
  async run(programs, stage) {
    const { values, namespace } = (await chartRuns()).find(run_ => run_.scenario === scenario);
    const args = ['--config-file', '.checkov.yaml', '--framework', ...frameworks];
    args.push('--var-file', values, '--directory', stage);
    const env = { ...process.env, PATH: withFolderOf(programs.helm), HELM_NAMESPACE: namespace };
    const { output } = await run(programs.checkov, args, { cwd: root, env });
    return frameworks.map(name => ({ title: name, problem: checkovProblem(name, plain(output)) }));
  },
};

/** Checkov calls the helm that it finds on PATH. */
function withFolderOf(program) {
  return [path.dirname(program), process.env.PATH].join(path.delimiter);
}

/**
 * What is wrong with one framework in a report of `checkov --compact`; undefined when nothing is. A report in which nothing
 * passed is wrong, too: the files were not found.
 */
export function checkovProblem(framework, report) {
  const section = report
    .split(/^(?=\w+ scan results:)/m)
    .find(text => text.startsWith(`${framework} scan results:`));
  const counts = /Passed checks: (\d+), Failed checks: (\d+)/.exec(section ?? '');
  if (counts && counts[1] !== '0' && counts[2] === '0') return undefined;
  return (section ?? `nothing was judged:\n${report}`).trim();
}
