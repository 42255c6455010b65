import path from 'node:path';
import { run } from './cli/program';

// Whoever read the output may have gone.
process.stdout.on('error', () => {});

/** Writes all of a text before the program ends, also into a pipe that is read slowly. */
const pending: Array<Promise<void>> = [];
function write(text: string): void {
  pending.push(new Promise(resolve => process.stdout.write(text, () => resolve())));
}

run(process.argv.slice(2), {
  directory: process.cwd(),
  env: process.env,
  // This program is packages/gitops-cli/dist/main.cjs.
  ownRoot: path.resolve(process.argv[1], '../../../..'),
  write,
  warn: text => process.stderr.write(`${text}\n`),
  now: () => new Date(),
})
  .catch((error: Error) => {
    process.stderr.write(`gitops: ${error.message}\n`);
    return 1;
  })
  .then(async code => {
    await Promise.all(pending);
    process.exitCode = code;
  });
