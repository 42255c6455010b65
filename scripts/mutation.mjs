/**
 * Changes the code that decides what is shown, to whom, in small ways, and counts the changes that no test notices.
 * `npm run test:mutation` runs every group; `npm run test:mutation -- join 'paths in Git'` some of them, and `--file shorten` one
 * file of them. Fails when a group's score is below {@link wantedScore}. Reports are in .cache/mutation.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { totalLine } from './lib/counts.mjs';
import { groups, wantedScore } from './lib/mutation/groups.mjs';
import { mutateGroup } from './lib/mutation/mutateGroup.mjs';
import { scoreOf, sumBy, table } from './lib/mutation/score.mjs';
import { CureError, say, startProgress, warn } from './lib/output.mjs';
import { endChildrenOnSignal } from './lib/processes.mjs';

async function main(args) {
  const results = [];
  for (const group of chooseGroups(args)) {
    const progress = startProgress(group.name);
    const mutants = await mutateGroup(group, line => line.trim() && progress.note(line)).catch(
      error => {
        progress.end('could not be run');
        throw error;
      },
    );
    const { left, ...score } = scoreOf(mutants);
    progress.end(percent(score));
    for (const { file, line, mutator, replacement } of left) {
      say(`    ${file}:${line} ${mutator}: ${replacement.replace(/\s+/g, ' ').slice(0, 100)}`);
    }
    results.push({ name: group.name, package: path.basename(group.package), ...score });
  }
  const packages = sumBy(results, 'package');
  const rows = [...results, ...packages].map(({ name = 'all of', ...result }) => [
    name,
    result.package,
    result.total,
    result.killed,
    percent(result),
  ]);
  say('');
  table([['group', 'package', 'mutants', 'killed', 'score'], ...rows]).forEach(line => say(line));
  const failed = results.filter(({ score }) => score < wantedScore).length;
  say(`\n${totalLine([{ passed: results.length - failed, failed }])}`);
  return failed > 0 ? 1 : 0;
}

const percent = ({ score }) => `${score.toFixed(1)} %`;

function chooseGroups(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { file: { type: 'string' } },
  });
  const unknown = positionals.find(name => groups.every(group => group.name !== name));
  if (unknown !== undefined) {
    const names = groups.map(({ name }) => `"${name}"`).join(', ');
    throw new CureError(`There is no group "${unknown}": choose from ${names}.`);
  }
  const { file } = values;
  const chosen = groups
    .filter(({ name }) => positionals.length === 0 || positionals.includes(name))
    .map(group => ({
      ...group,
      mutate: group.mutate.filter(each => !file || path.basename(each) === file),
    }))
    .filter(({ mutate }) => mutate.length > 0);
  if (chosen.length === 0) throw new CureError(`No group mutates a file ${file}.`);
  return chosen;
}

endChildrenOnSignal();
main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    warn(error instanceof CureError ? error.message : error.stack);
    say('0 passed, 1 failed');
    process.exit(1);
  },
);
