import type { Checkout } from '../checkout/checkout';
import { folderOf, join, nameOf } from '../checkout/paths';
import { isInUse } from '../applications/manifests';
import type { ChartTools } from '../applied/chartTools';
import type { Deployment } from '../applied/deployment';
import { chartAbove, environmentOf } from '../charts/chartAbove';
import { readChart } from '../charts/chart';
import { imageValues, oddTags } from '../charts/imageValues';
import { standalone } from '../doctor/standaloneFiles';
import { entriesAt, stringAt, type Traced } from '../traced/traced';
import { isPlainEnvironment, saidBy } from '../layout/words';

/** Files of tools that hold images and are no release. */
const otherFiles =
  /(^|\/)(docker-)?compose[^/]*\.ya?ml$|(^|\/)(\.gitlab-ci|skaffold|Tiltfile|buildspec|cloudbuild|azure-pipelines|catalog-info|mkdocs|package|package-lock|tsconfig|renovate)[^/]*$/i;

/** What many have in common is no release. */
const shared = /^(bases?|common|shared|defaults?|global|templates?|library)$/i;

/**
 * Values files, umbrella charts and flat files that a person lays out by tenant or environment, in a repository whose Applications
 * are made elsewhere. A file counts when its folder or name says whose it is.
 */
export async function valuesFiles(tools: ChartTools): Promise<Deployment[]> {
  const { checkout } = tools;
  const files = checkout.files.filter(
    file =>
      isInUse(file) &&
      !otherFiles.test(file) &&
      saysWhose(checkout, file) &&
      mayHold(checkout, file),
  );
  const umbrellas = checkout.files.filter(
    file =>
      /(^|\/)Chart\.yaml$/.test(file) && isInUse(file) && isUmbrella(checkout, folderOf(file)),
  );
  const places = [
    ...umbrellas.map(file => valuesOr(checkout, file)),
    ...files.filter(file => !umbrellas.some(chart => folderOf(chart) === folderOf(file))),
  ];
  const found = await Promise.all(places.map(place => standalone(tools, place)));
  return found
    .filter(one => one !== undefined)
    .filter(
      ({ versions, problems }) => versions.length > 0 || problems.some(({ origin }) => origin),
    );
}

/** An umbrella is known by its values, where it has some. */
function valuesOr(checkout: Checkout, chart: string): string {
  const values = join(folderOf(chart), 'values.yaml');
  return checkout.has(values) ? values : chart;
}

function isUmbrella(checkout: Checkout, folder: string): boolean {
  const chart = readChart(checkout, folder);
  if (!chart || chart.templates.length > 0 || chart.dependencies.length === 0) return false;
  return folder.split('/').some((name, index, all) => saysFolder(name, all[index - 1]));
}

function saysFolder(name: string, above: string | undefined): boolean {
  const said = above === undefined ? undefined : saidBy(above);
  return (
    isPlainEnvironment(name) || said === 'tenant' || said === 'environment' || said === 'cluster'
  );
}

/** Whether a path names a tenant or an environment. */
function saysWhose(checkout: Checkout, file: string): boolean {
  const name = nameOf(file);
  const folders = folderOf(file).split('/');
  const stem = name.replace(/\.(ya?ml|json)$/i, '');
  if (isPartOfChart(checkout, file)) return false;
  if (folders.some(folder => shared.test(folder))) return false;
  if (/^.+[-_.]values$/i.test(stem)) return !shared.test(stem.replace(/[-_.]values$/i, ''));
  if (environmentOf(name) !== undefined) return true;
  return (
    saysFolder(stem, folders[folders.length - 1]) ||
    folders.some((folder, index) => saysFolder(folder, folders[index - 1]))
  );
}

/**
 * A chart's own values are a default, and its templates and tests are no release. What it reads besides, by environment, is one: a
 * values file that names a plain environment, or a file without an extension.
 */
function isPartOfChart(checkout: Checkout, file: string): boolean {
  const chart = chartAbove(checkout, file);
  if (!chart) return false;
  const rest = file.slice(chart.folder === '' ? 0 : chart.folder.length + 1);
  if (/^(templates|charts|ci|crds)\//.test(rest)) return true;
  if (environmentOf(nameOf(file)) !== undefined) return false;
  return chart.templates.length > 0 ? /\./.test(nameOf(file)) : rest !== 'values.yaml';
}

function mayHold(checkout: Checkout, file: string): boolean {
  const extension = /\.([^./]+)$/.exec(nameOf(file))?.[1];
  if (extension !== undefined && !/^(ya?ml|json)$/.test(extension)) return false;
  const text = checkout.text(file) ?? '';
  if (!/tag|image|version/i.test(text) || text.length > 512 * 1024) return false;
  return checkout
    .documents(file)
    .slice(0, 1)
    .some(({ value }) => isValues(value));
}

/** No Kubernetes object, no list, and an image or a tag in it. */
function isValues(value: Traced): boolean {
  if (
    value.kind !== 'map' ||
    stringAt(value, ['kind']) !== undefined ||
    stringAt(value, ['apiVersion']) !== undefined
  )
    return false;
  if (entriesAt(value, []).has('services') && stringAt(value, ['version']) !== undefined)
    return false;
  return imageValues(value).some(({ isLikely }) => isLikely) || oddTags(value).length > 0;
}
