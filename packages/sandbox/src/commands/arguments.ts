import path from 'node:path';
import { parseArgs, ParseArgsConfig } from 'node:util';
import { CommandError } from './commandError';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Options and positional arguments of a command; throws a {@link CommandError} (exit code 2) that names an unknown option.
 * @param positionals - how many are allowed
 */
export function parseOptions<T extends Options>(args: string[], options: T, positionals = 0) {
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CommandError((error as Error).message.split('. ')[0], 2);
  }
  if (parsed.positionals.length > positionals) {
    throw new CommandError(`Too many arguments: ${parsed.positionals[positionals]}`, 2);
  }
  return parsed;
}

/** Configuration files as the user named them: relative to where the command was typed. Addresses are left alone. */
export function resolveConfigFiles(files: string[], callerDirectory: string): string[] {
  return files.map(file =>
    /^https?:\/\//.test(file) ? file : path.resolve(callerDirectory, file),
  );
}
