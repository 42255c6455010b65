import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DashboardBuilder,
  RowBuilder,
  type Dashboard,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** Panels that belong together, under a heading that can be folded. */
export interface Row {
  title: string;
  panels: Builder<Panel>[];
}

/** The rows one below the other; panels that fill 24 columns make a line. */
export function withRows(dashboard: DashboardBuilder, rows: Row[]): DashboardBuilder {
  for (const { title, panels } of rows) {
    dashboard.withRow(new RowBuilder(title));
    panels.forEach(panel => dashboard.withPanel(panel));
  }
  return dashboard;
}

/** The model with a number for each panel, which links to a single panel need. */
export function numbered(dashboard: Dashboard): Dashboard {
  return { ...dashboard, panels: dashboard.panels?.map((panel, id) => ({ ...panel, id: id + 1 })) };
}
