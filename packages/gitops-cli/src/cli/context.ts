import { lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { shorten, layout } from '@internal/gitops';
import { configFile, isSaid, type PlaceOptions } from './readPlaces';
import { UsageError } from './usageError';

/** What a command has to do with the world. */
export interface Context {
  /** Where relative paths begin: the folder that the person called from. */
  directory: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The checkout that the program is part of; absent when it is on its own. */
  ownRoot?: string;
  /** Writes a text to standard output, as it is. */
  write(text: string): void;
  /** Writes a line to standard error. */
  warn(text: string): void;
  /** The present moment. */
  now(): Date;
}

/** How results are written. */
export const outputFormats = ['human', 'json', 'github'] as const;
/** One of {@link outputFormats}, or Markdown where a command has it. */
export type OutputFormat = (typeof outputFormats)[number] | 'markdown';

/** Exit codes; part of the interface. */
export const exitCodes = { done: 0, refused: 1, usage: 2 } as const;

/**
 * The root of the GitOps tree: the folder that is named, else the one that the call came from or the nearest above it.
 *
 * @throws UsageError when there is no tree
 */
export function locateTree(context: Context, options: { dir?: string } & PlaceOptions): string {
  const { dir: named } = options;
  // Who says where things are needs no folder of that name.
  const isTree = isSaid(options) ? isFolder : hasGitops;
  if (named === '')
    throw new UsageError('--dir: is empty; name a checkout of the GitOps repository');
  if (named !== undefined) {
    const directory = path.resolve(context.directory, named);
    if (!isFolder(directory)) throw new UsageError(`--dir ${named}: is no folder that can be read`);
    if (!isTree(directory)) throw noTree(`--dir ${named}`);
    return directory;
  }
  for (let directory = context.directory; ; directory = path.dirname(directory)) {
    if (isTree(directory)) return directory;
    if (directory === path.dirname(directory)) throw noTree('the current folder');
  }
}

/** The folder of any repository: the one that is named, else the current one. @throws UsageError when there is none */
export function locateFolder({ directory }: Context, { dir }: { dir?: string }): string {
  const folder = path.resolve(directory, dir ?? '.');
  if (dir === '' || !isFolder(folder)) {
    throw new UsageError(`--dir ${dir}: is no folder that can be read`);
  }
  return folder;
}

function noTree(where: string): UsageError {
  return new UsageError(
    `${where} holds no ${layout.gitops}/ folder: name a checkout of the GitOps repository with --dir`,
  );
}

function isFolder(directory: string): boolean {
  return statSync(directory, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A link counts: what it is gets told by the check. A configuration may say that things are elsewhere. */
function hasGitops(directory: string): boolean {
  return [layout.gitops, configFile].some(
    name => lstatSync(path.join(directory, name), { throwIfNoEntry: false }) !== undefined,
  );
}

/** An instant that a person gave. @throws UsageError */
export function parseInstant(option: string, text: string): Date {
  // Date alone takes the 30th of February for the 2nd of March.
  const time = new Date(z.iso.datetime({ offset: true }).safeParse(text).success ? text : NaN);
  if (Number.isNaN(time.getTime())) {
    throw new UsageError(
      `${option} ${shorten(text, 60)}: must be an instant such as 2026-11-23T10:00:00Z`,
    );
  }
  return time;
}
