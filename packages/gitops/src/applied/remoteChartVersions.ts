import { imageValues, type ImageValue } from '../charts/imageValues';
import type { Traced, TracedScalar } from '../traced/traced';
import { lastPart } from '../locate/imageReference';
import { sorted, versionOf, type VersionsFound } from './appliedVersion';
import { asVersion } from './likelyVersion';

/** An image at the top beside tags without an image of their own: only the chart tells which of them count. */
function isAmbiguous(likely: readonly ImageValue[]): boolean {
  const isTop = likely.some(({ path }) => path.length <= 2 && path[0] === 'image');
  return isTop && likely.some(({ path, image }) => path.length > 2 && image === undefined);
}

/** The version of a chart that comes from a registry, as an Application or a kustomization names it. */
export function remoteChartVersions(
  name: string,
  version: TracedScalar | undefined,
  values: Traced | undefined,
): VersionsFound {
  const likely = imageValues(values).filter(({ isLikely }) => isLikely);
  const [first] = likely;
  if (first) {
    if (isAmbiguous(likely)) {
      const reason = `several values may be the version, and the chart ${name} is not in this repository`;
      return {
        versions: [],
        problems: [{ reason, ...(first.scalar.origin ? { origin: first.scalar.origin } : {}) }],
      };
    }
    return sorted(
      likely.map(value => asVersion({ ...value, image: value.image ?? imageOf(name) })),
    );
  }
  if (!version) return { versions: [], problems: [{ reason: `the chart ${name} has no version` }] };
  return sorted([versionOf(version, { kind: 'chart', image: imageOf(name) })]);
}

/** A chart may be known by the address of its repository. */
function imageOf(name: string): string {
  return lastPart(name).replace(/\.git$/, '');
}
