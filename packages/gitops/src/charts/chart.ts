import type { Checkout } from '../checkout/checkout';
import { join, pathFrom } from '../checkout/paths';
import { at, itemsAt, stringAt, type TracedScalar } from '../traced/traced';

/** A chart in the repository. */
export interface Chart {
  folder: string;
  name: string;
  /** Files of its templates, without those of its dependencies. */
  templates: string[];
  appVersion?: TracedScalar;
  version?: TracedScalar;
  dependencies: ChartDependency[];
}

/** A chart that another one brings in. */
export interface ChartDependency {
  name: string;
  /** The key of its values: the alias, else the name. */
  key: string;
  /** Key of the values that switches it on, with dots. */
  condition?: string;
  version?: TracedScalar;
  /** Where it is in this repository; absent when it comes from a registry. */
  folder?: string;
}

/** The chart in a folder; undefined when there is none. */
export function readChart(checkout: Checkout, folder: string): Chart | undefined {
  const file = join(folder, 'Chart.yaml');
  const value = checkout.documents(file)[0]?.value;
  if (!value) return undefined;
  const prefix = join(folder, 'templates/');
  const names = itemsAt(value, ['dependencies']).map(
    item => stringAt(item, ['alias']) ?? stringAt(item, ['name']) ?? '',
  );
  return {
    folder,
    name: stringAt(value, ['name']) ?? '',
    templates: templatesBelow(checkout, prefix),
    ...scalarAt(at(value, ['appVersion']), 'appVersion'),
    ...scalarAt(at(value, ['version']), 'version'),
    dependencies: itemsAt(value, ['dependencies']).map((item, index) => {
      const name = stringAt(item, ['name']) ?? '';
      const isAlone = itemsAt(value, ['dependencies']).filter(other => stringAt(other, ['name']) === name).length === 1;
      const repository = stringAt(item, ['repository']) ?? '';
      const condition = stringAt(item, ['condition'])?.split(',')[0];
      const place = repository.startsWith('file://')
        ? pathFrom(folder, repository.slice('file://'.length))
        : join(folder, `charts/${name}`);
      const version = at(item, ['version']);
      const path = ['dependencies', isAlone ? { name } : index, 'version'];
      return {
        name,
        key: names[index],
        ...(condition ? { condition } : {}),
        ...(version?.kind === 'scalar' && version.origin
          ? { version: { ...version, origin: { ...version.origin, path } } }
          : {}),
        ...(place !== undefined && checkout.has(join(place, 'Chart.yaml')) ? { folder: place } : {}),
      };
    }),
  };
}

function scalarAt(value: ReturnType<typeof at>, key: 'appVersion' | 'version') {
  return value?.kind === 'scalar' && value.value !== null ? { [key]: value } : {};
}

function templatesBelow(checkout: Checkout, prefix: string): string[] {
  const folders = [prefix.slice(0, -1)];
  const files: string[] = [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const name of checkout.list(folder)) {
      const path = join(folder, name);
      if (checkout.isFolder(path)) folders.push(path);
      else files.push(path);
    }
  }
  return files.sort();
}
