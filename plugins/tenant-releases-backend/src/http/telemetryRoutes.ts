import { NotFoundError } from '@backstage/errors';
import {
  logsReadPermission,
  telemetryReadPermission,
  type PanelData,
  type ReleaseMarker,
} from '@internal/plugin-tenant-releases-common';
import { ownMarker } from '../permissions/ownHistory';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import type { HistoryService } from '../releases/HistoryService';
import { viewerOf } from '../permissions/Viewer';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import type { ReleaseRef } from '../releases/ReleaseRef';
import { releaseMarkers } from '../releases/releaseHistory';
import type { TelemetryService } from '../telemetry/TelemetryService';
import { parseGrid, parseTimeRange } from '../telemetry/timeRange';
import { findRelease } from './findRelease';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** What the routes of metrics and logs need. */
export interface TelemetryRouteDeps {
  board: ReleaseBoard;
  history: HistoryService;
  telemetry: TelemetryService;
  access: ReleaseAccess;
}

const notToldApart =
  'Logs are told apart by namespaces, and the namespace of this release is not known, or not its tenant’s own';

const notMeasured = { text: 'Nothing of this was measured in this range.', queries: [] };

/** Releases that are looked through for marks. */
const markedReleases = 30;

/** Panels and log lines of a release. */
export function telemetryRoutes(deps: TelemetryRouteDeps): Route[] {
  const { board, history, telemetry } = deps;
  const targetOf = (ref: ReleaseRef) => {
    const tenant = board.ownNamespace(ref);
    if (tenant === undefined) return undefined;
    return { tenant, service: ref.service, cluster: board.cluster(ref) ?? '*' };
  };
  return [
    defineRoute('listPanels', {
      summary: 'Panels that there is data for',
      permission: telemetryReadPermission.name,
      params: parameters.release,
      query: parameters.environment,
      async handle({ params, query, credentials }) {
        const wanted = { ...params, ...query };
        const ref = await findRelease(deps, credentials, wanted, telemetryReadPermission);
        const target = targetOf(ref);
        return { items: target ? telemetry.panels(target.cluster) : [] };
      },
    }),
    defineRoute('getPanel', {
      summary: 'The series of a panel, with the releases in its range',
      permission: telemetryReadPermission.name,
      params: parameters.panel,
      query: parameters.range,
      async handle({ params, query: { environment, step, ...range }, credentials }) {
        const grid = parseGrid(parseTimeRange(range, new Date()), step);
        const wanted = { ...params, environment };
        const ref = await findRelease(deps, credentials, wanted, telemetryReadPermission);
        const target = targetOf(ref);
        const panels = target ? telemetry.panels(target.cluster) : [];
        if (!target || !panels.some(({ id }) => id === params.panelId)) {
          throw new NotFoundError('No such panel');
        }
        const [panel, markers, { seesFleet }] = await Promise.all([
          telemetry.panel(target, params.panelId, grid),
          markersOf(history, ref),
          viewerOf(deps.access, credentials),
        ]);
        const data: PanelData = {
          ...panel,
          // What to set where is for operators.
          ...(panel.empty && !seesFleet ? { empty: notMeasured } : {}),
          markers: markers
            .filter(({ time }) => time >= panel.start && time <= panel.end)
            .map(marker => (seesFleet ? marker : ownMarker(marker))),
        };
        return data;
      },
    }),
    defineRoute('listLogs', {
      summary: 'Log lines',
      permission: logsReadPermission.name,
      params: parameters.release,
      query: parameters.logs,
      async handle({ params, query: { environment, start, end, ...request }, credentials }) {
        const range = parseTimeRange({ start, end }, new Date());
        const wanted = { ...params, environment };
        const ref = await findRelease(deps, credentials, wanted, logsReadPermission);
        const target = targetOf(ref);
        if (!target) throw new NotFoundError(notToldApart);
        return telemetry.logs(target, { ...request, range });
      },
    }),
  ];
}

/** A chart without marks is still a chart: Git's outage shows in the sources. */
async function markersOf(history: HistoryService, ref: ReleaseRef): Promise<ReleaseMarker[]> {
  try {
    return releaseMarkers(await history.history(ref, markedReleases));
  } catch {
    return [];
  }
}
