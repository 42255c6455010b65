import { z } from 'zod';
import { httpError } from '../lokiError';

/** One stream of a push. Times are nanoseconds since 1970. */
export interface PushedStream {
  labels: Record<string, string>;
  entries: { time: bigint; line: string; metadata: Record<string, string> }[];
}

const labelsSchema = z.record(
  z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'is no label name'),
  z.string(),
);

const time = z
  .string()
  .regex(/^\d{1,19}$/, 'must be a string of nanoseconds since 1970')
  .transform(BigInt);

const bodySchema = z.object({
  streams: z
    .array(
      z.object({
        stream: labelsSchema,
        values: z.array(
          z.union([
            z.tuple([time, z.string()]),
            z.tuple([time, z.string(), z.record(z.string(), z.string())]),
          ]),
        ),
      }),
    )
    .default([]),
});

/**
 * Parses the JSON body of a push.
 *
 * @throws LokiError 400 that says what is wrong where
 * @see https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs
 */
export function parsePush(body: string): PushedStream[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw httpError(400, `couldn't parse push request: ${(error as Error).message}`);
  }
  const result = bodySchema.safeParse(value);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw httpError(400, `couldn't parse push request: ${path.join('.')}: ${message}`);
  }
  return result.data.streams.map(({ stream, values }) => ({
    labels: stream,
    entries: values.map(([at, line, metadata]) => ({ time: at, line, metadata: metadata ?? {} })),
  }));
}
