import {
  blastRadius,
  type Side,
  blastAsMarkdown,
  blastAsText,
  headline,
  tenantState,
  type TenantState,
  readPolicy,
  readTenants,
  mergeBase,
  gitTree,
  layout,
  type TreePlaces,
  directoryTree,
  type TreeSource,
} from '@internal/gitops';
import { appendSummary, workflowCommand } from '../output/github';
import { resolveRef } from './compareWithBase';
import { readConfiguredLayouts, readPlaces, type PlaceOptions } from './readPlaces';
import { changedPaths } from './changedPaths';
import {
  exitCodes,
  locateFolder,
  locateTree,
  parseInstant,
  type Context,
  type OutputFormat,
} from './context';
import { layoutBlastCommand } from './layoutBlastCommand';
import { readLayouts } from './layoutsFile';

/** Options of `gitops blast-radius`. */
export interface BlastCommandOptions extends PlaceOptions {
  dir?: string;
  output: OutputFormat;
  base: string;
  /** Absent: the files on disk. */
  head?: string;
  at?: string;
  /** Absent: those of the portal's configuration, else our own layout. */
  layouts?: string;
  /** Addresses by which Argo CD knows the repository. */
  repository?: string[];
  helm?: string;
}

/** `gitops blast-radius`: says whom a change reaches. Answers the exit code. */
export async function blastCommand(
  context: Context,
  options: BlastCommandOptions,
): Promise<number> {
  const root = options.layouts ? locateFolder(context, options) : locateTree(context, options);
  const at = options.at === undefined ? context.now() : parseInstant('--at', options.at);
  const tip = await resolveRef(root, '--base', options.base);
  const head = await resolveRef(root, '--head', options.head ?? 'HEAD');
  const base = (await mergeBase(root, tip, head)) ?? tip;
  const to = options.head === undefined ? undefined : head;
  const layouts = options.layouts
    ? readLayouts(context, options.layouts)
    : await readConfiguredLayouts(context, root, options, tip);
  if (layouts) return layoutBlastCommand(context, root, options, { layouts, base, head: to });
  const places = await readPlaces(context, root, options, tip);
  const paths = await changedPaths(root, base, to, foldersOf(places));
  const after = to === undefined ? directoryTree(root) : await gitTree(root, to, foldersOf(places));
  const radius = blastRadius(
    paths,
    await baseSide(root, base, paths, places),
    await headSide(after, places),
    at,
    places,
  );
  const { write } = context;
  if (options.output === 'json') {
    const about = {
      command: 'blast-radius',
      base: options.base,
      head: options.head ?? 'files on disk',
    };
    write(`${JSON.stringify({ ...about, ...radius }, undefined, 2)}\n`);
  } else if (options.output === 'markdown') write(`${blastAsMarkdown(radius)}\n`);
  else if (options.output === 'github') {
    write(
      `${workflowCommand({ level: 'notice', title: 'Blast radius', message: headline(radius) })}\n`,
    );
    appendSummary(context, blastAsMarkdown(radius));
  } else write(blastAsText(radius));
  return exitCodes.done;
}

/** What is looked at; the whole tree when tenant files may be anywhere. */
function foldersOf({ valuesFolder, policyPath }: TreePlaces): string[] {
  return valuesFolder === '' ? ['.'] : [layout.gitops, 'charts', valuesFolder, policyPath];
}

async function baseSide(
  root: string,
  commit: string,
  paths: readonly string[],
  places: TreePlaces,
): Promise<Side> {
  const tree = await gitTree(root, commit, foldersOf(places));
  const tenants = new Map<string, TenantState>();
  const files = paths.flatMap(path => {
    const entry = tree.entries.get(path);
    const name = places.matchTenantFile(path)?.tenant;
    if (name === undefined || !entry) return [];
    // It was there, though nobody could read it.
    tenants.set(name, tenantState(''));
    return entry.kind === 'file' && entry.size <= places.maxFileBytes ? [{ name, ...entry }] : [];
  });
  const contents = await tree.readMany(files.map(({ blob }) => blob));
  for (const { name, blob } of files) {
    tenants.set(name, tenantState(Buffer.from(contents.get(blob) ?? []).toString('utf8')));
  }
  return { tenants, ...(await policySide(tree, places)) };
}

async function headSide(tree: TreeSource, places: TreePlaces): Promise<Side> {
  const { tenants } = await readTenants(tree, places);
  const states = tenants.map(({ name, text }) => [name, tenantState(text ?? '')] as const);
  return { tenants: new Map(states), ...(await policySide(tree, places)) };
}

async function policySide(
  tree: TreeSource,
  places: TreePlaces,
): Promise<Pick<Side, 'policy' | 'isPolicyBroken'>> {
  const { policy, findings } = await readPolicy(tree, places);
  return { policy, isPolicyBroken: findings.some(({ severity }) => severity === 'error') };
}
