import type { SourceStatus } from './source';

/** A panel that the backend can draw data for. */
export interface PanelInfo {
  /** For example `request-rate`, `error-ratio`, `latency-p95`. */
  id: string;
  title: string;
  /** UCUM-like: `requests/s`, `ratio`, `s`, `cores`, `bytes`. */
  unit: string;
  kind: 'line' | 'area';
}

/** `GET /releases/:tenant/:service/panels` */
export interface PanelList {
  items: PanelInfo[];
}

/** One line of a panel. Points are `[unix seconds, value]`, oldest first; a gap is a missing point. */
export interface PanelSeries {
  name: string;
  labels: Record<string, string>;
  points: Array<[number, number]>;
}

/** A release on the time axis. */
export interface ReleaseMarker {
  /** Unix seconds. */
  time: number;
  version: string;
  previousVersion?: string;
  kind: 'release' | 'rollback';
  author?: string;
}

/** `GET /releases/:tenant/:service/panels/:panelId` */
export interface PanelData {
  panelId: string;
  unit: string;
  /** Seconds; the grid that the points lie on. */
  start: number;
  end: number;
  step: number;
  series: PanelSeries[];
  /** Series that are not in {@link series}: they cannot be read, or are too many. */
  leftOutCount?: number;
  /** Not all stores behind Prometheus answered: {@link series} may miss some, and their values may be too low. */
  isPartial?: boolean;
  /** The values of now; absent when the range ends before, or they could not be had. */
  now?: PanelNow;
  /** Present when no series has a point: why there is nothing to draw. */
  empty?: PanelEmpty;
  markers: ReleaseMarker[];
  source: SourceStatus;
}

/** What the series of a panel are now, whatever the step of the chart: points of a long step are averages of it. */
export interface PanelNow {
  /** Unix seconds of the evaluation. */
  at: number;
  /** Seconds before {@link at} that the values are an average or a percentile of; 0 where they are of one moment. */
  windowSeconds: number;
  /** Seconds between two scrapes. */
  scrapeSeconds: number;
  /** One a series that has a value, in the order of the series. */
  values: Array<{ name: string; labels: Record<string, string>; value: number }>;
}

/** Why a panel has nothing to draw. */
export interface PanelEmpty {
  /** One or two sentences with the cure. */
  text: string;
  /** What was looked for: series of a metric with these labels. */
  queries: Array<{ name: string; metric: string; labels: Record<string, string> }>;
}

/** Levels that logs can be filtered by. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

/** One of {@link logLevels}, or `unknown` for a line without one. */
export type LogLevel = (typeof logLevels)[number] | 'unknown';

/** One line of a pod's log. */
export interface LogLine {
  /** RFC 3339 with up to nanoseconds, UTC. */
  time: string;
  level: LogLevel;
  message: string;
  labels: Record<string, string>;
}

/** `GET /releases/:tenant/:service/logs` */
export interface LogList {
  lines: LogLine[];
  /** True when there are more lines in the range than `limit`, or lines that there was no time to look through. */
  truncated: boolean;
  /** Lines that were found and cannot be read. */
  leftOutCount?: number;
  source: SourceStatus;
}
