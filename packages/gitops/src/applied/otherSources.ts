import { parseImage } from '../locate/imageReference';
import type { Application, ApplicationSource } from '../applications/application';
import { at, itemsAt, stringAt } from '../traced/traced';
import { sorted, together, versionOf } from './appliedVersion';
import { remoteChartVersions } from './remoteChartVersions';
import type { ChartTools } from './chartTools';
import { sourceValues } from './sourceValues';
import { type SourceFinding, nothing } from './sourceFinding';

export function remoteChart(
  { checkout }: ChartTools,
  application: Application,
  source: ApplicationSource,
  isOurs: (source: ApplicationSource) => boolean,
): SourceFinding {
  const { values, files, problems, isBroken } = sourceValues(checkout, application, source, isOurs);
  const version = at(source.value, ['targetRevision']);
  const name = source.chart ?? source.repoURL;
  const found = remoteChartVersions(name, version?.kind === 'scalar' ? version : undefined, values);
  if (isBroken || (problems.length > 0 && found.versions.every(({ kind }) => kind === 'chart'))) {
    // A file that is not here may say another version.
    return { ...nothing, places: files, problems: problems.map(reason => ({ reason })) };
  }
  return { ...nothing, ...found, places: files };
}

/** A source in another repository deploys what is not known here, but for what the Application sets itself. */
export function foreign(
  { checkout }: ChartTools,
  application: Application,
  source: ApplicationSource,
  isOurs: (source: ApplicationSource) => boolean,
): SourceFinding {
  const { values, files, problems, isBroken } = sourceValues(checkout, application, source, isOurs);
  if (isBroken)
    return { ...nothing, places: files, problems: problems.map(reason => ({ reason })) };
  const charts = values ? remoteChartVersions(source.repoURL, undefined, values) : together();
  const images = itemsAt(source.value, ['kustomize', 'images']).flatMap(item => {
    const image = parseImage((stringAt(item, []) ?? '').split('=').pop() ?? '');
    return item.kind === 'scalar' && image
      ? [versionOf(item, { kind: 'image', image: image.name })]
      : [];
  });
  const { versions } = together({ versions: charts.versions, problems: [] }, sorted(images));
  return { ...nothing, versions, places: files };
}
