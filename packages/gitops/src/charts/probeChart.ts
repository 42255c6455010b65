import { parseImage } from '../locate/imageReference';
import { setTraced } from '../traced/mergeTraced';
import { plain, scalarOf, type Traced } from '../traced/traced';
import type { HelmBench } from './HelmBench';
import { holdsText } from './holdsText';
import type { ImageValue } from './imageValues';

/** What a rendered chart says of the values that may be versions. */
export interface ChartProbe {
  /** Images that each value is the version of; nothing for a value that no image uses. */
  images: ReadonlyMap<ImageValue, readonly string[]>;
  /** Images whose version is `appVersion` of a chart. */
  byAppVersion: ReadonlyArray<{ image: string; chart: string }>;
  /** Images that stand in a template with their version. */
  literal: readonly string[];
}

/** No version that anybody has: as SemVer, so that a chart may compare it. */
const mark = (index: number) => `90210.${index}.1`;
const marked = /90210\.(\d+)\.1/;

/**
 * Renders a chart with a mark in the place of every value that may be a version, and sees in which images the marks come out:
 * only those are versions. Answers why not, when the chart does not render.
 */
export async function probeChart(
  bench: HelmBench,
  request: { chart: string; release: string; namespace?: string },
  values: Traced | undefined,
  candidates: readonly ImageValue[],
): Promise<ChartProbe | { refused: string }> {
  const changed = candidates.reduce<Traced | undefined>((result, { path, kind, image }, index) => {
    const text = kind === 'image' ? `${image}:${mark(index)}` : mark(index);
    return setTraced(result, path, scalarOf(text));
  }, values);
  const rendering = await bench.render({
    ...request,
    values: changed && plain(changed),
    marksAppVersion: true,
  });
  if ('refused' in rendering) return rendering;
  const images = new Map<ImageValue, string[]>();
  const byAppVersion = new Map<string, { image: string; chart: string }>();
  const literal = new Set<string>();
  for (const text of imagesOf(rendering.text)) {
    const found = marked.exec(text);
    const name = parseImage(text)?.name ?? text.replace(/[:@].*$/, '');
    if (!found) literal.add(text);
    // With more in front or behind, what runs is another version than the value says.
    else if (!/^[^:@]*(:\d+\/[^:@]*)?[:@]90210\.\d+\.1$/.test(text)) literal.add(text);
    else {
      const chart = bench.chartOf(found[0]);
      if (chart !== undefined) byAppVersion.set(`${name} ${chart}`, { image: name, chart });
      const candidate = candidates[Number(found[1])];
      const known = images.get(candidate) ?? [];
      if (candidate && !known.includes(name)) images.set(candidate, [...known, name]);
    }
  }
  return { images, byAppVersion: [...byAppVersion.values()], literal: [...literal] };
}

/** The images in rendered manifests, also of kinds that are not known here. */
function imagesOf(text: string): Set<string> {
  const lines = text
    .split(/^---\s*$/m)
    .filter(part => !holdsText(part))
    .flatMap(part => part.split('\n').filter(line => !/^\s*#/.test(line)));
  const found = lines.flatMap(line => [
    ...line.matchAll(/(?:^|[\s{,])["']?image["']?:\s*["']?([^\s"'#,}]+)/g),
  ]);
  return new Set(found.map(([, image]) => image));
}
