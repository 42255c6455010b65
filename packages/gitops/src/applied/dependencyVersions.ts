import type { Chart } from '../charts/chart';
import { imageValues } from '../charts/imageValues';
import { at, stringAt, type Traced, type TracedScalar } from '../traced/traced';
import {
  sorted,
  versionOf,
  type AppliedVersion,
  type VersionProblem,
  type VersionsFound,
} from './appliedVersion';
import { asVersion } from './likelyVersion';

/** The versions of dependencies that come from a registry: of their images where the values say one, else of the charts. */
export function dependencyVersions(
  chart: Chart,
  values: Traced | undefined,
  keys: readonly string[],
): VersionsFound {
  const shared = globalTag(values);
  const own = chart.dependencies.filter(({ key }) => keys.includes(key));
  const found = own.flatMap(({ key, name, version }): Array<AppliedVersion | VersionProblem> => {
    const below = imageValues(at(values, [key])).filter(({ isLikely }) => isLikely);
    if (below.length > 0)
      return below.map(value => asVersion({ ...value, service: value.service ?? key }));
    if (shared) return [versionOf(shared, { kind: 'yaml', service: key })];
    return version ? [versionOf(version, { kind: 'chart', image: name, service: key })] : [];
  });
  if (!shared || own.length === 0 || chart.templates.length > 0) return sorted(found);
  const others = values?.kind === 'map' ? [...values.entries] : [];
  const switchedOn = others.filter(
    ([key, block]) =>
      !keys.includes(key) &&
      stringAt(block, ['enabled']) === 'true' &&
      imageValues(block).length === 0,
  );
  return sorted([
    ...found,
    ...switchedOn.map(([key]) => versionOf(shared, { kind: 'yaml', service: key })),
  ]);
}

/** The tag that all charts of an umbrella share: `global.tag`, `global.image.tag`. */
function globalTag(values: Traced | undefined): TracedScalar | undefined {
  const found = [
    ['global', 'tag'],
    ['global', 'image', 'tag'],
    ['global', 'imageTag'],
  ]
    .map(path => at(values, path))
    .find(value => value?.kind === 'scalar' && value.value !== null && value.value !== '');
  return found?.kind === 'scalar' ? found : undefined;
}
