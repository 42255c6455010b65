/** Helm itself: lint, strictly, and rendering of every scenario. */
import { chartRuns } from './chartRuns.mjs';
import { judge } from './judge.mjs';
import { renderAll } from './render.mjs';

export const helm = {
  title: 'helm lint --strict and rendering of every scenario',
  tools: ['helm', 'kubectl'],
  async run(programs, stage) {
    const results = [];
    for (const { chart, values, namespace } of await chartRuns()) {
      const args = [
        'lint',
        '--strict',
        `charts/${chart}`,
        '--namespace',
        namespace,
        '--values',
        values,
      ];
      results.push(await judge(`lint ${chart} with ${values}`, programs.helm, args));
    }
    return [...results, ...(await renderAll(programs, stage))];
  },
};
