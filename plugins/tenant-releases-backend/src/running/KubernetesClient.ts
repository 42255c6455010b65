import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { KubernetesCluster } from '../config/kubernetesConfig';
import { HttpClient, UpstreamError } from '@internal/gitops';
import { podListSchema, statusSchema, watchEventSchema } from './podSchema';
import { defaultPodLabels } from './PodRecord';

/** What is read of the Kubernetes API. */
export interface KubernetesApi {
  /** Whether the server answers. */
  probe(): Promise<void>;
  /** The pods of all tenants, and the version of the list. */
  list(signal: AbortSignal): Promise<{ version?: string; items: unknown[] }>;
  /** Changes after a version, until the server or the signal ends it. */
  watch(version: string, signal: AbortSignal): AsyncGenerator<PodEvent>;
}

/** A change that the watch reported. */
export interface PodEvent {
  /** Undefined for a kind of change that is not known here. */
  type?: 'ADDED' | 'MODIFIED' | 'DELETED';
  pod: unknown;
}

const podsPath = '/api/v1/pods';
const pageSize = 500;
const maxPages = 200;
const maxEventBytes = 4 * 1024 * 1024;
/** The server ends a watch after this time; another follows. Seconds. */
const watchSeconds = 300;

/** {@link KubernetesApi} over HTTP. */
export class KubernetesClient implements KubernetesApi {
  readonly #http: HttpClient;
  readonly #selector: string;

  /** @param selector - label that every tenant's pod carries */
  constructor(
    { url, token, tokenFile, ca, skipTlsVerify }: KubernetesCluster,
    selector = defaultPodLabels.service,
  ) {
    this.#selector = selector;
    this.#http = new HttpClient({
      baseUrl: url,
      headers: async () => {
        const bearer = tokenFile ? (await readFile(tokenFile, 'utf8')).trim() : token;
        return {
          accept: 'application/json',
          ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        };
      },
      tls: { ...(ca ? { ca } : {}), rejectUnauthorized: !skipTlsVerify },
    });
  }

  async probe(): Promise<void> {
    await this.#http.getJson('/version', z.object({ gitVersion: z.string() }));
  }

  async list(signal: AbortSignal) {
    const items: unknown[] = [];
    let version: string | undefined;
    let next: string | undefined;
    for (let page = 0; page < maxPages; page += 1) {
      const { metadata, items: found } = await this.#http.getJson(podsPath, podListSchema, {
        query: { labelSelector: this.#selector, limit: pageSize, continue: next },
        signal,
        timeoutMs: 10_000,
      });
      items.push(...found);
      version = metadata.resourceVersion;
      next = metadata.continue || undefined;
      if (!next) return { version, items };
    }
    throw new UpstreamError('bad-answer', 'the list of pods does not end');
  }

  async *watch(version: string, signal: AbortSignal): AsyncGenerator<PodEvent> {
    const lines = this.#http.lines(podsPath, {
      query: {
        labelSelector: this.#selector,
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: version,
        timeoutSeconds: watchSeconds,
      },
      signal,
      maxBytes: maxEventBytes,
    });
    for await (const line of lines) {
      const { type, object } = parseEvent(line);
      if (type === 'ERROR') {
        const { code } = statusSchema.safeParse(object).data ?? {};
        // 410 Gone: the version is too old to go on from. Another list follows, which is no failure.
        if (code === 410) return;
        throw new UpstreamError(
          'server-error',
          `the watch reported error ${code ?? 'without code'}`,
        );
      }
      if (type !== 'BOOKMARK') yield { type, pod: object };
    }
  }
}

function parseEvent(line: string): z.infer<typeof watchEventSchema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UpstreamError('bad-answer', 'an event is not JSON');
  }
  const parsed = watchEventSchema.safeParse(value);
  if (!parsed.success) throw new UpstreamError('bad-answer', 'an event has another shape');
  return parsed.data;
}
