import { z } from 'zod';
import type { ArgocdInstance } from '../config/argocdConfig';
import { encodedPath, HttpClient } from '../upstream/HttpClient';
import { UpstreamError } from '../upstream/UpstreamError';
import { argocdCredentials } from './ArgocdSession';
import {
  applicationListSchema,
  applicationSchema,
  listFields,
  revisionMetadataSchema,
  streamEventSchema,
  type ArgocdApplication,
} from './applicationSchema';
import {
  managedResourcesSchema,
  resourceTreeSchema,
  type ManagedResources,
  type ResourceTree,
} from './resourceSchemas';

/** A change that the watch stream reported. */
export interface ApplicationEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  application: ArgocdApplication;
}

/** What is read of Argo CD's API: https://argo-cd.readthedocs.io/en/stable/developer-guide/api-docs/ */
export interface ArgocdApi {
  /** Whether the server answers. */
  probe(): Promise<void>;
  /** All Applications, reduced to some fields, and the version of the list. */
  list(signal: AbortSignal): Promise<{ version?: string; items: ArgocdApplication[] }>;
  /** Changes after a version, whole Applications, until the server or the signal ends it. */
  watch(version: string, signal: AbortSignal): AsyncGenerator<ApplicationEvent>;
  get(name: string): Promise<ArgocdApplication>;
  revisionMetadata(name: string, revision: string): Promise<RevisionMetadata>;
  /** The resources of an Application and what they have made. */
  resourceTree(name: string): Promise<ResourceTree>;
  /** The resources of an Application as Git wants them and as they are. */
  managedResources(name: string): Promise<ManagedResources>;
}

/** Who made a commit, as Argo CD says it. */
export type RevisionMetadata = z.infer<typeof revisionMetadataSchema>;

/** Bytes of one event: an Application of a thousand resources has about 300 KB. */
const maxEventBytes = 8 * 1024 * 1024;

/** Each resource comes with three states as text. */
const resourceLimits = { timeoutMs: 10_000, maxBytes: 16 * 1024 * 1024 };

/** {@link ArgocdApi} over HTTP. */
export class ArgocdClient implements ArgocdApi {
  readonly #http: HttpClient;

  constructor(instance: Pick<ArgocdInstance, 'url' | 'token' | 'login'>) {
    this.#http = new HttpClient({ baseUrl: instance.url, ...argocdCredentials(instance) });
  }

  async probe(): Promise<void> {
    await this.#http.getJson('/api/version', z.object({ Version: z.string() }));
  }

  async list(signal: AbortSignal) {
    const { metadata, items } = await this.#http.getJson(
      '/api/v1/applications',
      applicationListSchema,
      { query: { fields: listFields }, signal, timeoutMs: 20_000, maxBytes: 256 * 1024 * 1024 },
    );
    return {
      version: metadata?.resourceVersion,
      items: (items ?? []).flatMap(item => applicationSchema.safeParse(item).data ?? []),
    };
  }

  async *watch(version: string, signal: AbortSignal): AsyncGenerator<ApplicationEvent> {
    const lines = this.#http.lines('/api/v1/stream/applications', {
      query: { resourceVersion: version },
      headers: { accept: 'application/json' },
      signal,
      maxBytes: maxEventBytes,
    });
    for await (const line of lines) {
      const { result, error } = parseEvent(line);
      if (error) throw new UpstreamError('server-error', 'the watch stream reported an error');
      const application = applicationSchema.safeParse(result?.application).data;
      if (result && application) yield { type: result.type, application };
    }
  }

  get(name: string): Promise<ArgocdApplication> {
    return this.#http.getJson(encodedPath`/api/v1/applications/${name}`, applicationSchema, {
      maxBytes: maxEventBytes,
    });
  }

  resourceTree(name: string): Promise<ResourceTree> {
    return this.#http.getJson(
      encodedPath`/api/v1/applications/${name}/resource-tree`,
      resourceTreeSchema,
      resourceLimits,
    );
  }

  managedResources(name: string): Promise<ManagedResources> {
    return this.#http.getJson(
      encodedPath`/api/v1/applications/${name}/managed-resources`,
      managedResourcesSchema,
      resourceLimits,
    );
  }

  revisionMetadata(name: string, revision: string): Promise<RevisionMetadata> {
    return this.#http.getJson(
      encodedPath`/api/v1/applications/${name}/revisions/${revision}/metadata`,
      revisionMetadataSchema,
      { maxBytes: maxEventBytes },
    );
  }
}

/** One line of the stream; with `Accept: text/event-stream` it would be framed as `data: {...} `. */
function parseEvent(line: string): z.infer<typeof streamEventSchema> {
  let value: unknown;
  try {
    value = JSON.parse(line.startsWith('data:') ? line.slice('data:'.length) : line);
  } catch {
    throw new UpstreamError('bad-answer', 'an event is not JSON');
  }
  const parsed = streamEventSchema.safeParse(value);
  if (!parsed.success) throw new UpstreamError('bad-answer', 'an event has another shape');
  return parsed.data;
}
