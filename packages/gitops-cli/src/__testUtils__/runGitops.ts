import { repositoryRoot } from '@internal/gitops/testUtils';
import type { Context } from '../cli/context';
import { run } from '../cli/program';

/** What a run of the program came to. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs the program within this process. */
export async function runGitops(
  directory: string,
  args: string[],
  env: Context['env'] = {},
  now = new Date('2026-11-23T12:00:00Z'),
): Promise<Ran> {
  const ran: Ran = { code: 0, out: '', err: '' };
  ran.code = await run(args, {
    directory,
    env,
    ownRoot: repositoryRoot,
    now: () => now,
    write: text => {
      ran.out += text;
    },
    warn: text => {
      ran.err += `${text}\n`;
    },
  });
  return ran;
}
