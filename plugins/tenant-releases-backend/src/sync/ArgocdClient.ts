import { z } from 'zod';
import type { ArgocdInstance } from '../config/argocdConfig';
import { encodedPath, HttpClient, type HttpRequestOptions, UpstreamError } from '@internal/gitops';
import { argocdCredentials } from './ArgocdSession';
import {
  applicationListSchema,
  listFields,
  revisionMetadataSchema,
  streamEventSchema,
} from './applicationSchema';
import {
  managedResourcesSchema,
  resourceTreeSchema,
  type ManagedResources,
  type ResourceTree,
} from './resourceSchemas';
import {
  projectWindowsSchema,
  syncWindowsSchema,
  type ProjectWindows,
  type SyncWindows,
} from './syncWindowSchemas';

/** A change that the watch stream reported. */
export interface ApplicationEvent {
  /** Undefined for a kind of change that is not known here. */
  type?: 'ADDED' | 'MODIFIED' | 'DELETED';
  application: unknown;
}

/** Which Application is asked about; Argo CD looks for it in its own namespace when none is named. */
export interface ApplicationRef {
  name: string;
  namespace: string;
  project?: string;
  /** Position of the source whose revision is meant, where there are several. */
  sourceIndex?: number;
}

/** What is read of Argo CD's API: https://argo-cd.readthedocs.io/en/stable/developer-guide/api-docs/ */
export interface ArgocdApi {
  /** Whether the server answers. */
  probe(): Promise<void>;
  /** All Applications, reduced to some fields, and the version of the list. */
  list(signal: AbortSignal): Promise<{ version?: string; items: unknown[] }>;
  /** Changes after a version, whole Applications, until the server or the signal ends it. */
  watch(version: string, signal: AbortSignal): AsyncGenerator<ApplicationEvent>;
  get(ref: ApplicationRef): Promise<unknown>;
  revisionMetadata(ref: ApplicationRef, revision: string): Promise<RevisionMetadata>;
  /** The resources of an Application and what they have made. */
  resourceTree(ref: ApplicationRef): Promise<ResourceTree>;
  /** The resources of an Application as Git wants them and as they are. */
  managedResources(ref: ApplicationRef): Promise<ManagedResources>;
  /** The sync windows that are meant for an Application, and those that are open now. */
  syncWindows(ref: ApplicationRef): Promise<SyncWindows>;
  /** The windows of a project, with their time zones; an account may be refused them. */
  projectWindows(project: string): Promise<ProjectWindows>;
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
      items: items ?? [],
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
      if (result) yield { type: result.type, application: result.application };
    }
  }

  get(ref: ApplicationRef): Promise<unknown> {
    return this.#ask(ref, '', z.unknown(), { maxBytes: maxEventBytes });
  }

  resourceTree(ref: ApplicationRef): Promise<ResourceTree> {
    return this.#ask(ref, '/resource-tree', resourceTreeSchema, resourceLimits);
  }

  managedResources(ref: ApplicationRef): Promise<ManagedResources> {
    return this.#ask(ref, '/managed-resources', managedResourcesSchema, resourceLimits);
  }

  syncWindows(ref: ApplicationRef): Promise<SyncWindows> {
    return this.#ask(ref, '/syncwindows', syncWindowsSchema, { maxBytes: maxEventBytes });
  }

  projectWindows(project: string): Promise<ProjectWindows> {
    return this.#http.getJson(encodedPath`/api/v1/projects/${project}`, projectWindowsSchema, {
      maxBytes: maxEventBytes,
    });
  }

  revisionMetadata(ref: ApplicationRef, revision: string): Promise<RevisionMetadata> {
    const path = encodedPath`/revisions/${revision}/metadata`;
    return this.#ask(ref, path, revisionMetadataSchema, { maxBytes: maxEventBytes });
  }

  /** Every call names the Application's namespace and project: an account may be allowed these only. */
  #ask<T>(
    { name, namespace, project, sourceIndex }: ApplicationRef,
    path: string,
    schema: z.ZodType<T>,
    options: HttpRequestOptions,
  ): Promise<T> {
    return this.#http.getJson(encodedPath`/api/v1/applications/${name}` + path, schema, {
      ...options,
      query: { appNamespace: namespace, project, sourceIndex },
    });
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
