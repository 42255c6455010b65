import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';

/** Where texts for people are: documents, templates, workflows, and what the programs say. */
const places = [
  'docs',
  '.github',
  'templates',
  'gitops',
  'charts',
  'packages',
  'plugins',
  'scripts',
];
const texts = places
  .flatMap(place =>
    readdirSync(path.join(repositoryRoot, place, '.'), { recursive: true, encoding: 'utf8' }).map(
      file => path.join(place, file),
    ),
  )
  .concat('README.md', 'CONTRIBUTING.md')
  .filter(file => /\.(md|ya?ml|mjs|tsx?)$/.test(file) && !/(^|\/)(node_modules|dist)\//.test(file));

it('no text names a command that there is not', async () => {
  const { out } = await runGitops(repositoryRoot, ['--help']);
  const listed = out.slice(out.indexOf('\nCommands:'), out.indexOf('\nExit codes:'));
  const commands = new Set([...listed.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name));
  expect([...commands].sort()).toEqual([
    'blast-radius',
    'bump',
    'check',
    'clear-bad',
    'doctor',
    'freeze',
    'help',
    'hold',
    'init',
    'mark-bad',
    'onboard',
    'promote',
    'release-hold',
    'render',
    'rollback',
    'set',
    'unfreeze',
  ]);
  const unknown = texts.flatMap(file => {
    const text = readFileSync(path.join(repositoryRoot, file), 'utf8');
    const named = text.matchAll(/(?:[`$] ?|npm run |^ +)gitops (?:-- )?([a-z][a-z-]+)/gm);
    return [...named].flatMap(([, name]) => (commands.has(name) ? [] : `${file}: gitops ${name}`));
  });
  expect(unknown).toEqual([]);
});
