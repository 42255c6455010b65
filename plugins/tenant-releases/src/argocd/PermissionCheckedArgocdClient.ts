import { NotImplementedError, ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import { apiRoutes, fillPath, type PathParameters } from '@internal/plugin-tenant-releases-common';
import type { ArgoCDApi } from '@roadiehq/backstage-plugin-argo-cd';
import type { z } from 'zod';
import { UnreadableAnswerError } from '../api/UnreadableAnswerError';

type Application = Awaited<ReturnType<ArgoCDApi['getAppDetails']>>;
type Revision = Awaited<ReturnType<ArgoCDApi['getRevisionDetails']>>;

const toInstance = (instance?: { name?: string; url?: string }) =>
  instance && { name: instance.name, url: instance.url };

function refusal(what: string): Error {
  return new NotImplementedError(
    `Not offered here: ${what}. Give the entity the annotation argocd/app-name.`,
  );
}

/**
 * Roadie's Argo CD API over the tenant-releases backend. An Application is named as its tenant is, and the caller
 * must be allowed to read that tenant's release. What would list or search Applications is refused: it could
 * show those of other tenants.
 */
export class PermissionCheckedArgocdClient implements ArgoCDApi {
  constructor(private readonly fetchApi: FetchApi) {}

  async getAppDetails({ appName }: { appName: string }): Promise<Application> {
    const application = await this.read(apiRoutes.getArgocdApplication, { tenant: appName });
    const { metadata, status } = application;
    // Roadie's types want every optional key to be named.
    return {
      ...application,
      metadata: { ...metadata, instance: toInstance(metadata.instance) },
      status: {
        ...status,
        operationState: status.operationState && {
          ...status.operationState,
          finishedAt: status.operationState.finishedAt,
        },
        history: status.history?.map(entry => ({
          ...entry,
          id: entry.id,
          revision: entry.revision,
          deployStartedAt: entry.deployStartedAt,
          deployedAt: entry.deployedAt,
        })),
      },
    };
  }

  async getRevisionDetails({ app, revisionID }: { app: string; revisionID: string }) {
    const { author, date, message } = await this.read(apiRoutes.getArgocdRevision, {
      tenant: app,
      revision: revisionID,
    });
    return { author, date, message } satisfies Revision;
  }

  /** Which Argo CD has the Application; the cards ask this first, then for the Application itself. */
  async serviceLocatorUrl({ appName }: { appName?: string }) {
    if (!appName) throw refusal('searching Applications by label');
    const { metadata } = await this.read(apiRoutes.getArgocdApplication, { tenant: appName });
    const { name = 'Argo CD', url = '' } = metadata.instance ?? {};
    return [{ name, url, appName: [appName] }];
  }

  async listApps(): Promise<never> {
    throw refusal('listing Applications');
  }

  async getAppListDetails(): Promise<never> {
    throw refusal('searching Applications by label');
  }

  private async read<T, P extends string>(
    { path, answer }: { path: P; answer: z.ZodType<T> },
    parameters: Readonly<Record<PathParameters<P>, string>>,
  ): Promise<T> {
    const response = await this.fetchApi.fetch(
      `plugin://tenant-releases${fillPath(path, parameters)}`,
      { headers: { Accept: 'application/json' } },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const parsed = answer.safeParse(await response.json());
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new UnreadableAnswerError(
        `The Application cannot be read: ${issue.path.join('.')}: ${issue.message}`,
      );
    }
    return parsed.data;
  }
}
