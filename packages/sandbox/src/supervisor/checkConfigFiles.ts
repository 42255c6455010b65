import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { CommandError } from '../commands/commandError';

/**
 * Reads the configuration files that a person named, before anything is started with them. Throws a {@link CommandError}
 * that names the file and what is wrong with it. Addresses are left to Backstage.
 */
export async function checkConfigFiles(files: string[]): Promise<void> {
  for (const file of files.filter(name => !/^https?:\/\//.test(name))) {
    let text;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      throw new CommandError(
        code === 'ENOENT'
          ? `--config ${file}: there is no such file.`
          : `--config ${file}: cannot be read (${code}).`,
      );
    }
    try {
      parse(text);
    } catch (error) {
      const [what] = (error as Error).message.split('\n');
      throw new CommandError(`--config ${file}: ${what.replace(/:$/, '.')}`);
    }
  }
}
