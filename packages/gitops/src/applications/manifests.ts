import type { Checkout } from '../checkout/checkout';
import { isUnreadable } from '../checkout/isUnreadable';
import { folderOf, join, pathFrom } from '../checkout/paths';
import { buildKustomization, isRemote } from '../kustomize/buildKustomization';
import { findKustomization } from '../kustomize/findKustomization';
import { objectsOf } from '../kustomize/builtObject';
import { itemsAt, plain, stringAt, type Traced } from '../traced/traced';

/** Folders whose manifests nobody applies. */
const unused =
  /(^|\/)(testdata|tests?|__tests__|fixtures?|e2e|docs?|documentation|[._][^/]+|vendor|skeletons?|cookiecutter[^/]*|archived?|deprecated|backups?|examples?|samples?|bin|node_modules)\//i;

/** Whether a file is one that somebody may apply. */
export function isInUse(file: string): boolean {
  return !unused.test(file);
}

/** An Application or ApplicationSet, as it would be applied. */
export interface ArgocdManifest {
  value: Traced;
  file: string;
  line: number;
  /** Values file of the chart that makes it. */
  madeFrom?: string;
}

/** Finds the Applications and ApplicationSets that stand in a checkout, those in kustomizations as these build them. */
export function findManifests(checkout: Checkout): ArgocdManifest[] {
  const files = checkout.files.filter(
    file =>
      /\.(ya?ml|json)$/.test(file) &&
      isInUse(file) &&
      !isTemplate(checkout, file) &&
      mayHold(checkout.text(file)),
  );
  const plainFiles = new Map(files.map(file => [file, manifestsIn(checkout, file)]));
  for (const [file, manifests] of plainFiles) if (manifests.length === 0) plainFiles.delete(file);
  const built = kustomized(checkout, new Set(plainFiles.keys()));
  const all = [
    ...[...plainFiles].flatMap(([file, manifests]) => (built.files.has(file) ? [] : manifests)),
    ...built.manifests,
  ];
  return unique(all);
}

/** Files that hold an Application or ApplicationSet by their text and are no YAML: what they make is not known. */
export function unreadableManifests(checkout: Checkout): string[] {
  return checkout.files.filter(
    file =>
      /\.(ya?ml|json)$/.test(file) &&
      isInUse(file) &&
      !isTemplate(checkout, file) &&
      mayHold(checkout.text(file)) &&
      /^[ \t"'{]*kind["']?:\s*["']?Application(Set)?\b/m.test(checkout.text(file) ?? '') &&
      isUnreadable(checkout, file),
  );
}

function mayHold(text: string | undefined): boolean {
  return text !== undefined && /argoproj\.io\//.test(text) && /\bApplication(Set)?\b/.test(text);
}

/** Whether a file is a template of a chart, which says nothing until it is rendered. */
function isTemplate(checkout: Checkout, file: string): boolean {
  const index = `/${file}`.lastIndexOf('/templates/');
  if (index < 0) return false;
  const folder = file.slice(0, Math.max(0, index - 1));
  return checkout.has(join(folder, 'Chart.yaml'));
}

function manifestsIn(checkout: Checkout, file: string): ArgocdManifest[] {
  return objectsOf(checkout.documents(file).map(({ value }) => value)).flatMap(({ value }) =>
    isArgocd(value) ? [{ value, file, line: value.origin?.line ?? 1 }] : [],
  );
}

/** Whether an object is an Application or ApplicationSet. */
export function isArgocd(value: Traced): boolean {
  return (
    /^Application(Set)?$/.test(stringAt(value, ['kind']) ?? '') &&
    (stringAt(value, ['apiVersion']) ?? '').startsWith('argoproj.io/')
  );
}

/** Builds the kustomizations that no other one brings in and that reach one of the files. */
function kustomized(checkout: Checkout, files: ReadonlySet<string>) {
  const wanted = new Set([...files].map(folderOf));
  const folders = checkout.files
    .filter(file => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(file) && isInUse(file))
    .map(folderOf);
  const references = new Map(folders.map(folder => [folder, referencesOf(checkout, folder)]));
  const lent = new Set([...references.values()].flat());
  const reaches = (folder: string, seen: Set<string>): boolean => {
    if (seen.has(folder)) return false;
    seen.add(folder);
    const all = references.get(folder) ?? [];
    return (
      all.some(path => files.has(path) || reaches(path, seen)) ||
      (wanted.has(folder) && all.some(path => files.has(path)))
    );
  };
  const found = { files: new Set<string>(), manifests: [] as ArgocdManifest[] };
  for (const folder of folders) {
    if (lent.has(folder) || !reaches(folder, new Set())) continue;
    const build = buildKustomization(checkout, folder);
    for (const file of build.files) found.files.add(file);
    for (const { value } of build.objects) {
      if (!isArgocd(value)) continue;
      const origin = value.origin ?? originIn(value);
      found.manifests.push({
        value,
        file: origin?.file ?? findKustomization(checkout, folder)!,
        line: origin?.line ?? 1,
      });
    }
  }
  return found;
}

/** The place of the first part of an object that stands in a file. */
function originIn(value: Traced): Traced['origin'] {
  if (value.origin) return value.origin;
  if (value.kind === 'scalar') return undefined;
  const parts = value.kind === 'map' ? [...value.entries.values()] : value.items;
  for (const part of parts) {
    const found = originIn(part);
    if (found) return found;
  }
  return undefined;
}

/** Files and folders that a kustomization names. */
export function referencesOf(checkout: Checkout, folder: string): string[] {
  const file = findKustomization(checkout, folder);
  const value = file && checkout.documents(file)[0]?.value;
  if (!value) return [];
  return ['resources', 'bases', 'components'].flatMap(key =>
    itemsAt(value, [key]).flatMap(item => {
      const text = stringAt(item, []);
      if (text === undefined) return [];
      return isRemote(text) ? text : pathFrom(folder, text) ?? [];
    }),
  );
}

/** Two overlays may apply one object alike. */
function unique(manifests: readonly ArgocdManifest[]): ArgocdManifest[] {
  const known = new Set<string>();
  return manifests.filter(({ value, file }) => {
    const key = `${file}\n${stringAt(value, ['metadata', 'name'])}\n${JSON.stringify(
      plain(value),
    )}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
