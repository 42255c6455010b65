import path from 'node:path';
import { filesBelow, parts, readDocuments, readText, readYaml } from './__testUtils__/files';

interface Kustomization {
  resources?: string[];
  components?: string[];
  configMapGenerator?: { name: string; files: string[] }[];
}

interface Container {
  name: string;
  image: string;
  resources: { requests: Record<string, string>; limits: Record<string, string> };
  readinessProbe?: object;
  livenessProbe?: object;
  securityContext: Record<string, unknown>;
}

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  rules?: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
  spec?: {
    podSelector?: { matchLabels?: Record<string, string> };
    policyTypes?: string[];
    template?: {
      metadata: { labels: Record<string, string> };
      spec: {
        serviceAccountName: string;
        priorityClassName: string;
        securityContext: Record<string, unknown>;
        containers: Container[];
        volumes?: Record<string, unknown>[];
      };
    };
  };
}

const files = parts.flatMap(filesBelow);
const kustomizations = files.filter(file => path.basename(file) === 'kustomization.yaml');
const generated = kustomizations.flatMap(file =>
  (readYaml<Kustomization>(file).configMapGenerator ?? []).flatMap(map =>
    map.files.map(each => path.join(path.dirname(file), each)),
  ),
);
const manifestFiles = files.filter(
  file =>
    file.endsWith('.yaml') &&
    !kustomizations.includes(file) &&
    !generated.includes(file) &&
    !file.includes('/tests/'),
);
const manifests = manifestFiles.flatMap(file => readDocuments<Manifest>(file));
const workloads = manifests.filter(({ spec }) => spec?.template);
const byName = workloads.map(workload => [workload.metadata.name, workload] as const);

describe('kustomization.yaml', () => {
  it.each(kustomizations)('%s names files that are there', file => {
    const { resources = [], components = [] } = readYaml<Kustomization>(file);
    for (const each of [...resources, ...components]) {
      const target = path.join(path.dirname(file), each);
      expect(files.some(known => known === target || known.startsWith(`${target}/`))).toBe(true);
    }
  });

  it('all of them together name every file', () => {
    const named = kustomizations.flatMap(file => {
      const { resources = [] } = readYaml<Kustomization>(file);
      return resources.map(each => path.join(path.dirname(file), each));
    });
    const folders = kustomizations.map(file => path.dirname(file));
    const left = files.filter(
      file => !named.includes(file) && !generated.includes(file) && !kustomizations.includes(file),
    );
    // Tests of the rules are for promtool alone.
    expect(left.filter(file => !file.startsWith('prometheus/rules/tests/'))).toEqual([]);
    // The component for External Secrets is chosen by who has the operator.
    const unused = folders.filter(folder => !named.includes(folder) && !parts.includes(folder));
    expect(unused).toEqual(['alertmanager/external-secret']);
  });

  it.each(manifestFiles)('%s holds one object, in the platform’s namespace', file => {
    const documents = readDocuments<Manifest>(file);
    expect(documents).toHaveLength(1);
    const [{ kind, metadata }] = documents;
    expect(metadata.namespace).toBe(kind.startsWith('Cluster') ? undefined : 'observability');
    expect(metadata.labels?.['app.kubernetes.io/name']).toMatch(/./);
  });
});

describe.each(byName)('%s', (name, { spec }) => {
  const pod = spec!.template!;
  const { containers } = pod.spec;

  it('runs a pinned image, bounded and without rights', () => {
    for (const container of containers) {
      expect(container.image).toMatch(
        /^[a-z0-9.]+\/[^:]+:v?\d+\.\d+\.\d+[^:]*(@sha256:[0-9a-f]{64})?$/,
      );
      for (const amounts of [container.resources.requests, container.resources.limits]) {
        expect(Object.keys(amounts).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
      }
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.readinessProbe).toBeDefined();
      expect(container.livenessProbe).toBeDefined();
    }
    expect(pod.spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod.spec.securityContext.runAsUser).toBeGreaterThanOrEqual(10_000);
    expect(pod.spec.priorityClassName).toBe('platform-critical');
  });

  it('has an account of its own, and only pods of what it needs', () => {
    expect(pod.spec.serviceAccountName).toBe(name);
    const account = manifests.find(
      ({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === name,
    );
    expect(account).toMatchObject({ automountServiceAccountToken: false });
  });

  it('is fenced both ways', () => {
    const policy = manifests.find(
      ({ kind, spec: policySpec }) =>
        kind === 'NetworkPolicy' &&
        policySpec?.podSelector?.matchLabels?.['app.kubernetes.io/name'] ===
          pod.metadata.labels['app.kubernetes.io/name'],
    );
    expect(policy?.spec?.policyTypes).toEqual(['Ingress', 'Egress']);
  });
});

describe('rights in the cluster', () => {
  const rules = manifests
    .filter(({ kind }) => kind === 'ClusterRole')
    .flatMap(role => role.rules ?? []);

  it('are to read, and never secrets', () => {
    for (const { resources, verbs, apiGroups } of rules) {
      expect(verbs.filter(verb => !['get', 'list', 'watch'].includes(verb))).toEqual([]);
      expect([...resources, ...apiGroups]).not.toContain('*');
      expect(resources).not.toContain('secrets');
    }
  });
});

describe('data sources of Grafana', () => {
  const { datasources } = readYaml<{
    datasources: { name: string; uid: string; type: string; isDefault: boolean }[];
  }>('grafana/provisioning/datasources.yaml');

  it('have fixed ids, and exactly one of them is the default', () => {
    expect(datasources.map(({ uid }) => uid)).toEqual(['prometheus', 'loki', 'alertmanager']);
    expect(datasources.filter(({ isDefault }) => isDefault).map(({ uid }) => uid)).toEqual([
      'prometheus',
    ]);
    // The default of Grafana is to guess.
    expect(datasources.every(({ isDefault }) => typeof isDefault === 'boolean')).toBe(true);
  });
});

describe('configuration', () => {
  it('names no secret, only files that hold one', () => {
    const texts = generated
      .filter(file => !file.endsWith('.json'))
      .map(file => [file, readText(file)] as const);
    const secret =
      /\b(password|client_secret|routing_key|bearer_token|api_url|slack_api_url|token)\s*[:=]\s*(?!.*(__file|https:\/\/login\.example\.com))\S/i;
    expect(texts.filter(([, text]) => secret.test(text)).map(([file]) => file)).toEqual([]);
  });

  it('has the rules of every file', () => {
    const wanted = filesBelow('prometheus/rules').filter(file => !file.includes('/tests/'));
    expect(generated).toEqual(expect.arrayContaining(wanted));
  });
});
