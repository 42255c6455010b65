/** Runs Stryker on one group, in a copy of its package: the work tree stays as it is. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../processes.mjs';
import { exists, root } from '../paths.mjs';
import { testsOf } from './groups.mjs';

const workFolder = path.join(root, '.cache', 'mutation');
const stryker = path.join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');

/**
 * @param group - see groups.mjs
 * @param onLine - is called with each line that Stryker prints
 * @returns the mutants: `{ file, line, mutator, replacement, status }`
 * @throws Error with Stryker's output when it did not come to its end, for example because the tests fail without mutants
 */
export async function mutateGroup(group, onLine) {
  const name = group.name.toLowerCase().replace(/[^a-z]+/g, '-');
  const report = path.join(workFolder, `${name}.json`);
  const configFile = path.join(workFolder, `${name}.config.json`);
  await mkdir(workFolder, { recursive: true });
  await rm(report, { force: true });
  await writeFile(configFile, JSON.stringify(configOf(group, name, report), undefined, 2));
  const { code, output } = await run(process.execPath, [stryker, 'run', configFile], {
    cwd: path.join(root, group.package),
    env: {
      ...process.env,
      NODE_ENV: 'test',
      FORCE_COLOR: '0',
      MUTATION_TESTS: JSON.stringify(testsOf(group).map(test => `<rootDir>/${test}`)),
    },
    onLine,
  });
  if (!(await exists(report))) throw new Error(`${output}\nStryker ended with exit code ${code}.`);
  return mutantsOf(JSON.parse(await readFile(report, 'utf8')));
}

function configOf(group, name, report) {
  return {
    mutate: group.mutate.map(file => `src/${file}.ts`),
    testRunner: 'jest',
    plugins: ['@stryker-mutator/jest-runner'],
    jest: { configFile: path.join(root, 'scripts', 'lib', 'mutation', 'jest.config.cjs') },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // Beside the packages, two folders below the root, so that the tests find the files of the repository.
    tempDirName: path.join(root, '.cache'),
    ignorePatterns: ['dist', 'coverage'],
    allowEmpty: false,
    reporters: ['json', 'html', 'progress-append-only'],
    jsonReporter: { fileName: report },
    htmlReporter: { fileName: path.join(workFolder, `${name}.html`) },
    // The score is judged by the group.
    thresholds: { high: 100, low: 85, break: null },
  };
}

function mutantsOf({ files }) {
  return Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants.map(({ location, mutatorName, replacement, status }) => ({
      file,
      line: location.start.line,
      mutator: mutatorName,
      replacement,
      status,
    })),
  );
}
