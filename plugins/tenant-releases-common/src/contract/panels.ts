import { z } from 'zod';
import { count, labels, line, text, version, whole } from './parts';
import { sourceStatusSchema } from './source';

/** A panel that the backend can draw data for. */
const panelInfoSchema = z.object({
  /** For example `request-rate`, `error-ratio`, `latency-p95`. */
  id: text,
  title: text,
  /** UCUM-like: `requests/s`, `ratio`, `s`, `cores`, `bytes`. */
  unit: text,
  kind: z.enum(['line', 'area']).catch('line'),
});

/** `GET /releases/:tenant/:service/panels` */
export const panelListSchema = z.object({ items: z.array(panelInfoSchema) });

/** One line of a panel. Points are `[unix seconds, value]`, oldest first; a gap is a missing point. */
const panelSeriesSchema = z.object({
  name: line(200),
  labels,
  points: z.array(z.tuple([z.number(), z.number()])),
});

/** A release on the time axis. */
const releaseMarkerSchema = z.object({
  /** Unix seconds. */
  time: whole,
  version,
  previousVersion: version.optional(),
  kind: z.enum(['release', 'rollback']),
  author: line(80).optional(),
});

/** What the series of a panel are now, whatever the step of the chart: points of a long step are averages of it. */
const panelNowSchema = z.object({
  /** Unix seconds of the evaluation. */
  at: z.number(),
  /** Seconds before {@link at} that the values are an average or a percentile of; 0 where they are of one moment. */
  windowSeconds: z.number().min(0).describe('0 where the values are of one moment'),
  /** Seconds between two scrapes. */
  scrapeSeconds: z.number().positive(),
  /** One a series that has a value, in the order of the series. */
  values: z.array(z.object({ name: line(200), labels, value: z.number() })),
});

/** Why a panel has nothing to draw. */
const panelEmptySchema = z.object({
  /** One or two sentences with the cure. */
  text: line(1_000),
  /** What was looked for: series of a metric with these labels. */
  queries: z.array(z.object({ name: line(200), metric: line(300), labels })),
});

/** `GET /releases/:tenant/:service/panels/:panelId` */
export const panelDataSchema = z.object({
  panelId: text,
  unit: text,
  /** Seconds; the grid that the points lie on. */
  start: z.number(),
  end: z.number(),
  step: z.number().positive(),
  series: z.array(panelSeriesSchema),
  /** Series that are not in {@link series}: they cannot be read, or are too many. */
  leftOutCount: count.optional(),
  /** Not all stores behind Prometheus answered: {@link series} may miss some, and their values may be too low. */
  isPartial: z.boolean().optional(),
  /**
   * The values of now; absent when the range ends before, or they could not be had. Without it the chart is still a
   * chart; nothing on it is called now then.
   */
  now: panelNowSchema.optional().catch(undefined),
  /** Present when no series has a point: why there is nothing to draw. */
  empty: panelEmptySchema.optional(),
  markers: z.array(releaseMarkerSchema),
  source: sourceStatusSchema,
});

/** See {@link panelInfoSchema}. */
export type PanelInfo = z.infer<typeof panelInfoSchema>;

/** See {@link panelListSchema}. */
export type PanelList = z.infer<typeof panelListSchema>;

/** See {@link panelSeriesSchema}. */
export type PanelSeries = z.infer<typeof panelSeriesSchema>;

/** See {@link releaseMarkerSchema}. */
export type ReleaseMarker = z.infer<typeof releaseMarkerSchema>;

/** See {@link panelNowSchema}. */
export type PanelNow = z.infer<typeof panelNowSchema>;

/** See {@link panelEmptySchema}. */
export type PanelEmpty = z.infer<typeof panelEmptySchema>;

/** See {@link panelDataSchema}. */
export type PanelData = z.infer<typeof panelDataSchema>;
