import path from 'node:path';
import type { Application, ApplicationSource } from '../applications/application';
import type { Ownership } from '../applied/ownership';
import { filesAt, sourceValues, substitute, withSourceFiles } from '../applied/sourceValues';
import { sourceKind } from '../applied/sourceVersions';
import { defaultValues } from '../charts/chartValues';
import { readChart } from '../charts/chart';
import type { Checkout } from '../checkout/checkout';
import { plainPath } from '../checkout/paths';
import { buildKustomization } from '../kustomize/buildKustomization';
import { mergeTraced } from '../traced/mergeTraced';
import { withoutUser } from '../text/withoutUser';
import { at, plain, stringAt } from '../traced/traced';
import { sourceSchema, type ApplicationSource as PlainSource } from './applicationSource';
import { emptyTree, lay, layChart } from './layOut';
import { RenderError } from './RenderError';
import type { PlacedSource } from './renderSource';

/** A source of an Application, and where things are. */
export interface SourceAt {
  checkout: Checkout;
  own: Ownership;
  application: Application;
  source: ApplicationSource;
  /** A folder on disk of its own. */
  scratch: string;
}

/**
 * Writes what a source is rendered from to disk.
 *
 * @throws RenderError that says what of it is not in the repository
 */
export async function placeSource(what: SourceAt): Promise<PlacedSource> {
  const { own, application, source: given, scratch } = what;
  const checkout = checkoutOf(what.checkout, own, given);
  const directory = plainPath(given.path ?? '');
  if (directory === undefined || !checkout.isFolder(directory)) {
    throw new RenderError(`its path ${given.path} is not in the repository`);
  }
  const { source } = withSourceFiles(checkout, application, given);
  const root = path.join(scratch, 'own');
  const tree = await emptyTree(root);
  const trees = new Map<string, string>();
  const placed = { root, directory, trees, source: plainSource(source) };
  const kind = placed.source.helm ? 'helm' : sourceKind(checkout, source, directory);
  if (placed.source.plugin) return placed;
  if (kind === 'kustomize') {
    await layKustomization(checkout, tree, directory, source);
    return placed;
  }
  if (kind === 'directory') {
    await lay(checkout, tree, directory);
    return placed;
  }
  const isOurs = (one: ApplicationSource) => own.isOurs(one.repoURL);
  const chart = readChart(checkout, directory);
  const { values } = sourceValues(checkout, application, source, isOurs);
  const all = chart && mergeTraced(defaultValues(checkout, chart), values);
  await layChart(checkout, tree, directory, all);
  const { helm = {} } = placed.source;
  const valueFiles: string[] = [];
  for (const entry of helm.valueFiles ?? []) {
    const name = substitute(entry, application);
    const { ref, owner } = ownerOf(application, source, name);
    const there = ref === undefined ? checkout : checkoutOf(what.checkout, own, owner);
    const to = ref === undefined ? tree : await emptyTree(path.join(scratch, `ref-${ref}`));
    if (ref !== undefined) trees.set(ref, to.root);
    const found = filesAt(there, application, source, name, isOurs) ?? [];
    for (const file of found) await lay(there, to, file);
    const begin = ref === undefined ? '/' : `$${ref}/`;
    // Helm itself says that a file is not there.
    valueFiles.push(...(found.length > 0 ? found.map(file => begin + file) : [name]));
  }
  const fileParameters = (helm.fileParameters ?? []).map(one => ({
    ...one,
    path: substitute(one.path, application),
  }));
  for (const { path: file } of fileParameters) {
    const [found] = filesAt(checkout, application, source, file, isOurs) ?? [];
    if (found !== undefined) await lay(checkout, tree, found);
  }
  return { ...placed, source: { ...placed.source, helm: { ...helm, valueFiles, fileParameters } } };
}

/** The checkout that a source is in. @throws RenderError */
function checkoutOf(
  checkout: Checkout,
  own: Ownership,
  { repoURL, chart, targetRevision }: ApplicationSource,
): Checkout {
  const address = withoutUser(repoURL);
  if (chart !== undefined) {
    const whole = `the chart ${chart} ${targetRevision} of ${address}`;
    throw new RenderError(`${whole} is not in the repository`);
  }
  if (!own.isOurs(repoURL)) throw new RenderError(`${address} is another repository`);
  const found = own.isOwnRevision(targetRevision) ? checkout : checkout.at?.(targetRevision);
  if (!found) throw new RenderError(`it follows ${targetRevision}, which is not read here`);
  return found;
}

/** The source that a values file stands in. @throws RenderError */
function ownerOf({ sources }: Application, source: ApplicationSource, name: string) {
  if (/^secrets(\+[^?]*\?|:\/\/)/.test(name)) {
    throw new RenderError(`its values file ${name} is encrypted, and is not decrypted here`);
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) {
    throw new RenderError(`its values file ${withoutUser(name)} is not in the repository`);
  }
  const [, ref] = /^\$([^/]+)\//.exec(name) ?? [];
  const owner = ref === undefined ? source : sources.find(one => one.ref === ref);
  if (!owner) throw new RenderError(`its values file ${name} names a source that it does not have`);
  return { ref, owner };
}

async function layKustomization(
  checkout: Checkout,
  tree: Awaited<ReturnType<typeof emptyTree>>,
  directory: string,
  source: ApplicationSource,
): Promise<void> {
  const value = at(source.value, ['kustomize']);
  const build = buildKustomization(checkout, directory, value ? { value } : {});
  const [chart] = build.charts;
  if (chart) {
    const name = stringAt(chart.value, ['name']) ?? '';
    throw new RenderError(`its helmCharts take in the chart ${name}, which is not rendered here`);
  }
  if (build.isPartial) throw new RenderError(build.problems.join('; '));
  const folders = [...build.folders].sort();
  for (const [index, folder] of folders.entries()) {
    const isBelow = folders.slice(0, index).some(one => one === '' || folder.startsWith(`${one}/`));
    if (!isBelow) await lay(checkout, tree, folder);
  }
  for (const file of build.files) {
    if (!folders.some(one => one === '' || file.startsWith(`${one}/`)))
      await lay(checkout, tree, file);
  }
}

function plainSource({ value }: ApplicationSource): PlainSource {
  const parsed = sourceSchema.safeParse(plain(value));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RenderError(`${['source', ...issue.path].join('.')}: ${issue.message}`);
}
