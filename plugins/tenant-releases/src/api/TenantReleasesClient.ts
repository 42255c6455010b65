import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  apiRoutes,
  changedEventSchema,
  fillPath,
  type ChangedEvent,
  type PathParameters,
} from '@internal/plugin-tenant-releases-common';
import type { z } from 'zod';
import type { CommitPair } from '../domain/commitPair';
import { fleetFields, fleetPageSchema } from '../domain/fleet';
import { createSilenceSignal } from './createSilenceSignal';
import { createEventReader } from './eventLines';
import { observeServerTime } from './serverClock';
import type {
  LogQuery,
  ReleaseKey,
  ReleaseQuery,
  SourceEntryQuery,
  Span,
  TenantReleasesApi,
  VersionSpan,
} from './TenantReleasesApi';
import { UnreadableAnswerError } from './UnreadableAnswerError';

type Query = Record<string, string | number | boolean | undefined>;

/**
 * The event stream sends something every 15 s; after three times that without a sign of life it is given up. A
 * connection that a proxy or a sleeping machine has lost looks open for ever. Milliseconds.
 */
const silenceMs = 45_000;

const placeOf = ({ environment }: ReleaseKey) => ({ environment });
const toTime = (seconds: number) => new Date(seconds * 1000).toISOString();

/** {@link TenantReleasesApi} over HTTP. Caching by ETag is the browser's: answers are `no-cache`, not `no-store`. */
export class TenantReleasesClient implements TenantReleasesApi {
  constructor(private readonly fetchApi: FetchApi) {}

  listReleases({ tenants, states, counts, signal, ...query }: ReleaseQuery = {}) {
    return this.read(
      { ...apiRoutes.listReleases, answer: fleetPageSchema },
      {},
      {
        ...query,
        tenant: tenants?.join(','),
        state: states?.join(','),
        counts: counts || undefined,
        fields: fleetFields,
      },
      signal,
    );
  }

  getRelease(key: ReleaseKey, signal?: AbortSignal) {
    return this.read(apiRoutes.getRelease, key, placeOf(key), signal);
  }

  listHistory(
    key: ReleaseKey,
    options: { limit?: number; cursor?: string; signal?: AbortSignal } = {},
  ) {
    const { signal, ...query } = options;
    return this.read(apiRoutes.listHistory, key, { ...placeOf(key), ...query }, signal);
  }

  getDiff(key: ReleaseKey, { from, to }: CommitPair, signal?: AbortSignal) {
    return this.read(apiRoutes.getReleaseDiff, key, { ...placeOf(key), from, to }, signal);
  }

  listResources(key: ReleaseKey, signal?: AbortSignal) {
    return this.read(apiRoutes.listResources, key, placeOf(key), signal);
  }

  listPanels(key: ReleaseKey, signal?: AbortSignal) {
    return this.read(apiRoutes.listPanels, key, placeOf(key), signal);
  }

  getPanel(
    key: ReleaseKey,
    panelId: string,
    { start, end, step }: Span & { step: number },
    signal?: AbortSignal,
  ) {
    const query = { ...placeOf(key), start: toTime(start), end: toTime(end), step };
    return this.read(apiRoutes.getPanel, { ...key, panelId }, query, signal);
  }

  listLogs(
    key: ReleaseKey,
    { start, end, level, text, version, limit }: LogQuery,
    signal?: AbortSignal,
  ) {
    const query = {
      ...placeOf(key),
      start: toTime(start),
      end: toTime(end),
      level,
      q: text || undefined,
      version,
      limit,
      direction: 'backward',
    };
    return this.read(apiRoutes.listLogs, key, query, signal);
  }

  async listSources(signal?: AbortSignal) {
    return (await this.read(apiRoutes.listSources, {}, {}, signal)).items;
  }

  async reportSources(signal?: AbortSignal) {
    return (await this.read(apiRoutes.reportSources, {}, {}, signal)).items;
  }

  listSourceEntries({ text, ...query }: SourceEntryQuery, signal?: AbortSignal) {
    return this.read(apiRoutes.listSourceEntries, {}, { ...query, q: text || undefined }, signal);
  }

  getServiceVersions(service: string, signal?: AbortSignal) {
    return this.read(apiRoutes.getServiceVersions, { service }, {}, signal);
  }

  listServiceCommits(service: string, { from, to }: VersionSpan, signal?: AbortSignal) {
    return this.read(apiRoutes.listServiceCommits, { service }, { from, to }, signal);
  }

  async listVersions(signal?: AbortSignal) {
    return (await this.read(apiRoutes.listVersions, {}, {}, signal)).items;
  }

  async listClusters(signal?: AbortSignal) {
    return (await this.read(apiRoutes.listClusters, {}, {}, signal)).items;
  }

  listPendingTenants(signal?: AbortSignal) {
    return this.read(apiRoutes.listPendingTenants, {}, {}, signal);
  }

  getPendingTenant(tenant: string, signal?: AbortSignal) {
    return this.read(apiRoutes.getPendingTenant, { tenant }, {}, signal);
  }

  async readEvents(
    onEvent: (event: ChangedEvent) => void,
    { signal, onOpen }: { signal: AbortSignal; onOpen?: () => void },
  ) {
    const silence = createSilenceSignal(signal, silenceMs);
    try {
      const response = await this.request(
        apiRoutes.streamEvents.path,
        {},
        silence.signal,
        'text/event-stream',
      );
      if (!response.body) throw new UnreadableAnswerError('The event stream has no body');
      onOpen?.();
      const read = createEventReader(data => {
        const event = changedEventSchema.safeParse(parseJson(data));
        // Hints of other types may come later; they are no reason to give up the stream.
        if (event.success) onEvent(event.data);
      });
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        silence.postpone();
        read(decoder.decode(piece.value, { stream: true }));
      }
    } finally {
      silence.end();
    }
  }

  private async read<T, P extends string>(
    { path, answer }: { path: P; answer: z.ZodType<T> },
    parameters: Readonly<Record<PathParameters<P>, string>>,
    query: Query,
    signal?: AbortSignal,
  ) {
    const to = fillPath(path, parameters);
    const response = await this.request(to, query, signal, 'application/json');
    const parsed = answer.safeParse(parseJson(await response.text()));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new UnreadableAnswerError(
        `The answer of ${to} cannot be read: ${issue.path.join('.') || 'body'}: ${issue.message}`,
      );
    }
    return parsed.data;
  }

  private async request(to: string, query: Query, signal: AbortSignal | undefined, accept: string) {
    const parameters = Object.entries(query).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)]],
    );
    const search = new URLSearchParams(parameters).toString();
    const sentAt = performance.now();
    const response = await this.fetchApi.fetch(
      `plugin://tenant-releases${to}${search ? `?${search}` : ''}`,
      { signal, headers: { Accept: accept } },
    );
    observeServerTime(response.headers.get('date'), sentAt, performance.now());
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}

/** `undefined`, which no schema accepts, for text that is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
