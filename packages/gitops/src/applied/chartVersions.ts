import type { Checkout } from '../checkout/checkout';
import { readChart, type Chart } from '../charts/chart';
import { isEnabled } from '../charts/chartValues';
import { imageValues, type ImageValue } from '../charts/imageValues';
import type { ChartProbe } from '../charts/probeChart';
import { parseImage } from '../locate/imageReference';
import { usesValue } from '../charts/templateUse';
import { at, type Traced } from '../traced/traced';
import { literalVersions } from './literalVersions';
import { sorted, together, versionOf, type VersionsFound } from './appliedVersion';
import type { ChartUse, ChartTools } from './chartTools';
import { probed } from './chartProbes';
import { asVersion } from './likelyVersion';
import { dependencyVersions } from './dependencyVersions';

/** The versions of the images of a chart in the repository: those that come out when it is rendered. */
export async function chartVersions(tools: ChartTools, use: ChartUse): Promise<VersionsFound> {
  const chart = readChart(tools.checkout, use.folder);
  if (!chart) {
    return {
      versions: [],
      problems: [{ reason: `${use.folder} has no Chart.yaml that can be read` }],
    };
  }
  const remote = chart.dependencies.filter(
    ({ folder, condition }) => folder === undefined && isEnabled(use.values, condition),
  );
  const remoteKeys = new Set(remote.map(({ key }) => key));
  const candidates = imageValues(use.values).filter(({ path }) => !remoteKeys.has(String(path[0])));
  const found = [
    dependencyVersions(
      chart,
      use.values,
      remote.map(({ key }) => key),
    ),
  ];
  if (hasTemplates(tools.checkout, chart)) {
    const probe = await probed(tools, use, candidates);
    if (!('refused' in probe) && saysNothing(probe)) found.push(ownVersion(chart, probe));
    found.push(
      'refused' in probe
        ? orRefused(
            byText(tools.checkout, chart, candidates, use.values),
            runsImages(tools.checkout, chart) ? probe.refused : undefined,
          )
        : byProbe(tools.checkout, chart, candidates, probe),
    );
  }
  return together(...found);
}

/** Whether no image of a rendered chart has a version of its own. */
function saysNothing({ images, byAppVersion, literal }: ChartProbe): boolean {
  const isPlain = literal.every(image => {
    const reference = parseImage(image);
    return reference !== undefined && (reference.tag ?? reference.digest) === undefined;
  });
  return images.size === 0 && byAppVersion.length === 0 && isPlain;
}

/**
 * Where no image has a version, the chart has: of a chart without templates those that it brings in, else its own when it runs
 * anything.
 */
function ownVersion(chart: Chart, { literal }: ChartProbe): VersionsFound {
  if (chart.templates.length === 0) {
    const local = chart.dependencies.filter(
      ({ folder, version }) => folder !== undefined && version,
    );
    return sorted(
      local.flatMap(({ name, key, version }) =>
        version ? [versionOf(version, { kind: 'chart', image: name, service: key })] : [],
      ),
    );
  }
  if (literal.length === 0 || !chart.version) return sorted([]);
  return sorted([versionOf(chart.version, { kind: 'chart', image: chart.name })]);
}

function hasTemplates(checkout: Checkout, { templates, dependencies }: Chart): boolean {
  return (
    templates.length > 0 ||
    dependencies.some(({ folder }) => folder !== undefined && readChart(checkout, folder))
  );
}

function byProbe(
  checkout: Checkout,
  chart: Chart,
  candidates: readonly ImageValue[],
  probe: ChartProbe,
): VersionsFound {
  const values = candidates.flatMap(candidate =>
    (probe.images.get(candidate) ?? []).slice(0, 1).map(rendered =>
      versionOf(candidate.scalar, {
        kind: candidate.kind,
        // The rendering may be one of other values of the same shape.
        image: candidate.image ?? rendered,
        ...(candidate.service ? { service: candidate.service } : {}),
      }),
    ),
  );
  const byAppVersion = probe.byAppVersion.flatMap(({ image, chart: folder }) => {
    const { appVersion } = readChart(checkout, folder) ?? {};
    return appVersion ? [versionOf(appVersion, { kind: 'yaml', image })] : [];
  });
  return together(
    sorted(values),
    sorted(byAppVersion),
    literalVersions(checkout, chart, probe.literal),
  );
}

function runsImages(checkout: Checkout, { templates, dependencies }: Chart): boolean {
  return (
    dependencies.some(({ folder }) => folder !== undefined) ||
    templates.some(file => /\bimage["']?:/.test(checkout.text(file) ?? ''))
  );
}

/** That the text of a chart tells nothing is no proof that it runs nothing. */
function orRefused(found: VersionsFound, refused: string | undefined): VersionsFound {
  if (refused === undefined || found.versions.length + found.problems.length > 0) return found;
  const reason = `its chart is not rendered, and its text alone does not tell a version: ${refused}`;
  return { versions: [], problems: [{ reason }] };
}

/** Where Helm does not render the chart: values that look like a version, and that a template surely reaches. */
function byText(
  checkout: Checkout,
  chart: Chart,
  candidates: readonly ImageValue[],
  values: Traced | undefined,
): VersionsFound {
  const local = new Map(
    chart.dependencies.flatMap(({ key, folder }) => (folder === undefined ? [] : [[key, folder]])),
  );
  return sorted(
    candidates
      .filter(({ isLikely, path }) => {
        if (!isLikely) return false;
        const [key, ...rest] = path;
        const folder = local.get(String(key));
        const below = folder === undefined ? undefined : readChart(checkout, folder);
        return below
          ? usesValue(checkout, below, rest, at(values, [key]))
          : usesValue(checkout, chart, path, values);
      })
      .map(asVersion),
  );
}
