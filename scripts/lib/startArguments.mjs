/** Arguments of `npm start`, checked before a set-up that takes minutes. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CureError } from './output.mjs';
import { exists, root } from './paths.mjs';

const usage = 'npm start -- [--config <file>]... [--example <name>]';
const options = { config: { type: 'string', multiple: true }, example: { type: 'string' } };

/**
 * Throws a {@link CureError} for an unknown argument, and for a configuration file or example that is not there.
 * @param callerDirectory - what relative paths are relative to
 */
export async function checkStartArguments(args, callerDirectory) {
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new CureError(`${error.message.split('. ')[0]}. Usage: ${usage}`);
  }
  if (values.example !== undefined) await checkExample(values.example);
  for (const file of values.config ?? []) {
    if (/^https?:\/\//.test(file) || (await exists(path.resolve(callerDirectory, file)))) continue;
    throw new CureError(`--config ${file}: there is no such file in ${callerDirectory}.`);
  }
}

/** Whether an example can run on the embedded platform is judged there, once that is built. */
async function checkExample(name) {
  const entries = await readdir(path.join(root, 'examples'), { withFileTypes: true });
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
  if (names.includes(name)) return;
  throw new CureError(
    `--example ${name}: there is no such example; there are ${names.join(', ')}.`,
  );
}
