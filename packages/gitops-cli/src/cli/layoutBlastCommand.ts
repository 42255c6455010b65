import {
  directoryCheckout,
  layoutBlast,
  layoutBlastAsMarkdown,
  layoutBlastAsText,
  layoutHeadline,
  readLayoutState,
  revisionCheckout,
  type Checkout,
  type Layout,
} from '@internal/gitops';
import { appendSummary, workflowCommand } from '../output/github';
import type { BlastCommandOptions } from './blastCommand';
import { changedPaths } from './changedPaths';
import { exitCodes, type Context } from './context';
import { readOptions } from './layoutsFile';
import { UsageError } from './usageError';

/** What is compared. */
interface Compared {
  layouts: Layout[];
  /** Full names of commits; without a head, the files on disk. */
  base: string;
  head: string | undefined;
}

/** `gitops blast-radius` of a repository whose layouts are told. Answers the exit code. */
export async function layoutBlastCommand(
  context: Context,
  root: string,
  options: BlastCommandOptions,
  { layouts, base, head }: Compared,
): Promise<number> {
  const { repository = [], helm, output } = options;
  const read = await readOptions(context, { repository, ...(helm ? { helm } : {}) });
  const disk = directoryCheckout(root);
  const at = (commit: string): Checkout => {
    const found = revisionCheckout(root, commit);
    if (!found) throw new UsageError(`${commit}: its files cannot be read: fetch them first`);
    return { ...found, identity: disk.identity };
  };
  const blast = layoutBlast(
    await readLayoutState(at(base), layouts, read),
    await readLayoutState(head === undefined ? disk : at(head), layouts, read),
    await changedPaths(root, base, head, ['.']),
  );
  const { write } = context;
  if (output === 'json') {
    const about = {
      command: 'blast-radius',
      base: options.base,
      head: options.head ?? 'files on disk',
    };
    write(`${JSON.stringify({ ...about, ...blast }, undefined, 2)}\n`);
  } else if (output === 'markdown') write(`${layoutBlastAsMarkdown(blast)}\n`);
  else if (output === 'github') {
    const message = layoutHeadline(blast);
    write(`${workflowCommand({ level: 'notice', title: 'Blast radius', message })}\n`);
    appendSummary(context, layoutBlastAsMarkdown(blast));
  } else write(layoutBlastAsText(blast));
  return exitCodes.done;
}
