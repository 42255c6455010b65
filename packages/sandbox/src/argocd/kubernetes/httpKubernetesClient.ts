import { z } from 'zod';
import { JsonObject } from '../json/json';
import { readLines } from './readLines';
import { KubernetesClient, KubernetesError, PropagationPolicy } from './kubernetesClient';
import {
  apiVersionOf,
  KubernetesObject,
  kubernetesObjectSchema,
  ResourceType,
  WatchEvent,
} from './types';

/** An answer that does not come within this time is a failure; milliseconds. */
const requestTimeout = 10_000;

const statusSchema = z.looseObject({
  reason: z.string().optional(),
  message: z.string().optional(),
});
const listSchema = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string().optional() }).optional(),
  items: z.array(z.record(z.string(), z.unknown())).nullish(),
});
const resourceListSchema = z.looseObject({
  resources: z.array(
    z.looseObject({
      name: z.string(),
      kind: z.string(),
      namespaced: z.boolean(),
      verbs: z.array(z.string()),
    }),
  ),
});
const groupListSchema = z.looseObject({
  groups: z.array(z.looseObject({ preferredVersion: z.looseObject({ groupVersion: z.string() }) })),
});
const versionSchema = z.looseObject({ gitVersion: z.string() });
const watchEventSchema = z.looseObject({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.record(z.string(), z.unknown()),
});

/** Speaks to a Kubernetes API server with a bearer token. */
export class HttpKubernetesClient implements KubernetesClient {
  constructor(private readonly options: { url: string; token: string }) {}

  async serverVersion(): Promise<string> {
    const { gitVersion } = versionSchema.parse(await this.request('GET', '/version'));
    return gitVersion.replace(/^v/, '').replace(/[+-].*$/, '');
  }

  async resourceTypes(): Promise<ResourceType[]> {
    const { groups } = groupListSchema.parse(await this.request('GET', '/apis'));
    const versions = ['v1', ...groups.map(group => group.preferredVersion.groupVersion)];
    const lists = await Promise.all(
      versions.map(async (groupVersion): Promise<ResourceType[]> => {
        const prefix = groupVersion.includes('/') ? 'apis' : 'api';
        const answer = await this.request('GET', `/${prefix}/${groupVersion}`);
        const [version, group = ''] = groupVersion.split('/').reverse();
        return resourceListSchema
          .parse(answer)
          .resources.filter(item => item.verbs.includes('list') && item.verbs.includes('watch'))
          .map(item => ({
            group,
            version,
            kind: item.kind,
            plural: item.name,
            namespaced: item.namespaced,
          }));
      }),
    );
    return lists.flat();
  }

  async list(type: ResourceType): Promise<{ items: KubernetesObject[]; resourceVersion: string }> {
    const answer = listSchema.parse(await this.request('GET', collectionPath(type)));
    return {
      // Items of a list come without apiVersion and kind.
      items: (answer.items ?? []).map(item =>
        kubernetesObjectSchema.parse({ apiVersion: apiVersionOf(type), kind: type.kind, ...item }),
      ),
      resourceVersion: answer.metadata?.resourceVersion ?? '0',
    };
  }

  async watch(
    type: ResourceType,
    resourceVersion: string,
    onEvent: (event: WatchEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const query = new URLSearchParams({
      watch: '1',
      resourceVersion,
      allowWatchBookmarks: 'true',
    });
    try {
      const response = await this.open('GET', `${collectionPath(type)}?${query}`, { signal });
      if (!response.body) return;
      for await (const line of readLines(response.body)) {
        const event = watchEventSchema.parse(JSON.parse(line));
        if (event.type === 'ERROR') {
          throw new KubernetesError(
            typeof event.object.code === 'number' ? event.object.code : 500,
            String(event.object.reason ?? 'Unknown'),
            String(event.object.message ?? 'the watch failed'),
          );
        }
        const object = { apiVersion: apiVersionOf(type), kind: type.kind, ...event.object };
        onEvent({ type: event.type, object: object as unknown as KubernetesObject });
      }
    } catch (error) {
      if (signal.aborted) return;
      throw error instanceof KubernetesError ? error : unreachable(error);
    }
  }

  async create(type: ResourceType, object: KubernetesObject): Promise<KubernetesObject> {
    const path = collectionPath(type, object.metadata.namespace);
    return kubernetesObjectSchema.parse(
      await this.request('POST', path, object, 'application/json'),
    );
  }

  async mergePatch(
    type: ResourceType,
    namespace: string,
    name: string,
    patch: JsonObject,
  ): Promise<KubernetesObject> {
    const path = `${collectionPath(type, namespace)}/${encodeURIComponent(name)}`;
    return kubernetesObjectSchema.parse(
      await this.request('PATCH', path, patch, 'application/merge-patch+json'),
    );
  }

  async delete(
    type: ResourceType,
    namespace: string,
    name: string,
    propagationPolicy: PropagationPolicy,
  ): Promise<void> {
    const path = `${collectionPath(type, namespace)}/${encodeURIComponent(name)}`;
    const options = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy };
    try {
      await this.request('DELETE', path, options, 'application/json');
    } catch (error) {
      if (!(error instanceof KubernetesError && error.status === 404)) throw error;
    }
  }

  private async request(
    method: string,
    path: string,
    body?: unknown,
    contentType?: string,
  ): Promise<unknown> {
    const response = await this.open(method, path, {
      signal: AbortSignal.timeout(requestTimeout),
      ...(body === undefined ? {} : { body: JSON.stringify(body), contentType }),
    });
    try {
      return await response.json();
    } catch (error) {
      throw unreachable(error);
    }
  }

  private async open(
    method: string,
    path: string,
    options: { signal: AbortSignal; body?: string; contentType?: string },
  ): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${this.options.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.options.token}`,
          accept: 'application/json',
          'user-agent': 'argocd-application-controller',
          ...(options.contentType ? { 'content-type': options.contentType } : {}),
        },
        body: options.body,
        signal: options.signal,
        redirect: 'error',
      });
    } catch (error) {
      throw unreachable(error);
    }
    if (response.ok) return response;
    const text = await response.text().catch(() => '');
    const status = statusSchema.safeParse(parseJson(text));
    throw new KubernetesError(
      response.status,
      status.data?.reason ?? 'Unknown',
      status.data?.message ?? `the server answered ${response.status}`,
    );
  }
}

function collectionPath(type: ResourceType, namespace?: string): string {
  const prefix = type.group ? 'apis' : 'api';
  const scope = type.namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `/${prefix}/${apiVersionOf(type)}${scope}/${type.plural}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** fetch hides the reason ("ECONNREFUSED") in the cause of "fetch failed". */
function unreachable(error: unknown): KubernetesError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  const detail = cause instanceof Error && cause.message ? cause.message : String(code ?? cause);
  return new KubernetesError(0, 'ServiceUnavailable', `the cluster cannot be reached: ${detail}`);
}
