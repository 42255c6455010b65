import { ChartsHelm } from './chartsHelm';
import { goodValues, withValues } from './chartsValues';

// Real helm, on a machine that may be busy.
jest.setTimeout(60_000);

let helm: ChartsHelm;
beforeAll(async () => {
  helm = await ChartsHelm.create();
});
afterAll(() => helm.close());

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'demo-api' };

describe('autoscaling', () => {
  const on = { autoscaling: { enabled: true } };

  it('follows the CPU with two to six pods, and the Deployment names no number', async () => {
    const { apiVersion, spec } = await helm.one(
      'tenant',
      'HorizontalPodAutoscaler',
      withValues(on),
    );
    expect(apiVersion).toBe('autoscaling/v2');
    expect(spec).toEqual({
      scaleTargetRef: target,
      minReplicas: 2,
      maxReplicas: 6,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    });
    const deployment = await helm.one('tenant', 'Deployment', withValues(on));
    expect(deployment.spec).not.toHaveProperty('replicas');
  });

  it('has neither autoscaler nor disruption budget while it is scaled to zero', async () => {
    const manifests = await helm.template('tenant', withValues({ ...on, replicas: 0 }));
    const kinds = manifests.map(({ kind }) => kind);
    expect(kinds).not.toContain('HorizontalPodAutoscaler');
    expect(kinds).not.toContain('PodDisruptionBudget');
    const deployment = manifests.find(({ kind }) => kind === 'Deployment');
    expect(deployment?.spec.replicas).toBe(0);
  });

  it.each([
    [{}, ['cpu', 'memory']],
    [on, ['memory']],
  ])('leaves the vertical autoscaler with %j the resources %j', async (more, resources) => {
    const values = withValues({ verticalAutoscaling: { enabled: true }, ...more });
    const { spec } = await helm.one('tenant', 'VerticalPodAutoscaler', values);
    const [policy] = spec.resourcePolicy.containerPolicies;
    expect(spec.targetRef).toEqual(target);
    expect(policy).toMatchObject({
      containerName: 'demo-api',
      controlledResources: resources,
      controlledValues: 'RequestsOnly',
    });
    expect(Object.keys(policy.minAllowed)).toEqual(resources);
    expect(Object.keys(policy.maxAllowed)).toEqual(resources);
  });

  it('keeps what the vertical autoscaler may ask for below the limits and the share of the quota', async () => {
    const values = withValues({ verticalAutoscaling: { enabled: true }, replicas: 3 });
    const { spec } = await helm.one('tenant', 'VerticalPodAutoscaler', values);
    // A quarter of the tier's one core, and the container's limit.
    expect(spec.resourcePolicy.containerPolicies[0].maxAllowed).toEqual({
      cpu: '250m',
      memory: '192Mi',
    });
  });

  it.each([
    ['mode: Off', 'Off'],
    ["mode: 'Off'", 'Off'],
    ['mode: Recreate', 'Recreate'],
  ])('understands %s', async (mode, updateMode) => {
    const text = `${JSON.stringify(goodValues).slice(
      0,
      -1,
    )}, verticalAutoscaling: { enabled: true, ${mode} } }`;
    const { spec } = await helm.one('tenant', 'VerticalPodAutoscaler', text);
    expect(spec.updatePolicy).toEqual({ updateMode });
  });
});

describe('metrics.scrape', () => {
  const podAnnotations = async (values: object) =>
    (await helm.one('tenant', 'Deployment', values)).spec.template.metadata.annotations;

  it('annotates the pods by default', async () => {
    expect(await podAnnotations(goodValues)).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '8000',
      'prometheus.io/path': '/metrics',
    });
  });

  it.each([
    ['podMonitor', 'PodMonitor', 'podMetricsEndpoints'],
    ['serviceMonitor', 'ServiceMonitor', 'endpoints'],
  ])('makes of %s a %s instead', async (scrape, kind, endpoints) => {
    const values = withValues({ metrics: { scrape, interval: '15s' } });
    expect(await podAnnotations(values)).toBeUndefined();
    const { spec } = await helm.one('tenant', kind, values);
    expect(spec[endpoints]).toMatchObject([{ port: 'http', path: '/metrics', interval: '15s' }]);
    const labels = spec[endpoints][0].relabelings.map((item: any) => item.targetLabel);
    expect(labels).toEqual(['service', 'version']);
    const { metadata } = await helm.one('tenant', 'Service', values);
    expect(metadata.labels).toMatchObject(spec.selector.matchLabels);
  });
});

describe('externalSecret', () => {
  const values = withValues({
    externalSecret: {
      enabled: true,
      variables: { DATABASE_URL: { key: 'database', property: 'url' }, API_KEY: { key: 'a/b' } },
    },
  });

  it('asks only for keys below the tenant’s name', async () => {
    const { spec } = await helm.one('tenant', 'ExternalSecret', values);
    expect(spec.secretStoreRef).toEqual({ name: 'tenant-secrets', kind: 'ClusterSecretStore' });
    expect(spec.data.map((item: any) => [item.secretKey, item.remoteRef.key])).toEqual([
      ['API_KEY', 'tenant-c/a/b'],
      ['DATABASE_URL', 'tenant-c/database'],
    ]);
    expect(spec.data[1].remoteRef.property).toBe('url');
  });

  it('hands the Secret to the container', async () => {
    const { spec } = await helm.one('tenant', 'ExternalSecret', values);
    const deployment = await helm.one('tenant', 'Deployment', values);
    expect(deployment.spec.template.spec.containers[0].envFrom).toEqual([
      { secretRef: { name: spec.target.name } },
    ]);
    const without = await helm.one('tenant', 'Deployment', goodValues);
    expect(without.spec.template.spec.containers[0]).not.toHaveProperty('envFrom');
  });
});

describe('ingress', () => {
  const backend = { service: { name: 'demo-api', port: { name: 'http' } } };

  it('leads from the tenant’s own host to the Service, over HTTPS', async () => {
    const values = withValues({ ingress: { enabled: true } });
    const { spec, metadata } = await helm.one('tenant', 'Ingress', values);
    expect(metadata.annotations).toBeUndefined();
    expect(spec).toEqual({
      ingressClassName: 'traefik',
      tls: [{ hosts: ['tenant-c.example.com'], secretName: 'demo-api-tls' }],
      rules: [
        {
          host: 'tenant-c.example.com',
          http: { paths: [{ path: '/', pathType: 'Prefix', backend }] },
        },
      ],
    });
  });

  it('takes class, certificate and issuer from the file', async () => {
    const tls = { secretName: 'wildcard', clusterIssuer: 'letsencrypt' };
    const values = withValues({
      ingress: { enabled: true, className: 'nginx', host: 'tenant-c.example.com', tls },
    });
    const { spec, metadata } = await helm.one('tenant', 'Ingress', values);
    expect(metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
    expect(spec.ingressClassName).toBe('nginx');
    expect(spec.tls[0].secretName).toBe('wildcard');
  });

  it('can do without HTTPS', async () => {
    const values = withValues({ ingress: { enabled: true, tls: { enabled: false } } });
    expect((await helm.one('tenant', 'Ingress', values)).spec).not.toHaveProperty('tls');
  });
});
