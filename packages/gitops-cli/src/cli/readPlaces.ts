import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  formatKey,
  GitopsConfigError,
  LayoutError,
  parseLayouts,
  type Layout,
  readGitopsLayout,
  readYaml,
  typeName,
  gitTree,
  type TreePlaces,
  directoryTree,
  decode,
  readText,
  TreeError,
} from '@internal/gitops';
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

/** Blocks that lead to the settings, from the outermost on. */
const blocks = ['tenantReleases', 'gitops'];

type Settings = {
  valuesPath?: unknown;
  policyPath?: unknown;
  maxFileBytes?: unknown;
  layouts?: unknown;
};

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
  options: PlaceOptions,
  base?: string,
): Promise<TreePlaces> {
  return placesOf(await readSettings(context, root, options, base));
}

/** The layouts of the portal's configuration, of the same place as {@link readPlaces}; undefined where it has none. */
export async function readConfiguredLayouts(
  context: Context,
  root: string,
  options: PlaceOptions,
  base?: string,
): Promise<Layout[] | undefined> {
  const { layouts } = await readSettings(context, root, options, base);
  if (layouts === undefined) return undefined;
  try {
    return parseLayouts({ layouts });
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    throw new UsageError(`tenantReleases.gitops.${error.message}`);
  }
}

async function readSettings(
  context: Context,
  root: string,
  { config = [], valuesPath, policyPath }: PlaceOptions,
  base: string | undefined,
): Promise<Settings> {
  const settings: Settings = {};
  if (config.length > 0) {
    for (const file of config) Object.assign(settings, settingsOf(file, contentOf(context, file)));
  } else {
    const tree = base === undefined ? directoryTree(root) : await gitTree(root, base, [configFile]);
    try {
      Object.assign(settings, settingsOf(configFile, await ownConfig(tree)));
    } catch (error) {
      // Who names both paths does not have to mend the portal's configuration first.
      if (valuesPath === undefined || policyPath === undefined) throw error;
    }
  }
  if (valuesPath !== undefined) settings.valuesPath = valuesPath;
  if (policyPath !== undefined) settings.policyPath = policyPath;
  return settings;
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
  const [document] = documents;
  let value = document?.value ?? {};
  for (const depth of [0, 1, 2]) {
    const keys = blocks.slice(0, depth);
    if (depth === blocks.length && Array.isArray(value)) value = ownOf(value, file, document);
    const why = whyNoBlock(value);
    if (why !== undefined) {
      const { line } = document?.at(keys) ?? { line: 1 };
      throw new UsageError(
        `${file}:${line} ${formatKey(
          keys,
        )} ${why}; name the paths with --config, or with --values-path and --policy-path`,
      );
    }
    if (depth < blocks.length) value = (value as Record<string, unknown>)[blocks[depth]] ?? {};
  }
  return value as Settings;
}

/** Of a list of repositories, the one whose layout is the portal's own: that has tenant files. */
function ownOf(list: unknown[], file: string, document: { at(keys: string[]): { line: number } }) {
  const isOwn = (item: unknown) =>
    whyNoBlock(item) === undefined && (item as { layouts?: unknown }).layouts === undefined;
  const [own, ...others] = list.filter(isOwn) as object[];
  if (own !== undefined && others.length === 0) return own;
  const problem = own === undefined ? 'names no repository' : 'names more than one repository';
  throw new UsageError(
    `${file}:${document.at(blocks).line} ${formatKey(
      blocks,
    )} ${problem} without layouts; name the paths with --values-path and --policy-path`,
  );
}

/** Why a value holds no keys that can be read here; `undefined` when it is a block of keys. */
function whyNoBlock(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `must be a block of keys, but is ${typeName(value)}`;
  }
  // https://backstage.io/docs/conf/writing#includes-and-dynamic-data
  const include = Object.keys(value).find(key => key.startsWith('$'));
  return include === undefined ? undefined : `holds ${include}, which is not followed here`;
}
