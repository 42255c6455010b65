import { ChartsHelm, Manifest } from './chartsHelm';
import { goodValues, withTag, withTenant, withValues } from './chartsValues';

// Real helm, on a machine that may be busy.
jest.setTimeout(60_000);

let helm: ChartsHelm;
beforeAll(async () => {
  helm = await ChartsHelm.create();
});
afterAll(() => helm.close());

const deployment = (values: object) => helm.one('tenant', 'Deployment', values);
const podOf = ({ spec }: Manifest) => spec.template.spec;

describe('the Deployment', () => {
  it.each([
    ['free', undefined, 1],
    ['standard', undefined, 2],
    ['premium', undefined, 3],
    ['free', 3, 3],
    ['premium', 0, 0],
  ])('has in tier %s with replicas %s %i pods', async (tier, replicas, pods) => {
    const values = { ...withTenant({ tier }), ...(replicas === undefined ? {} : { replicas }) };
    expect((await deployment(values)).spec.replicas).toBe(pods);
  });

  it('runs what the tag says, with the digest behind it, and is labelled with the version', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const pinned = { ...goodValues.image, tag: `1.2.3@${digest}` };
    const { metadata, spec } = await deployment({ ...goodValues, image: pinned });
    expect(spec.template.spec.containers[0].image).toBe(`ghcr.io/acme/demo-api:1.2.3@${digest}`);
    expect(metadata.labels?.['app.kubernetes.io/version']).toBe('1.2.3');
    const twice = { ...goodValues, image: { ...pinned, digest } };
    expect(await helm.refusal('tenant', twice)).toContain('with a digest of its own');
  });

  it.each(['', null])('takes the digest %j for none', async digest => {
    const { spec } = await deployment({ ...goodValues, image: { ...goodValues.image, digest } });
    expect(spec.template.spec.containers[0].image).toBe(
      `${goodValues.image.repository}:${goodValues.image.tag}`,
    );
  });

  it('keeps its selector, which cannot be changed where it runs', async () => {
    const { spec } = await deployment(goodValues);
    expect(spec.selector).toEqual({
      matchLabels: {
        'app.kubernetes.io/name': 'demo-api',
        'app.kubernetes.io/instance': 'tenant-c',
      },
    });
  });

  it('runs the tag of the file as a pod that meets Pod Security "restricted"', async () => {
    const pod = podOf(await deployment(goodValues));
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      serviceAccountName: 'demo-api',
      priorityClassName: 'tenant-workload',
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      volumes: [{ name: 'temporary', emptyDir: { sizeLimit: '32Mi' } }],
    });
    expect(pod.containers).toHaveLength(1);
    expect(pod.containers[0]).toMatchObject({
      name: 'demo-api',
      image: 'ghcr.io/acme/demo-api:sha-1a2b3c4',
      imagePullPolicy: 'Always',
      ports: [{ containerPort: 8000 }],
      securityContext: {
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      env: [
        { name: 'TENANT', value: 'tenant-c' },
        { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'LOG_LEVEL', value: 'info' },
      ],
    });
    const amounts = ['cpu', 'ephemeral-storage', 'memory'];
    const { requests, limits } = pod.containers[0].resources;
    expect([Object.keys(requests).sort(), Object.keys(limits).sort()]).toEqual([amounts, amounts]);
  });

  it('spreads its pods over zones and nodes, without insisting', async () => {
    const pod = podOf(await deployment(goodValues));
    expect(
      pod.topologySpreadConstraints.map((item: any) => [item.topologyKey, item.whenUnsatisfiable]),
    ).toEqual([
      ['topology.kubernetes.io/zone', 'ScheduleAnyway'],
      ['kubernetes.io/hostname', 'ScheduleAnyway'],
    ]);
    expect(Object.keys(pod.affinity.podAntiAffinity)).toEqual([
      'preferredDuringSchedulingIgnoredDuringExecution',
    ]);
  });

  it('asks three different questions of a process', async () => {
    const [{ startupProbe, readinessProbe, livenessProbe }] = podOf(
      await deployment(goodValues),
    ).containers;
    expect(readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'http' });
    expect(livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'http' });
    expect(startupProbe.httpGet).toEqual({ path: '/healthz', port: 'http' });
    const seconds = (probe: any) => probe.periodSeconds * probe.failureThreshold;
    expect(seconds(livenessProbe)).toBeGreaterThan(seconds(readinessProbe));
    expect(seconds(startupProbe)).toBeGreaterThan(seconds(livenessProbe));
  });

  it('updates without loss: no pod fewer, and time to drain within the grace period', async () => {
    const { spec } = await deployment(goodValues);
    expect(spec.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
    const pod = spec.template.spec;
    const waits = pod.containers[0].lifecycle.preStop.sleep.seconds;
    // The service drains for ten seconds at most.
    expect(waits).toBeGreaterThanOrEqual(5);
    expect(waits + 10).toBeLessThan(pod.terminationGracePeriodSeconds);
  });

  it('makes a valid label of a long tag', async () => {
    const { metadata } = await deployment(withTag(`_${'a'.repeat(61)}.b`));
    expect(metadata.labels['app.kubernetes.io/version']).toMatch(
      /^[a-zA-Z0-9][\w.-]{0,61}[a-zA-Z0-9]$/,
    );
  });

  const digest = `sha256:${'9f'.repeat(32)}`;
  it.each([digest, `sha-1a2b3c4@${digest}`])('is pinned by the digest %s', async text => {
    const values = { ...goodValues, image: { ...goodValues.image, digest: text } };
    const [container] = podOf(await deployment(values)).containers;
    expect(container.image).toBe(`ghcr.io/acme/demo-api:sha-1a2b3c4@${digest}`);
  });

  it('names what scanners are told to pass over, with the reason', async () => {
    const { metadata } = await deployment(goodValues);
    expect(metadata.annotations?.['checkov.io/skip1']).toMatch(/^CKV_K8S_43=.{20,}/);
    expect(metadata.annotations?.['kube-score/ignore']).not.toContain('deployment-replicas');
  });
});

