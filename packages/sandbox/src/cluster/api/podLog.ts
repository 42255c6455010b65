import { ServerResponse } from 'node:http';
import { z } from 'zod';
import { ContainerLog, LogLine, nanosecondTimestamp } from '../kubelet/ContainerLog';
import { StatusError, badRequest } from '../model/statusError';
import { Container, Pod } from '../model/workloads';
import { PodRuntime } from './podRuntime';

const whole = z.coerce.number().int();

const querySchema = z.object({
  container: z.string().optional(),
  follow: z.stringbool().default(false),
  previous: z.stringbool().default(false),
  timestamps: z.stringbool().default(false),
  sinceSeconds: whole.positive().optional(),
  sinceTime: z.iso.datetime({ offset: true }).optional(),
  tailLines: whole.nonnegative().optional(),
  limitBytes: whole.positive().optional(),
});

/** The options of GET pods/{name}/log. */
export type LogOptions = z.infer<typeof querySchema>;

/** @throws StatusError 422 naming the parameter. */
export function readLogOptions(query: URLSearchParams): LogOptions {
  const given = Object.fromEntries([...query].filter(([, value]) => value !== ''));
  const parsed = querySchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new StatusError(
      422,
      'Invalid',
      `PodLogOptions "" is invalid: ${issue.path.join('.')}: Invalid value: ${JSON.stringify(
        given[String(issue.path[0])],
      )}: ${issue.message}`,
    );
  }
  return parsed.data;
}

function chooseContainer(pod: Pod, wanted: string | undefined): Container {
  const { containers } = pod.spec;
  const { name } = pod.metadata;
  const candidates = wanted
    ? containers.filter(container => container.name === wanted)
    : containers;
  if (candidates.length === 1) {
    return candidates[0];
  }
  throw badRequest(
    wanted
      ? `container ${wanted} is not valid for pod ${name}`
      : `a container name must be specified for pod ${name}, choose one of: [${containers
          .map(container => container.name)
          .join(' ')}]`,
  );
}

/** Why a container has no log yet, in the API server's words. */
function notStarted(pod: Pod, container: string): StatusError {
  const waiting = pod.status?.containerStatuses?.find(status => status.name === container)?.state
    .waiting;
  const pulling = ['ErrImagePull', 'ImagePullBackOff'].includes(waiting?.reason ?? '');
  const why = pulling ? 'trying and failing to pull image' : waiting?.reason ?? 'ContainerCreating';
  return badRequest(
    `container "${container}" in pod "${pod.metadata.name}" is waiting to start: ${why}`,
  );
}

/** The lines that the options ask for, oldest first. `now` in milliseconds since 1970. */
export function selectLines(
  lines: readonly LogLine[],
  options: Pick<LogOptions, 'sinceSeconds' | 'sinceTime' | 'tailLines'>,
  now: number,
): LogLine[] {
  const since = options.sinceTime
    ? Date.parse(options.sinceTime)
    : options.sinceSeconds && now - options.sinceSeconds * 1000;
  const recent = since ? lines.filter(line => line.time >= BigInt(since) * 1_000_000n) : [...lines];
  return options.tailLines === undefined
    ? recent
    : recent.slice(Math.max(0, recent.length - options.tailLines));
}

function follow(log: ContainerLog, response: ServerResponse, write: (line: LogLine) => void): void {
  const unsubscribe = log.subscribe(line => {
    if (line) {
      write(line);
    } else {
      response.end();
    }
  });
  response.once('close', unsubscribe);
}

/**
 * Answers GET pods/{name}/log as text.
 * @throws StatusError 400 (no such container, not started, no previous run), 422 (parameters).
 */
export function sendPodLog(
  runtime: PodRuntime,
  pod: Pod,
  query: URLSearchParams,
  now: number,
  response: ServerResponse,
): void {
  const options = readLogOptions(query);
  const { name } = chooseContainer(pod, options.container);
  const log = runtime.containerLog(pod, name, options.previous);
  if (!log) {
    throw options.previous
      ? badRequest(
          `previous terminated container "${name}" in pod "${pod.metadata.name}" not found`,
        )
      : notStarted(pod, name);
  }
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.flushHeaders();
  let left = options.limitBytes ?? Infinity;
  function write(line: LogLine) {
    const prefix = options.timestamps ? `${nanosecondTimestamp(line.time)} ` : '';
    const bytes = Buffer.from(`${prefix}${line.text}\n`).subarray(0, left);
    left -= bytes.length;
    response.write(bytes);
    if (left <= 0) {
      response.end();
    }
  }
  for (const line of selectLines(log.lines, options, now)) {
    if (left > 0) {
      write(line);
    }
  }
  if (response.writableEnded) {
    return;
  }
  if (options.follow && !log.ended) {
    follow(log, response, write);
  } else {
    response.end();
  }
}
