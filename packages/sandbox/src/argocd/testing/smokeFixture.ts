import { stringify } from 'yaml';
import { appliedObject } from '../diff/resourceDiff';
import { parseManifests } from '../repository/parseManifests';
import { eventually } from './eventually';
import { FakeKubernetes } from './fakeKubernetes';
import { rollOut } from './fakeWorkloads';
import { PlatformFixture } from './platformFixture';
import { commonResourceTypes } from '../kubernetes/resourceTypes';
import { KubernetesObject } from '../kubernetes/types';

const smokeChart = {
  'chart/Chart.yaml': stringify({ apiVersion: 'v2', name: 'smoke', version: '0.1.0' }),
  'chart/values.yaml': stringify({ replicas: 1, image: { tag: '1.0.0' } }),
  'chart/templates/all.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: web, labels: { app: web } }
data: { greeting: hello }
---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { app: web } }
spec:
  ports: [{ name: http, port: 80, targetPort: http }]
  selector: { app: web }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: web
          image: registry.example.com/demo/web:{{ .Values.image.tag }}
          ports: [{ name: http, containerPort: 8080 }]
          resources:
            limits: { memory: 64Mi }
            requests: { cpu: 50m, memory: 64Mi }
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
`,
};

/** The repository of the recordings: a chart, and values beside it. */
export function smokeFiles(): Record<string, string> {
  return { ...smokeChart, 'env/values.yaml': stringify({ replicas: 2, image: { tag: '1.0.0' } }) };
}

function smokeApplication(name: string, repoURL: string, helm: object): KubernetesObject {
  const manifest = stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: 'argocd',
      labels: { stage: 'test', tenant: 'smoke' },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: 'default',
      source: { repoURL, path: 'chart', targetRevision: 'main', helm },
      destination: { server: 'https://kubernetes.default.svc', namespace: name },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['CreateNamespace=true'],
      },
    },
  });
  return appliedObject(undefined, parseManifests(manifest, name)[0]);
}

/** Brings the cluster to the state in which the recordings were made: `smoke` deployed twice, `smoke-missing` stuck. */
export async function deploySmoke(platform: PlatformFixture): Promise<void> {
  const { git, kubernetes } = platform;
  putSurroundings(kubernetes);
  const type = commonResourceTypes.find(each => each.kind === 'Application');
  if (!type) throw new Error('no type for applications');
  const status = (name: string) => platform.application(name).status ?? {};
  await kubernetes.create(
    type,
    smokeApplication('smoke', git.url, { valueFiles: ['../env/values.yaml'] }),
  );
  await eventually(() => expect(status('smoke').history).toHaveLength(1));
  git.commit('Deploy 1.1.0', {
    'env/values.yaml': stringify({ replicas: 2, image: { tag: '1.1.0' } }),
  });
  await eventually(() => expect(status('smoke').history).toHaveLength(2));
  rollOut(kubernetes, 'smoke', 'web');
  putEndpoints(kubernetes, 'smoke');
  await eventually(() => expect(status('smoke').health?.status).toBe('Healthy'));
  await kubernetes.create(
    type,
    smokeApplication('smoke-missing', git.url, {
      valuesObject: { image: { tag: '1.2.0-missing' } },
    }),
  );
  await eventually(() => expect(status('smoke-missing').history).toHaveLength(1));
  rollOut(kubernetes, 'smoke-missing', 'web', 'image-missing');
  putEndpoints(kubernetes, 'smoke-missing');
  await eventually(async () => {
    const tree = await platform.api('/api/v1/applications/smoke-missing/resource-tree');
    expect(JSON.stringify(await tree.json())).toContain('EndpointSlice');
    expect(status('smoke-missing').summary?.images).toHaveLength(1);
  });
}

function putSurroundings(kubernetes: FakeKubernetes): void {
  for (const name of ['node-a', 'node-b']) {
    kubernetes.put({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
      status: { capacity: { cpu: '32', memory: '64Gi' }, nodeInfo: {} },
    });
  }
}

function putEndpoints(kubernetes: FakeKubernetes, namespace: string): void {
  const service = kubernetes.find('Service', namespace, 'web');
  if (!service) throw new Error('no Service');
  const owner = { apiVersion: 'v1', kind: 'Service', name: 'web', uid: service.metadata.uid ?? '' };
  kubernetes.put({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'web', namespace } });
  kubernetes.put({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-x5jvp', namespace, ownerReferences: [owner] },
  });
}