describe('the Service', () => {
  it('selects the pods', async () => {
    const service = await helm.one('tenant', 'Service', goodValues);
    const { spec } = await deployment(goodValues);
    expect(service).toMatchObject({
      metadata: { name: 'demo-api' },
      spec: { type: 'ClusterIP', ports: [{ port: 8000 }] },
    });
    expect(spec.template.metadata.labels).toMatchObject(service.spec.selector);
    expect(spec.selector.matchLabels).toEqual(service.spec.selector);
    expect(spec.template.metadata.labels).toMatchObject({
      'app.kubernetes.io/version': 'sha-1a2b3c4',
      'backstage.io/kubernetes-id': 'demo-api',
      'tenant-releases.io/service': 'demo-api',
    });
  });
});

describe('the PodDisruptionBudget', () => {
  it.each([
    ['two pods', {}, 1],
    ['six pods', { replicas: 6, podDisruptionBudget: { maxUnavailable: 2 } }, 2],
    ['an autoscaler', { autoscaling: { enabled: true } }, 1],
  ])('lets a drain go on with %s', async (_, values, away) => {
    const { spec } = await helm.one('tenant', 'PodDisruptionBudget', withValues(values));
    expect(spec).toMatchObject({
      maxUnavailable: away,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
    expect(spec.minAvailable).toBeUndefined();
  });

  it.each([
    ['a single pod', { replicas: 1 }],
    ['it is switched off', { podDisruptionBudget: { enabled: false } }],
  ])('is not there when %s', async (_, values) => {
    const kinds = (await helm.template('tenant', withValues(values))).map(({ kind }) => kind);
    expect(kinds).not.toContain('PodDisruptionBudget');
  });
});
