import {
  checkTree,
  type CheckReport,
  imagesOfTenants,
  isRefused,
  compareFindings,
  representatives,
  renderFindings,
  layout,
  directoryTree,
} from '@internal/gitops';
import { appendSummary } from '../output/github';
import {
  checkAsAnnotations,
  checkAsJson,
  checkAsMarkdown,
  checkAsText,
  type CheckResult,
} from './checkReport';
import { compareWithBase, resolveRef } from './compareWithBase';
import { checkOtherLayouts } from './checkOtherLayouts';
import {
  exitCodes,
  locateFolder,
  locateTree,
  parseInstant,
  type Context,
  type OutputFormat,
} from './context';
import { askRegistries } from './checkImages';
import { readRegistries, type RegistryOptions } from './registryOptions';
import { locateHelm } from './locateHelm';
import { readLayouts } from './layoutsFile';
import { readConfiguredLayouts, readPlaces, type PlaceOptions } from './readPlaces';

/** Options of `gitops check`. */
export interface CheckCommandOptions extends PlaceOptions, RegistryOptions {
  dir?: string;
  output: OutputFormat;
  base?: string;
  /** Absent: when Helm is there and something is compared. */
  render?: boolean;
  helm?: string;
  at?: string;
  /** Absent: those of the portal's configuration, else our own layout. */
  layouts?: string;
  /** Addresses by which Argo CD knows the repository. */
  repository?: string[];
}

/** `gitops check`: refuses a tree that must not be deployed. Answers the exit code. */
export async function checkCommand(
  context: Context,
  options: CheckCommandOptions,
): Promise<number> {
  const root = options.layouts ? locateFolder(context, options) : locateTree(context, options);
  const tip =
    options.base === undefined ? undefined : await resolveRef(root, '--base', options.base);
  const registries = readRegistries(context, options);
  const at = options.at === undefined ? context.now() : parseInstant('--at', options.at);
  const layouts = options.layouts
    ? readLayouts(context, options.layouts)
    : await readConfiguredLayouts(context, root, options, tip);
  const places = await readPlaces(context, root, options, tip);
  if (layouts) {
    const result = await checkOtherLayouts(context, root, options, {
      layouts,
      places,
      at,
      registries,
    });
    print(context, options.output, result);
    return isRefused(result) ? exitCodes.refused : exitCodes.done;
  }
  const helm = options.render === false ? undefined : await locateHelm(context, options);
  const comparison =
    options.base === undefined ? undefined : await compareWithBase(root, options.base, places);
  const own = context.ownRoot === undefined ? undefined : directoryTree(context.ownRoot);
  const report = await checkTree(directoryTree(root), {
    at,
    own,
    places,
    base: comparison?.base,
  });
  const result = { ...report, notes: [...(comparison?.notes ?? [])] };
  await renderChanged(root, helm, options, result);
  await askRegistries(registries, imagesOfTenants(report.tenants, report.base), result);
  print(context, options.output, { ...result, tenants: report.tenants.length });
  return isRefused(result) ? exitCodes.refused : exitCodes.done;
}

async function renderChanged(
  root: string,
  helm: string | undefined,
  { render: wanted }: CheckCommandOptions,
  result: CheckReport & Pick<CheckResult, 'notes'>,
): Promise<void> {
  const { base, tenants } = result;
  const own = base?.changed ?? new Set<string>();
  const everyone = base ? base.charts : wanted === true;
  const chosen = everyone
    ? representatives(tenants, own)
    : tenants.filter(({ name }) => own.has(name));
  const charted = result.findings.some(
    ({ file, severity }) => severity === 'error' && file === layout.schema,
  );
  if (wanted === false || chosen.length === 0 || charted) return;
  // Helm follows links, also out of the tree.
  if (result.findings.some(({ rule, file }) => rule === 'symlink' && file.startsWith('charts/'))) {
    result.notes.push('Not rendered: the charts hold symbolic links.');
    return;
  }
  if (!wanted && result.findings.some(({ file }) => file === layout.workloadChart)) {
    result.notes.push('Not rendered: the charts are not in this tree.');
    return;
  }
  if (helm === undefined) {
    result.notes.push('Not rendered: helm is not on the PATH (helm 3.16 or newer).');
    return;
  }
  const found = await renderFindings({ helm, tree: root }, chosen);
  result.findings = [...result.findings, ...found].sort(compareFindings);
  const valid = chosen.filter(({ file }) => file).length;
  const kinds = everyone ? ', one of each kind' : '';
  result.notes.push(`Rendered with helm: ${valid} of ${tenants.length} tenants${kinds}.`);
}

function print(context: Context, output: OutputFormat, result: CheckResult): void {
  const { write } = context;
  if (output === 'json') write(checkAsJson(result));
  else if (output === 'markdown') write(`${checkAsMarkdown(result)}\n`);
  else if (output === 'github') {
    write(checkAsAnnotations(result));
    appendSummary(context, checkAsMarkdown(result));
  } else write(checkAsText(result));
}
