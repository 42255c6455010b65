import { isUnreadable, unreadable } from '../checkout/isUnreadable';
import { globMatches } from '../render/globs';
import { objectsOf } from '../kustomize/builtObject';
import { isArgocd } from '../applications/manifests';
import type { ApplicationSource } from '../applications/application';
import { at, stringAt } from '../traced/traced';
import type { ChartTools } from './chartTools';
import { objectVersions } from './objectVersions';
import { type SourceFinding, nothing } from './sourceFinding';

export function directory(
  { checkout }: ChartTools,
  source: ApplicationSource,
  folder: string,
): SourceFinding {
  const options = at(source.value, ['directory']);
  const isDeep = stringAt(options, ['recurse']) === 'true';
  const include = stringAt(options, ['include']);
  const exclude = stringAt(options, ['exclude']);
  const prefix = folder === '' ? '' : `${folder}/`;
  const files = checkout.files.filter(file => {
    const rest = file.slice(prefix.length);
    if (!file.startsWith(prefix) || !/\.(ya?ml|json)$/.test(file)) return false;
    if (!isDeep && rest.includes('/')) return false;
    if (exclude && globMatches(exclude, rest)) return false;
    return !include || globMatches(include, rest);
  });
  const objects = objectsOf(
    files.flatMap(file => checkout.documents(file).map(({ value }) => value)),
  );
  const found = objectVersions(objects);
  const isParent = objects.some(({ value }) => isArgocd(value));
  const broken = files.filter(file => isUnreadable(checkout, file));
  const problems = [...found.problems, ...broken.map(file => ({ reason: unreadable(file) }))];
  return { ...nothing, ...found, problems, folder, places: files, isParent };
}
