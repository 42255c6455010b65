import assert from 'node:assert/strict';
import { servers } from './environment.ts';
import { eventually } from './eventually.ts';
import { Kubectl } from './kubectl.ts';

const admin = new Kubectl();

/** What the tests read of an Application. */
export interface ApplicationState {
  status?: {
    sync?: { status?: string; revision?: string };
    health?: { status?: string };
    summary?: { images?: string[] };
    conditions?: Array<{ type: string; message: string }>;
    operationState?: {
      phase?: string;
      message?: string;
      syncResult?: {
        resources?: Array<{ kind: string; name: string; status?: string; message?: string }>;
      };
    };
  };
}

/** The Application as Argo CD's API tells it, after it has looked at Git; undefined when there is none. */
export async function application(name: string): Promise<ApplicationState | undefined> {
  const answer = await fetch(`${servers.argocd}/api/v1/applications/${name}?refresh=normal`, {
    headers: { Authorization: `Bearer ${servers.argocdToken}` },
    signal: AbortSignal.timeout(60_000),
  });
  // Argo CD does not tell "there is none" from "not for you".
  if (answer.status === 403 || answer.status === 404) {
    if (!(await admin.exists('applications.argoproj.io', name, '-n', 'argocd'))) return undefined;
  }
  if (!answer.ok) throw new Error(`Argo CD answers ${answer.status} about ${name}`);
  return (await answer.json()) as ApplicationState;
}

/** Waits until an Application is Synced to a commit and Healthy. */
export async function syncedAndHealthy(
  name: string,
  revision: string,
  seconds = 120,
): Promise<void> {
  await eventually(
    async () => {
      const status = (await application(name))?.status;
      assert.deepEqual(
        {
          sync: status?.sync?.status,
          revision: status?.sync?.revision,
          health: status?.health?.status,
          phase: status?.operationState?.phase,
        },
        { sync: 'Synced', revision, health: 'Healthy', phase: 'Succeeded' },
        JSON.stringify([status?.conditions, status?.operationState?.message]),
      );
    },
    seconds,
    `Application ${name} Synced and Healthy`,
  );
}

/** Waits until an Application is gone, with all it had deployed. */
export async function gone(name: string, seconds = 120): Promise<void> {
  await eventually(
    async () => assert.equal(await application(name), undefined),
    seconds,
    `Application ${name} gone`,
  );
}

/** Everything that Argo CD says went wrong with an Application. */
export async function complaints(name: string): Promise<string[]> {
  const status = (await application(name))?.status;
  return [
    ...(status?.conditions ?? []).map(condition => condition.message),
    status?.operationState?.message ?? '',
    ...(status?.operationState?.syncResult?.resources ?? []).map(
      resource => `${resource.kind} ${resource.name}: ${resource.message ?? ''}`,
    ),
  ].filter(text => text !== '');
}
