import {
  answerOf,
  ChangeRefusal,
  GitFault,
  InvalidChange,
  proposePlan,
  shorten,
  UnknownTenant,
  WriteError,
  writeFiles,
  type ChangeContext,
  type ChangePlan,
} from '@internal/gitops';
import type { ChangeAnswer, ChangeKind } from '@internal/plugin-tenant-releases-common';
import { planAtHost, planOnDisk } from './changeSource';
import { requestOf, type ChangeFlags } from './changeFlags';
import { printChange, printRefusal } from './changeReport';
import { readCommitPeople } from './commitPeople';
import {
  exitCodes,
  locateFolder,
  locateTree,
  parseInstant,
  type Context,
  type OutputFormat,
} from './context';
import { describeGitFault } from './gitFaultText';
import { readLayouts, readOptions } from './layoutsFile';
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
  layouts?: string;
  helm?: string;
}

/** `gitops promote`, `rollback`, `hold` and so on: changes the files, or opens pull requests. Answers the exit code. */
export async function changeCommand(
  context: Context,
  kind: ChangeKind,
  options: ChangeCommandOptions,
): Promise<number> {
  const request = requestOf(kind, options);
  const { dryRun = false, openPr = false, layouts } = options;
  const root =
    layouts === undefined ? locateTree(context, options) : locateFolder(context, options);
  const places = await readPlaces(context, root, options);
  const who: ChangeContext = {
    by: await personOf(context, root, options),
    at: options.at === undefined ? context.now() : parseInstant('--at', options.at),
    isBound: options.inOrder === true,
  };
  const planning = {
    request,
    who,
    places,
    ...(layouts === undefined ? {} : { other: await readOther(context, options, layouts) }),
  };
  const inPlace = async (): Promise<[ChangePlan, ChangeAnswer]> => {
    const plan = await planOnDisk(root, planning);
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
        const plan = await planAtHost(writer, options.base, planning);
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

/** How a repository of another layout is read. */
async function readOther(
  context: Context,
  { helm, repository }: ChangeCommandOptions,
  layouts: string,
) {
  // By its address Argo CD knows the repository; the name at the host is none.
  const addresses = repository?.includes(':') ? [repository] : [];
  return {
    layouts: readLayouts(context, layouts),
    read: await readOptions(context, { repository: addresses, helm }),
  };
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
