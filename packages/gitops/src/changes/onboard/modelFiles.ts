import type { Deployment } from '../../applied/deployment';
import type { Checkout } from '../../checkout/checkout';
import { chartAbove } from '../../charts/chartAbove';
import { folderOf, join } from '../../checkout/paths';
import type { FoundRelease } from '../../doctor/release';
import { ChangeRefusal } from '../ChangeRefusal';
import { escapeExpression, TenantWords } from './tenantWords';

/** What a model is made of. */
export interface ModelFiles {
  words: TenantWords;
  /** Its own files. */
  files: string[];
  /** Files that it shares with others and may stand in. */
  shared: string[];
  /** Whether a text is about another environment, cluster or service than was chosen. */
  isOfOthers(text: string): boolean;
  /** The path of a file of the model for another tenant; the path itself where it is no file of the model alone. */
  pathOf(file: string, put: (name: 'tenant' | 'tenantLabel') => string): string;
  /** What a person should know. */
  notes: string[];
}

/**
 * Finds what a tenant's releases are made of: what they read, the files beside it in folders that have the tenant's name, the
 * manifests of their Applications, and files that other tenants have too.
 *
 * @param chosen - the model's releases
 * @throws ChangeRefusal when they cannot be told apart from those of others
 */
export function modelFiles(
  checkout: Checkout,
  deployments: readonly Deployment[],
  releases: readonly FoundRelease[],
  chosen: readonly FoundRelease[],
): ModelFiles {
  const [{ tenant: model }] = chosen;
  const others = releases.filter(({ tenant }) => tenant !== model);
  const ids = [...new Set(others.map(({ tenant }) => tenant))];
  const words = new TenantWords(model, ids);
  // A file that stands for a release of one tenant is no shared one.
  const places = new Set(others.map(({ deployed }) => deployed.place));
  const foreign = new Set(others.flatMap(({ deployed }) => [deployed.place, ...deployed.reads]));
  const above = new Set([...foreign].flatMap(withFolders));
  const isShared = (folder: string) => above.has(folder);
  const pathOf: ModelFiles['pathOf'] = (file, put) => {
    const names = file.split('/');
    const replaced = names.map((name, index) =>
      words.isIn(name) && !isShared(names.slice(0, index + 1).join('/'))
        ? words.replace(name, put)
        : name,
    );
    return replaced.join('/');
  };
  const isOwn = (file: string) => pathOf(file, () => '\0') !== file;
  const isOfOthers = othersThan(releases, chosen, words);
  const names = new Set(chosen.map(({ application }) => application));
  const applications = deployments.flatMap(({ application }) =>
    application && names.has(application.name) ? [application] : [],
  );
  const made = applications.filter(
    ({ applicationSet, madeFrom, file }) =>
      applicationSet !== undefined || madeFrom.length > 0 || chartOf(checkout, file) !== undefined,
  );
  const manifests = applications
    .filter(one => !made.includes(one) && one.file !== '')
    .map(({ file }) => file);
  const unowned = manifests.find(file => !isOwn(file));
  if (unowned !== undefined) {
    throw new ChangeRefusal(
      `from ${model}: its Application stands in ${unowned}, whose path does not hold ${model}: give it a file such as ${model}.yaml, or use skeletons (onboarding.files)`,
    );
  }
  const reads = new Set(
    chosen.flatMap(({ file, deployed }) => [deployed.place, file, ...deployed.reads]),
  );
  const folders = [...reads]
    .map(place => (checkout.isFolder(place) ? place : folderOf(place)))
    .filter(isOwn);
  const unlike = chosen
    .flatMap(({ deployed: { layout, place } }) => (layout.path ? [place] : []))
    .find(place => !isOwn(place));
  if (unlike !== undefined) {
    throw new ChangeRefusal(
      `from ${model}: ${unlike} does not hold ${model} in its path, or holds other tenants too: use skeletons (onboarding.files)`,
    );
  }
  const hasPeer = (file: string) => ids.some(id => checkout.has(pathOf(file, () => id)));
  const files: string[] = [];
  const notes: string[] = [];
  for (const file of checkout.files.filter(isOwn)) {
    const isNear =
      reads.has(file) ||
      manifests.includes(file) ||
      folders.some(folder => file.startsWith(`${folder}/`));
    if (isOfOthers(file)) continue;
    if (isNear || hasPeer(file)) files.push(file);
    else notes.push(`not copied: ${file}, which no other tenant has the like of`);
  }
  const link = (checkout.links ?? []).find(
    path => isOwn(path) && !isOfOthers(path) && folders.some(one => path.startsWith(`${one}/`)),
  );
  if (link !== undefined) {
    throw new ChangeRefusal(`${link}: is a symbolic link: replace it by what it leads to`);
  }
  const registries = chosen.flatMap(
    ({ deployed }) => deployed.layout.settings.facts?.registry ?? [],
  );
  const sources = made.flatMap(({ file, madeFrom }) => [
    ...[file, ...madeFrom],
    ...valuesOf(checkout, deployments, chartOf(checkout, file)),
  ]);
  const kustomizations = checkout.files.filter(file => /(^|\/)kustomization\.ya?ml$/.test(file));
  const shared = [...new Set([...registries, ...sources, ...kustomizations])].filter(
    file => checkout.has(file) && !isOwn(file) && !isBelow(places, file),
  );
  return { words, files, shared, isOfOthers, pathOf, notes };
}

/** The folder of the chart that makes an Application. @param file - where its manifest stands */
function chartOf(checkout: Checkout, file: string): string | undefined {
  const isTemplate = /(^|\/)templates\//.test(file) || checkout.has(join(file, 'Chart.yaml'));
  return isTemplate ? chartAbove(checkout, join(file, 'Chart.yaml'))?.folder : undefined;
}

/** Values that a chart is rendered with, which may name tenants. */
function valuesOf(
  checkout: Checkout,
  deployments: readonly Deployment[],
  chart: string | undefined,
): string[] {
  if (chart === undefined) return [];
  const own = checkout.list(chart).filter(name => /^values[^/]*\.ya?ml$/.test(name));
  const given = deployments.filter(({ folder }) => folder === chart).flatMap(one => one.places);
  return [...own.map(name => join(chart, name)), ...given];
}

/** A place and the folders above it. */
function withFolders(place: string): string[] {
  const all: string[] = [];
  for (let at = place; at !== ''; at = folderOf(at)) all.push(at);
  return all;
}

/** Whether a place, or a folder above it, is one of some places. */
function isBelow(places: ReadonlySet<string>, place: string): boolean {
  return withFolders(place).some(at => places.has(at));
}

function othersThan(
  releases: readonly FoundRelease[],
  chosen: readonly FoundRelease[],
  words: TenantWords,
): (text: string) => boolean {
  const names = chosen[0].deployed.layout.path?.names ?? [];
  const said = (['environment', 'cluster', 'service'] as const).filter(name =>
    names.includes(name),
  );
  const foreign = said.flatMap(name => {
    const own = new Set(chosen.map(release => release[name]));
    const all = new Set(releases.map(release => release[name]));
    return [...all].filter(one => one !== undefined && !own.has(one) && one !== words.tenant);
  });
  if (foreign.length === 0) return () => false;
  const sources = foreign.map(one => escapeExpression(String(one)));
  const expression = new RegExp(`(?<![A-Za-z0-9])(?:${sources.join('|')})(?![A-Za-z0-9])`);
  return text => expression.test(words.replace(text, () => '\0'));
}
