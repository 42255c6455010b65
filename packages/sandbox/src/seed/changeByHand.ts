import { setTimeout as wait } from 'node:timers/promises';
import { SandboxSettings, serverUrl } from '../settings';
import { readMarker, writeMarker } from './marker';

const service = 'demo-api';
const pollMilliseconds = 1000;
/** Argo CD may be in the middle of a comparison when it is told to leave the Application alone. */
const settleMilliseconds = 2000;

interface ApplicationView {
  status?: { sync?: { status?: string }; health?: { status?: string } };
}
interface DeploymentView {
  spec: { template: { spec: { containers: { name: string; image: string }[] } } };
}

/**
 * Does once, after the first deployment of the demo, what people do in a bad night: tells Argo CD to leave an Application
 * alone and sets its Deployment back to an older version, with the requests that kubectl would send. From then on the tenant has
 * drifted, whatever is merged. Ends when it is done, has been done in an earlier run, or `signal` is aborted.
 *
 * @throws Error when the cluster refuses it
 */
export async function changeByHand(settings: SandboxSettings, signal: AbortSignal): Promise<void> {
  const marker = await readMarker(settings.stateDir);
  if (!marker?.byHand) return;
  const { tenant, image } = marker.byHand;
  const argocd = `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${tenant}`;
  const deployment = `/apis/apps/v1/namespaces/${tenant}/deployments/${service}`;
  // What `kubectl rollout undo` would bring back, had this cluster been there before.
  const template = {
    metadata: { labels: { 'app.kubernetes.io/version': image.slice(image.lastIndexOf(':') + 1) } },
    spec: { containers: [{ name: service, image }] },
  };
  const cluster = new Cluster(settings, signal);

  while (!(await isDeployed(cluster, argocd))) await cluster.wait(pollMilliseconds);
  await cluster.patch(argocd, {
    metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } },
  });
  do {
    await cluster.patch(deployment, { spec: { template } });
    await cluster.wait(settleMilliseconds);
  } while ((await imageOf(cluster, deployment)) !== image);
  const { byHand: _, ...done } = marker;
  await writeMarker(settings.stateDir, done);
}

async function isDeployed(cluster: Cluster, path: string): Promise<boolean> {
  const { sync, health } = (await cluster.get<ApplicationView>(path))?.status ?? {};
  return sync?.status === 'Synced' && health?.status === 'Healthy';
}

async function imageOf(cluster: Cluster, path: string): Promise<string | undefined> {
  const containers = (await cluster.get<DeploymentView>(path))?.spec.template.spec.containers;
  return containers?.find(({ name }) => name === service)?.image;
}

/** The Kubernetes API as an administrator. */
class Cluster {
  constructor(private readonly settings: SandboxSettings, private readonly signal: AbortSignal) {}

  async wait(milliseconds: number): Promise<void> {
    await wait(milliseconds, undefined, { signal: this.signal });
  }

  /** Undefined for what is not there. */
  async get<T>(path: string): Promise<T | undefined> {
    const answer = await this.request(path);
    return answer.status === 404 ? undefined : ((await accepted(answer, path)).json() as T);
  }

  async patch(path: string, body: object): Promise<void> {
    const isBuiltIn = path.startsWith('/apis/apps/');
    const kind = isBuiltIn ? 'strategic-merge-patch' : 'merge-patch';
    const answer = await this.request(`${path}?fieldManager=kubectl-edit`, {
      method: 'PATCH',
      headers: { 'Content-Type': `application/${kind}+json` },
      body: JSON.stringify(body),
    });
    await (await accepted(answer, path)).text();
  }

  /** Waits for a server that is away: somebody may have stopped it. */
  private async request(path: string, init: RequestInit = {}): Promise<Response> {
    const { settings, signal } = this;
    const headers = { ...init.headers, Authorization: `Bearer ${settings.tokens.kubernetesAdmin}` };
    for (;;) {
      try {
        return await fetch(`${serverUrl(settings, 'kubernetes')}${path}`, {
          ...init,
          headers,
          signal,
        });
      } catch (error) {
        // Without an answer it has not been refused.
        if (signal.aborted) throw error;
        await this.wait(pollMilliseconds);
      }
    }
  }
}

async function accepted(answer: Response, path: string): Promise<Response> {
  if (answer.ok) return answer;
  throw new Error(`Kubernetes answers ${answer.status} to ${path}: ${await answer.text()}`);
}
