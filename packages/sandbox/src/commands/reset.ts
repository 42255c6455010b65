import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { currentStatus } from '../supervisor/controlClient';
import { CommandError } from './commandError';

/** `reset`: empties the state directory, so that the next start seeds everything anew. Refused while the platform runs. */
export async function resetCommand(stateDir: string, print: (text: string) => void): Promise<void> {
  if (await currentStatus(stateDir)) {
    throw new CommandError('The platform runs: end npm start (Ctrl-C) first, then reset it.');
  }
  const names = await readdir(stateDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) await rm(path.join(stateDir, name), { recursive: true, force: true });
  print(names.length > 0 ? `Emptied ${stateDir}.` : 'Nothing to reset.');
}
