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
  git,
  gitTree,
  layout,
  type TreePlaces,
  directoryTree,
  type TreeSource,
} from '@internal/gitops';
import { appendSummary, workflowCommand } from '../output/github';
import { resolveRef } from './compareWithBase';
import { readPlaces, type PlaceOptions } from './readPlaces';
import { exitCodes, locateTree, parseInstant, type Context, type OutputFormat } from './context';

/** Options of `gitops blast-radius`. */
export interface BlastCommandOptions extends PlaceOptions {
  dir?: string;
  output: OutputFormat;
  base: string;
  /** Absent: the files on disk. */
  head?: string;
  at?: string;
}

/** `gitops blast-radius`: says whom a change reaches. Answers the exit code. */
export async function blastCommand(
  context: Context,
  options: BlastCommandOptions,
): Promise<number> {
  const root = locateTree(context, options);
  const at = options.at === undefined ? context.now() : parseInstant('--at', options.at);
  const tip = await resolveRef(root, '--base', options.base);
  const head = await resolveRef(root, '--head', options.head ?? 'HEAD');
  const base = (await mergeBase(root, tip, head)) ?? tip;
  const places = await readPlaces(context, root, options, tip);
  const to = options.head === undefined ? undefined : head;
  const paths = await changedPaths(root, base, to, places);
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

/** Paths that differ, from the tree's root; on disk, files that Git does not know yet count. */
async function changedPaths(
  root: string,
  base: string,
  head: string | undefined,
  places: TreePlaces,
): Promise<string[]> {
  const folders = ['--', ...foldersOf(places)];
  const options = [
    '--relative',
    '--name-only',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '-z',
  ];
  const differing = await git(root, [
    'diff',
    ...options,
    base,
    ...(head ? [head] : []),
    ...folders,
  ]);
  const others = head
    ? ''
    : await git(root, ['ls-files', '--others', '--exclude-standard', '-z', ...folders]);
  return [...new Set(`${differing}${others}`.split('\0').filter(Boolean))].sort();
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
