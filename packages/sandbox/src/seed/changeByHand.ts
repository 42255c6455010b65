import { SandboxSettings } from '../settings';
import { Cluster } from './cluster';
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
