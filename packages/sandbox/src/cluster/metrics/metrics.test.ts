import { TestCluster } from '../testing/testCluster';
import { eventually } from '../testing/eventually';

jest.setTimeout(20_000);

const cluster = new TestCluster();
const resources = {
  requests: { cpu: '50m', memory: '96Mi' },
  limits: { cpu: '500m', memory: '192Mi' },
};

beforeAll(async () => {
  await cluster.start();
  await cluster.send('POST', '/api/v1/namespaces', {
    body: {
      metadata: {
        name: 'shop',
        labels: { 'tenant-releases.io/tenant': 'shop', other: 'x' },
        annotations: { 'tenant-releases.io/owner': 'group:default/shop-owners' },
      },
    },
  });
  await cluster.send('POST', '/api/v1/namespaces/shop/resourcequotas', {
    body: { metadata: { name: 'quota' }, spec: { hard: { 'limits.cpu': '2', pods: '4' } } },
  });
  await cluster.deploy('shop', { resources });
  await cluster.send('POST', '/apis/apps/v1/namespaces/shop/deployments', {
    body: {
      metadata: { name: 'broken' },
      spec: {
        selector: { matchLabels: { app: 'broken' } },
        template: {
          metadata: { labels: { app: 'broken' } },
          spec: { containers: [{ name: 'web', image: 'none:1' }] },
        },
      },
    },
  });
});
afterAll(() => cluster.close());

/** The lines of a name, without the parts that differ from run to run. */
async function lines(path: string, name: string): Promise<string[]> {
  const response = await fetch(`${cluster.url}${path}`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  return text
    .split('\n')
    .filter(line => line.startsWith(`${name}{`))
    .map(line => line.replace(/,uid="[^"]+"/, '').replace(/pod="(\w+)-[^"]+"/, 'pod="$1"'));
}
const state = (name: string) => lines('/kube-state-metrics/metrics', name);

describe('what stands for kube-state-metrics', () => {
  it("has the platform's labels and annotations of namespaces, and no others", async () => {
    expect(await state('kube_namespace_labels')).toContain(
      'kube_namespace_labels{namespace="shop",label_tenant_releases_io_tenant="shop"} 1',
    );
    expect(await state('kube_namespace_annotations')).toContain(
      'kube_namespace_annotations{namespace="shop",annotation_tenant_releases_io_owner="group:default/shop-owners"} 1',
    );
  });

  it('counts the pods that a deployment wants and has', async () => {
    const name = 'kube_deployment_status_replicas_available';
    await eventually(async () => {
      expect(await state(name)).toEqual([
        `${name}{namespace="shop",deployment="broken"} 0`,
        `${name}{namespace="shop",deployment="web"} 1`,
      ]);
    });
    expect(await state('kube_deployment_spec_replicas')).toContain(
      'kube_deployment_spec_replicas{namespace="shop",deployment="web"} 1',
    );
    const conditions = await state('kube_deployment_status_condition');
    expect(conditions).toContain(
      'kube_deployment_status_condition{namespace="shop",deployment="web",reason="MinimumReplicasAvailable",condition="Available",status="true"} 1',
    );
  });

  it('says what pods may use, what they wait for and how often they were started', async () => {
    expect(await state('kube_pod_container_resource_limits')).toEqual([
      expect.stringMatching(
        /pod="web",container="web",node="\w+",resource="cpu",unit="core"} 0.5$/,
      ),
      expect.stringMatching(/resource="memory",unit="byte"} 201326592$/),
    ]);
    const name = 'kube_pod_container_status_waiting_reason';
    await eventually(async () => {
      expect(await state(name)).toEqual([
        expect.stringMatching(
          /pod="broken",container="web",reason="(ErrImagePull|ImagePullBackOff)"} 1/,
        ),
      ]);
    });
    expect(await state('kube_pod_container_status_restarts_total')).toContain(
      'kube_pod_container_status_restarts_total{namespace="shop",pod="web",container="web"} 0',
    );
  });

  it('counts what the pods use of a quota', async () => {
    expect(await state('kube_resourcequota')).toEqual([
      'kube_resourcequota{resourcequota="quota",namespace="shop",resource="limits.cpu",type="hard"} 2',
      'kube_resourcequota{resourcequota="quota",namespace="shop",resource="limits.cpu",type="used"} 0.5',
      'kube_resourcequota{resourcequota="quota",namespace="shop",resource="pods",type="hard"} 4',
      'kube_resourcequota{resourcequota="quota",namespace="shop",resource="pods",type="used"} 2',
    ]);
  });
});

describe("what stands for the kubelet's cadvisor", () => {
  it('measures the containers', async () => {
    const container = (name: string) =>
      lines('/metrics/cadvisor', name).then(found =>
        found.map(line => Number(line.split(' ').pop())),
      );
    await eventually(async () => {
      const [bytes] = await container('container_memory_working_set_bytes');
      expect(bytes).toBeGreaterThan(1e6);
    });
    const [seconds] = await container('container_cpu_usage_seconds_total');
    expect(seconds).toBeGreaterThanOrEqual(0);
    expect(seconds).toBeLessThan(60);
  });
});
