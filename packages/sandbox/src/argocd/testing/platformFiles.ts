import { stringify } from 'yaml';

/** What an Application of these tests is like; `overrides` go into its spec. */
export function applicationManifest(
  name: string,
  repoURL: string,
  overrides: Record<string, unknown> = {},
): string {
  return stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: 'argocd',
      labels: { tenant: name },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: 'tenants',
      source: {
        repoURL,
        path: 'charts/tenant',
        targetRevision: 'main',
        helm: { releaseName: name, valueFiles: [`/gitops/tenants/${name}-values.yaml`] },
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: name },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['CreateNamespace=true'],
      },
      ...overrides,
    },
  });
}

const chart = {
  'charts/tenant/Chart.yaml': stringify({ apiVersion: 'v2', name: 'tenant', version: '0.1.0' }),
  'charts/tenant/values.yaml': stringify({ replicas: 2, greeting: 'hello', extra: false }),
  'charts/tenant/values.schema.json': JSON.stringify({
    type: 'object',
    properties: { replicas: { type: 'integer', minimum: 1 } },
  }),
  'charts/tenant/templates/configmap.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  greeting: {{ .Values.greeting | quote }}
{{- if .Values.extra }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: extra
{{- end }}
`,
  'charts/tenant/templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: demo-api
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: demo-api } }
  template:
    metadata: { labels: { app: demo-api } }
    spec:
      containers:
        - name: demo-api
          image: ghcr.io/acme/demo-api:{{ .Values.image.tag }}
          ports: [{ containerPort: 8000 }]
`,
  'charts/tenant/templates/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: demo-api
spec:
  selector: { app: demo-api }
  ports: [{ port: 8000 }]
`,
};

/** The values of a tenant that runs this tag. */
export function tenantValues(tag: string, more: Record<string, unknown> = {}): string {
  return stringify({ image: { tag }, ...more });
}

function project(name: string, spec: Record<string, unknown>): string {
  return stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: 'argocd' },
    spec,
  });
}

/** A platform repository with a root Application and one tenant. */
export function platformFiles(repoURL: string): Record<string, string> {
  return {
    ...chart,
    'gitops/bootstrap/root.yaml': applicationManifest('root', repoURL, {
      project: 'platform',
      source: {
        repoURL,
        path: 'gitops',
        targetRevision: 'main',
        directory: { recurse: true, include: '{apps/*.yaml,projects/*.yaml}' },
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'argocd' },
    }),
    'gitops/bootstrap/project.yaml': project('platform', {
      sourceRepos: [repoURL],
      destinations: [{ server: '*', namespace: 'argocd' }],
      namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: '*' }],
    }),
    'gitops/projects/tenants.yaml': project('tenants', {
      sourceRepos: [repoURL],
      destinations: [{ name: 'in-cluster', namespace: 'tenant-*' }],
    }),
    'gitops/apps/tenant-a.yaml': applicationManifest('tenant-a', repoURL),
    'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-1111111'),
  };
}
