import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  GitopsConfigError,
  readGitopsLayout,
  readYaml,
} from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import { gitTree } from '../git/gitTree';
import type { TreePlaces } from '../layout';
import { directoryTree } from '../tree/directoryTree';
import { decode, readText } from '../tree/readText';
import { TreeError } from '../tree/treeSource';
import type { Context } from './context';
import { UsageError } from './usageError';

/** Options that say where tenant files and the policy are. */
export interface PlaceOptions {
  /** Configuration files of the portal; the last one that says something counts. */
  config?: string[];
  valuesPath?: string;
  policyPath?: string;
}

/** The portal's configuration, where it is kept in the same repository. */
export const configFile = 'app-config.yaml';

/** Configurations are longer than tenant files. Bytes. */
const maxConfigBytes = 1024 * 1024;

const settingsSchema = z.object({
  tenantReleases: z
    .object({
      gitops: z
        .object({
          valuesPath: z.unknown(),
          policyPath: z.unknown(),
          maxFileBytes: z.unknown(),
        })
        .partial()
        .nullish(),
    })
    .nullish(),
});

type Settings = { valuesPath?: unknown; policyPath?: unknown; maxFileBytes?: unknown };

/** Whether the caller says where things are, instead of the tree. */
export function isSaid({ config = [], valuesPath, policyPath }: PlaceOptions): boolean {
  return config.length > 0 || valuesPath !== undefined || policyPath !== undefined;
}

/**
 * Where tenant files and the policy are: as the options say, else as the portal's configuration in the tree does
 * (`tenantReleases.gitops`), so that the portal and this program look at the same files.
 *
 * @param base - the commit that the tree is compared with: its configuration counts, so that a pull request cannot turn the
 * check away from what it changes
 * @throws UsageError
 */
export async function readPlaces(
  context: Context,
  root: string,
  { config = [], valuesPath, policyPath }: PlaceOptions,
  base?: string,
): Promise<TreePlaces> {
  const settings: Settings = {};
  if (config.length > 0) {
    for (const file of config) Object.assign(settings, settingsOf(file, contentOf(context, file)));
  } else {
    const tree = base === undefined ? directoryTree(root) : await gitTree(root, base, [configFile]);
    Object.assign(settings, settingsOf(configFile, await ownConfig(tree)));
  }
  if (valuesPath !== undefined) settings.valuesPath = valuesPath;
  if (policyPath !== undefined) settings.policyPath = policyPath;
  return placesOf(settings);
}

function placesOf(settings: Settings): TreePlaces {
  let places: TreePlaces;
  try {
    places = readGitopsLayout({
      getOptional: key => settings[key.slice(key.lastIndexOf('.') + 1) as keyof Settings],
    });
  } catch (error) {
    if (error instanceof GitopsConfigError) throw new UsageError(error.message);
    throw error;
  }
  const open = [places.valuesPath, places.policyPath].find(one => one.includes('${'));
  if (open !== undefined) {
    throw new UsageError(
      `${open}: holds a variable, which is not known here; name the path with --values-path or --policy-path`,
    );
  }
  if (places.valuesPath.includes('{service}')) {
    throw new UsageError(
      `valuesPath ${places.valuesPath}: this program does not know more than one service a tenant yet; the portal does`,
    );
  }
  return places;
}

async function ownConfig(tree: Parameters<typeof readText>[0]): Promise<string | undefined> {
  try {
    return await readText(tree, configFile, maxConfigBytes);
  } catch (error) {
    if (!(error instanceof TreeError)) throw error;
    throw new UsageError(`${configFile} ${error.problem}: ${error.cure}`);
  }
}

function contentOf({ directory }: Context, file: string): string {
  try {
    return decode(readFileSync(path.resolve(directory, file)));
  } catch (error) {
    const reason = error instanceof TreeError ? error.problem : 'cannot be read';
    throw new UsageError(`--config ${file}: ${reason}`);
  }
}

function settingsOf(file: string, text: string | undefined): Settings {
  if (text === undefined) return {};
  const { documents, problems } = readYaml(text, { single: true });
  const [problem] = problems;
  if (documents.length === 0 && problem) {
    throw new UsageError(`${file}:${problem.line} ${problem.key} ${problem.problem}`);
  }
  const parsed = settingsSchema.safeParse(documents[0]?.value ?? {});
  return (parsed.success && parsed.data.tenantReleases?.gitops) || {};
}
