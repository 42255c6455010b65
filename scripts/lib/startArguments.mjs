/** Arguments of `npm start`, checked before a set-up that takes minutes. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CureError } from './output.mjs';
import { exists } from './paths.mjs';

/**
 * Throws a {@link CureError} for an unknown argument or a configuration file that is not there.
 * @param callerDirectory - what relative paths are relative to
 */
export async function checkStartArguments(args, callerDirectory) {
  let values;
  try {
    ({ values } = parseArgs({ args, options: { config: { type: 'string', multiple: true } } }));
  } catch (error) {
    throw new CureError(
      `${error.message.split('. ')[0]}. Usage: npm start -- [--config <file>]...`,
    );
  }
  for (const file of values.config ?? []) {
    if (/^https?:\/\//.test(file) || (await exists(path.resolve(callerDirectory, file)))) continue;
    throw new CureError(`--config ${file}: there is no such file in ${callerDirectory}.`);
  }
}
