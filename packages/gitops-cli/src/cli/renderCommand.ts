import {
  ChartRefusal,
  HelmError,
  checkApplications,
  findTenantFiles,
  linkFindings,
  renderChart,
  withHelmHome,
  type ChartUse,
  layout,
  pathIn,
  type TreePlaces,
  readText,
  directoryTree,
  TreeError,
  type TreeSource,
} from '@internal/gitops';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import { locateHelm } from './locateHelm';
import { exitCodes, locateFolder, locateTree, type Context } from './context';
import { layoutRender } from './layoutRender';
import { readLayouts } from './layoutsFile';
import { readConfiguredLayouts, readPlaces, type PlaceOptions } from './readPlaces';
import { UsageError } from './usageError';

/** Options of `gitops render`. */
export interface RenderCommandOptions extends PlaceOptions {
  dir?: string;
  helm?: string;
  kubectl?: string;
  /** The same as the argument. */
  tenant?: string;
  /** Absent: those of the portal's configuration, else our own layout. */
  layouts?: string;
  /** With layouts: only these. */
  service?: string;
  environment?: string;
  cluster?: string;
  /** Addresses by which Argo CD knows the repository. */
  repository?: string[];
  argocdFile?: string;
}

/** `gitops render`: prints what Argo CD would apply for a tenant. Answers the exit code. */
export async function renderCommand(
  context: Context,
  name: string | undefined,
  options: RenderCommandOptions,
): Promise<number> {
  const tenant = tenantOf(name, options);
  const root = options.layouts ? locateFolder(context, options) : locateTree(context, options);
  const layouts = options.layouts
    ? readLayouts(context, options.layouts)
    : await readConfiguredLayouts(context, root, options);
  if (layouts) return layoutRender(context, root, tenant, { layouts, options });
  const [more] = (['service', 'environment', 'cluster'] as const).filter(key => options[key]);
  if (more) throw new UsageError(`--${more} needs --layouts, or layouts in the configuration`);
  const places = await readPlaces(context, root, options);
  const problem = tenantNameProblem(tenant);
  if (problem) throw new UsageError(problem.replace(/^name: /, '<tenant> '));
  const helm = await locateHelm(context, { helm: options.helm, render: true });
  if (helm === undefined) throw new UsageError('helm is not on the PATH');
  const uses = await usesOf(directoryTree(root), tenant, places);
  if (Array.isArray(uses)) {
    return withHelmHome(async home => {
      for (const use of uses) {
        try {
          const text = await renderChart({ helm, tree: root, home }, use);
          context.write(`# Application ${use.release}\n${text}`);
        } catch (error) {
          if (!(error instanceof ChartRefusal) && !(error instanceof HelmError)) throw error;
          context.warn(error.message);
          return exitCodes.refused;
        }
      }
      return exitCodes.done;
    });
  }
  context.warn(uses.refused);
  return exitCodes.refused;
}

function tenantOf(name: string | undefined, { tenant }: RenderCommandOptions): string {
  const found = name ?? tenant;
  if (!found) throw new UsageError('name the tenant: gitops render <tenant>');
  if (name !== undefined && tenant !== undefined && name !== tenant) {
    throw new UsageError(`<tenant> ${name} and --tenant ${tenant} are not the same: give one`);
  }
  return found;
}

/** What the tenant's Applications deploy; refused when they are not those that belong to the tenant. */
async function usesOf(
  tree: TreeSource,
  tenant: string,
  places: TreePlaces,
): Promise<ChartUse[] | { refused: string }> {
  const file = `${layout.applications}/${tenant}.yaml`;
  const { files } = await findTenantFiles(tree, places);
  const known = files.find(({ path }) => places.matchTenantFile(path)?.tenant === tenant);
  const values = known?.path ?? pathIn(places, tenant);
  // Helm follows links, also out of the tree.
  const [link] = (await linkFindings(tree, places)).filter(({ file: path }) =>
    path.startsWith('charts/'),
  );
  if (link) return { refused: `${link.file} ${link.problem}: ${link.cure}` };
  let reading = values;
  try {
    if ((await readText(tree, values, places.maxFileBytes)) === undefined) {
      throw new UsageError(`There is no tenant ${tenant}: ${values} is missing`);
    }
    reading = file;
    const text = await readText(tree, file, places.maxFileBytes);
    if (text === undefined) return { refused: `${file} is missing: nothing deploys ${tenant}` };
    const { applications, findings } = checkApplications(file, tenant, text, {}, places);
    const [first] = findings;
    if (first)
      return {
        refused: `${first.file}:${first.line} ${first.key} ${first.problem}: ${first.cure}`,
      };
    return applications.map(({ application: { metadata, spec } }) => ({
      chart: spec.source?.path ?? '',
      release: metadata.name,
      namespace: spec.destination.namespace ?? tenant,
      values,
    }));
  } catch (error) {
    if (!(error instanceof TreeError)) throw error;
    return { refused: `${reading} ${error.problem}: ${error.cure}` };
  }
}
