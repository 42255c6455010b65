import { z } from 'zod';

const window = z.object({
  kind: z.string(),
  schedule: z.string(),
  duration: z.string(),
  timeZone: z.string().nullish(),
});

const windows = z.array(window).nullish();

/** `GET /api/v1/applications/{name}/syncwindows`; the answer names no time zone. */
export const syncWindowsSchema = z.object({ activeWindows: windows, assignedWindows: windows });

/** `GET /api/v1/projects/{name}`, of which only the windows are read. */
export const projectWindowsSchema = z.object({ spec: z.object({ syncWindows: windows }) });

/** A window: https://github.com/argoproj/argo-cd/blob/v3.2.11/pkg/apis/application/v1alpha1/types.go (SyncWindow) */
export type SyncWindow = z.infer<typeof window>;
/** See {@link syncWindowsSchema}. */
export type SyncWindows = z.infer<typeof syncWindowsSchema>;
/** See {@link projectWindowsSchema}. */
export type ProjectWindows = z.infer<typeof projectWindowsSchema>;
