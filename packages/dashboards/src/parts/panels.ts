import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
} from '@grafana/grafana-foundation-sdk/common';
import {
  GraphThresholdsStyleConfigBuilder,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Threshold,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder as LogQlBuilder } from '@grafana/grafana-foundation-sdk/loki';
import { PanelBuilder as LogsPanelBuilder } from '@grafana/grafana-foundation-sdk/logs';
import {
  DataqueryBuilder as PromQlBuilder,
  PromQueryFormat,
} from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatPanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeriesPanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { logs, metrics } from './sources';

/** One query of a panel: PromQL, or LogQL in a panel about logs. */
export interface Query {
  expression: string;
  /** Name of each series; `{{label}}` is replaced. */
  legend?: string;
}

/** What every panel has. */
export interface PanelOptions {
  title: string;
  /** What is shown, and what a reader should conclude from it. */
  description: string;
  /** Of 24 columns. */
  width?: number;
  /** In rows of 30 pixels. */
  height?: number;
}

/** Where a value turns from good to bad: from `value` on it has this colour. */
export interface Level {
  value: number;
  color: 'green' | 'yellow' | 'red';
}

/** Green below the first level. */
export const levels = (list: Level[], below: Level['color'] = 'green') =>
  new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: below } as Threshold, ...list]);

const refId = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index);

/** A query over the range. */
export const promQuery = ({ expression, legend = '' }: Query, index = 0) =>
  new PromQlBuilder()
    .datasource(metrics)
    .refId(refId(index))
    .expr(expression)
    .legendFormat(legend)
    .range();

/** A query for the last value only; as a table it has a column for each label. */
export const promQueryNow = ({ expression, legend = '' }: Query, index = 0, table = false) =>
  new PromQlBuilder()
    .datasource(metrics)
    .refId(refId(index))
    .expr(expression)
    .legendFormat(legend)
    .format(table ? PromQueryFormat.Table : PromQueryFormat.TimeSeries)
    .instant();

const logQuery = ({ expression, legend = '' }: Query, index: number) =>
  new LogQlBuilder()
    .datasource(logs)
    .refId(refId(index))
    .expr(expression)
    .legendFormat(legend)
    .queryType('range');

/** Lines over time. */
export interface ChartOptions extends PanelOptions {
  unit: string;
  queries: Query[];
  /** Values of these mean trouble; the first is drawn as a line. */
  levels?: Level[];
  stacked?: boolean;
  max?: number;
  source?: 'metrics' | 'logs';
}

/** A chart over time, with zero at its bottom. */
export function chart(options: ChartOptions) {
  const { title, description, unit, queries, width = 8, height = 8 } = options;
  const panel = new TimeSeriesPanelBuilder()
    .title(title)
    .description(description)
    .datasource(options.source === 'logs' ? logs : metrics)
    .span(width)
    .height(height)
    .unit(unit)
    .min(0)
    .fillOpacity(options.stacked ? 40 : 10)
    .targets(
      queries.map((query, index) =>
        options.source === 'logs' ? logQuery(query, index) : promQuery(query, index),
      ),
    )
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(
      new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
    );
  if (options.max !== undefined) panel.axisSoftMax(options.max);
  if (options.stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (options.levels) {
    panel
      .thresholds(levels(options.levels))
      .thresholdsStyle(
        new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed),
      );
  }
  return panel;
}

/** One value, or a few, in large type. */
export interface FigureOptions extends PanelOptions {
  query: Query;
  unit?: string;
  levels?: Level[];
  /** The colour of small values. */
  below?: Level['color'];
  /** `name` shows what the series is called and not its value: for states and versions. */
  shows?: 'value' | 'name';
}

/** The last value in large type. */
export function figure(options: FigureOptions) {
  const { title, description, query, unit = 'short', width = 4, height = 4 } = options;
  return new StatPanelBuilder()
    .title(title)
    .description(description)
    .datasource(metrics)
    .span(width)
    .height(height)
    .unit(unit)
    .noValue('none')
    .withTarget(promQueryNow(query))
    .thresholds(levels(options.levels ?? [], options.below))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .textMode(options.shows === 'name' ? BigValueTextMode.Name : BigValueTextMode.Auto)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
}

/** Log lines, newest first. */
export function logLines({ query, ...options }: PanelOptions & { query: Query }) {
  return new LogsPanelBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(logs)
    .span(options.width ?? 24)
    .height(options.height ?? 10)
    .withTarget(logQuery(query, 0))
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true);
}
