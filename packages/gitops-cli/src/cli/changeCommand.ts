import {
  answerOf,
  ChangeRefusal,
  directoryTree,
  GitFault,
  InvalidChange,
  isOfPlan,
  mirrorTree,
  planChange,
  proposePlan,
  shorten,
  UnknownTenant,
  WriteError,
  writeFiles,
  type ChangeContext,
  type ChangePlan,
} from '@internal/gitops';
import type { ChangeAnswer, ChangeKind } from '@internal/plugin-tenant-releases-common';
import { requestOf, type ChangeFlags } from './changeFlags';
import { printChange, printRefusal } from './changeReport';
import { readCommitPeople } from './commitPeople';
import { exitCodes, locateTree, parseInstant, type Context, type OutputFormat } from './context';
import { describeGitFault } from './gitFaultText';
import { atHost, type OpenPullOptions } from './openPulls';
import { readPlaces, type PlaceOptions } from './readPlaces';
import { UsageError } from './usageError';

/** Options of the commands that change releases. */
export interface ChangeCommandOptions extends ChangeFlags, OpenPullOptions, PlaceOptions {
  dir?: string;
  output: OutputFormat;
  by?: string;
  inOrder?: boolean;
  openPr?: boolean;
  at?: string;
}

/** `gitops promote`, `rollback`, `hold` and so on: changes the files, or opens pull requests. Answers the exit code. */
export async function changeCommand(
  context: Context,
  kind: ChangeKind,
  options: ChangeCommandOptions,
): Promise<number> {
  const request = requestOf(kind, options);
  const root = locateTree(context, options);
  const places = await readPlaces(context, root, options);
  const who: ChangeContext = {
    by: await personOf(context, root, options),
    at: options.at === undefined ? context.now() : parseInstant('--at', options.at),
    isBound: options.inOrder === true,
  };
  const { dryRun = false, openPr = false } = options;
  const inPlace = async (): Promise<[ChangePlan, ChangeAnswer]> => {
    const plan = await planChange(directoryTree(root), request, who, places);
    if (!dryRun)
      writeFiles(
        root,
        plan.parts.flatMap(({ edits }) => edits),
      );
    return [plan, answerOf(plan)];
  };
  const propose = () =>
    atHost(context, root, options, async (writer): Promise<[ChangePlan, ChangeAnswer]> => {
      try {
        const tree = await mirrorTree(writer.mirror, writer.head, path => isOfPlan(path, places));
        const plan = await planChange(tree, request, who, places);
        const answer = answerOf(plan);
        if (dryRun) return [plan, answer];
        const { pullRequests } = await proposePlan({ ...writer, base: options.base }, plan);
        return [plan, { pullRequests, ...answer }];
      } catch (error) {
        if (!(error instanceof GitFault)) throw error;
        throw new GitFault(error.kind, describeGitFault(error, writer.git.repository));
      }
    });
  try {
    const [plan, answer] = await (openPr ? propose() : inPlace());
    printChange(context, options.output, plan, answer, dryRun);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof InvalidChange) throw new UsageError(error.message);
    if (
      error instanceof ChangeRefusal ||
      error instanceof UnknownTenant ||
      error instanceof WriteError
    ) {
      printRefusal(context, options.output, error);
      return exitCodes.refused;
    }
    throw error;
  }
}

/** Who is named in holds and in the policy: as the option says, else who the commit is from. */
async function personOf(
  context: Context,
  root: string,
  options: ChangeCommandOptions,
): Promise<string> {
  const { by } = options;
  if (by !== undefined) {
    if (/^user:[\w.-]{1,63}\/[\w.-]{1,63}$/.test(by)) return by;
    throw new UsageError(`--by ${shorten(by, 60)}: must be a person such as user:default/ada`);
  }
  const { author } = await readCommitPeople(context, root, options);
  const name = context.env.GITHUB_ACTOR ?? author.email.split('@')[0];
  return `user:default/${name
    .toLocaleLowerCase('en-US')
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 63)}`;
}
