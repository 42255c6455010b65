import { eventually } from './testing/eventually';
import { rollOut } from './testing/fakeWorkloads';
import { PlatformFixture, startPlatform } from './testing/platformFixture';
import { applicationManifest, tenantValues } from './testing/platformFiles';

jest.setTimeout(60_000);

describe('reconciliation', () => {
  let platform: PlatformFixture;
  const status = (name: string) => platform.application(name).status ?? {};
  const deployment = () => platform.kubernetes.find('Deployment', 'tenant-a', 'demo-api');
  const settle = async () => {
    await eventually(() => expect(status('tenant-a').operationState?.phase).toBe('Succeeded'));
    rollOut(platform.kubernetes, 'tenant-a', 'demo-api');
    await eventually(() => expect(status('tenant-a').health?.status).toBe('Healthy'));
  };

  beforeEach(async () => {
    platform = await startPlatform();
  });
  afterEach(async () => {
    await platform.close();
  });

  it('brings up the whole tree from an empty cluster, and reports its health', async () => {
    await eventually(() => {
      expect(status('root').sync?.status).toBe('Synced');
      expect(status('tenant-a').sync?.status).toBe('Synced');
    });
    expect(status('tenant-a').health?.status).toBe('Progressing');
    rollOut(platform.kubernetes, 'tenant-a', 'demo-api', 'starting');
    await eventually(async () => {
      const app = await (await platform.api('/api/v1/applications/tenant-a')).json();
      const resource = app.status.resources.find((each: any) => each.kind === 'Deployment');
      expect(resource.health.message).toBe(
        'Waiting for rollout to finish: 0 of 2 updated replicas are available...',
      );
    });
    rollOut(platform.kubernetes, 'tenant-a', 'demo-api');
    await eventually(() => expect(status('tenant-a').health?.status).toBe('Healthy'));

    const { operationState, history, summary, sync } = status('tenant-a');
    expect(operationState?.message).toBe('successfully synced (all tasks run)');
    expect(operationState?.syncResult?.resources?.map(each => [each.kind, each.message])).toEqual([
      ['Namespace', 'namespace/tenant-a created'],
      ['ConfigMap', 'configmap/settings created'],
      ['Service', 'service/demo-api created'],
      ['Deployment', 'deployment.apps/demo-api created'],
    ]);
    expect(history).toEqual([
      expect.objectContaining({
        id: 0,
        revision: sync?.revision,
        initiatedBy: { automated: true },
      }),
    ]);
    expect(summary?.images).toEqual(['ghcr.io/acme/demo-api:sha-1111111']);
  });

  it('deploys a new commit and records it in the history', async () => {
    await settle();
    const revision = platform.git.commit('Bump', {
      'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-2222222'),
    });
    await eventually(() => {
      expect(status('tenant-a').sync).toMatchObject({ status: 'Synced', revision });
      expect(JSON.stringify(deployment()?.spec)).toContain('demo-api:sha-2222222');
    });
    expect(status('tenant-a').history?.map(each => each.id)).toEqual([0, 1]);
    expect(status('tenant-a').history?.at(-1)?.revision).toBe(revision);
    // The new generation has not been observed: the rollout is still going on.
    await eventually(() => expect(status('tenant-a').health?.status).toBe('Progressing'));
  });

  it('heals what somebody changed or deleted by hand, without an entry in the history', async () => {
    await settle();
    const live = deployment();
    if (!live) throw new Error('not deployed');
    platform.kubernetes.put({ ...live, spec: { ...(live.spec as object), replicas: 5 } });
    await eventually(() => expect((deployment()?.spec as any).replicas).toBe(2), 2_000);
    expect(status('tenant-a').history).toHaveLength(1);
  });

  it('leaves an application alone that says so, and takes it up again', async () => {
    await settle();
    const annotate = (annotations: Record<string, string>) => {
      const live = platform.application('tenant-a');
      platform.kubernetes.put({ ...live, metadata: { ...live.metadata, annotations } });
    };
    annotate({ 'argocd.argoproj.io/skip-reconcile': 'true' });
    const before = status('tenant-a');
    const { spec, ...rest } = deployment()!;
    const byHand = JSON.stringify(spec).replace('demo-api:sha-1111111', 'demo-api:sha-by-hand');
    platform.kubernetes.put({ ...rest, spec: JSON.parse(byHand) });
    platform.git.commit('Bump', {
      'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-2222222'),
    });
    await eventually(() => expect(status('root').sync?.revision).not.toBe(before.sync?.revision));
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(JSON.stringify(deployment()?.spec)).toContain('demo-api:sha-by-hand');
    expect(status('tenant-a')).toEqual(before);
    annotate({});
    await eventually(() => {
      expect(JSON.stringify(deployment()?.spec)).toContain('demo-api:sha-2222222');
    });
  });

  it('leaves what others add alone: defaults, and containers of a webhook', async () => {
    await settle();
    const live = structuredClone(deployment());
    if (!live) throw new Error('not deployed');
    const spec = live.spec as any;
    spec.progressDeadlineSeconds = 600;
    spec.template.spec.containers[0].imagePullPolicy = 'IfNotPresent';
    spec.template.spec.containers.push({ name: 'sidecar', image: 'sidecar:1' });
    platform.kubernetes.put(live);
    await platform.api('/api/v1/applications/tenant-a?refresh=normal');
    expect(status('tenant-a').sync?.status).toBe('Synced');
    expect((deployment()?.spec as any).template.spec.containers).toHaveLength(2);
  });

  it('prunes what is no longer in Git', async () => {
    platform.git.commit('More', {
      'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-1111111', { extra: true }),
    });
    await eventually(() =>
      expect(platform.kubernetes.find('ConfigMap', 'tenant-a', 'extra')).toBeDefined(),
    );
    platform.git.commit('Less', {
      'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-1111111'),
    });
    await eventually(() =>
      expect(platform.kubernetes.find('ConfigMap', 'tenant-a', 'extra')).toBeUndefined(),
    );
  });

  it("reports Helm's refusal as ComparisonError, keeps what runs, and recovers", async () => {
    await settle();
    platform.git.commit('Break', {
      'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-1111111', { replicas: 0 }),
    });
    const condition = await eventually(() => {
      const found = status('tenant-a').conditions?.find(each => each.type === 'ComparisonError');
      if (!found) throw new Error('no condition');
      return found;
    });
    expect(condition.message).toContain(
      'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = failed to execute helm template command: `helm template .',
    );
    expect(condition.message).toContain('minimum: got 0, want 1');
    // Like the real one's: the revision that was asked for, not the commit that it led to.
    expect(status('tenant-a').sync).toMatchObject({ status: 'Unknown', revision: 'main' });
    expect(deployment()).toBeDefined();
    platform.git.commit('Mend', {
      'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-1111111', { replicas: 3 }),
    });
    await eventually(() => {
      expect(status('tenant-a').conditions).toBeUndefined();
      expect(status('tenant-a').sync?.status).toBe('Synced');
    });
  });

  it('reports a project that forbids, and one that is missing', async () => {
    const { url } = platform.git;
    platform.git.commit('Wrong', {
      'gitops/apps/stray.yaml': applicationManifest('stray', url),
      'gitops/apps/lost.yaml': applicationManifest('lost', url, { project: 'absent' }),
      'gitops/tenants/stray-values.yaml': tenantValues('sha-1111111'),
      'gitops/tenants/lost-values.yaml': tenantValues('sha-1111111'),
    });
    await eventually(() => {
      expect(status('stray').conditions?.[0]).toMatchObject({
        type: 'InvalidSpecError',
        message:
          "application destination server 'https://kubernetes.default.svc' and namespace 'stray' do not match any of the allowed destinations in project 'tenants'",
      });
      expect(status('lost').conditions?.[0]).toMatchObject({
        type: 'InvalidSpecError',
        message: 'Application referencing project absent which does not exist',
      });
    });
    expect(status('stray')).toMatchObject({ sync: { status: 'Unknown' } });
    expect(platform.kubernetes.find('Namespace', '', 'stray')).toBeUndefined();
    const managed = await platform.api('/api/v1/applications/stray/managed-resources');
    expect([managed.status, (await managed.json()).message]).toEqual([
      500,
      `error getting cached app managed resources: InvalidSpecError: ${
        status('stray').conditions?.[0].message
      }`,
    ]);
  });

  it('removes an application with all its resources when it leaves Git', async () => {
    await settle();
    platform.git.commit('Offboard', { 'gitops/apps/tenant-a.yaml': undefined });
    await eventually(() => {
      expect(platform.kubernetes.find('Application', 'argocd', 'tenant-a')).toBeUndefined();
      expect(deployment()).toBeUndefined();
      expect(platform.kubernetes.find('Pod', 'tenant-a', 'demo-api-1-0')).toBeUndefined();
    });
    // CreateNamespace=true leaves the namespace behind.
    expect(platform.kubernetes.find('Namespace', '', 'tenant-a')).toBeDefined();
  });

  it('tries a refused sync again after the backoff', async () => {
    let refused = 0;
    platform.kubernetes.admit = object => {
      const { namespace } = object.metadata;
      if (object.kind !== 'Service' || namespace !== 'tenant-b' || refused > 0) return undefined;
      refused++;
      return 'exceeded quota: compute';
    };
    const { url } = platform.git;
    platform.git.commit('Onboard', {
      'gitops/apps/tenant-b.yaml': applicationManifest('tenant-b', url, {
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ['CreateNamespace=true'],
          retry: { limit: 3, backoff: { duration: '2s', factor: 1 } },
        },
      }),
      'gitops/tenants/tenant-b-values.yaml': tenantValues('sha-1111111'),
    });
    await eventually(() =>
      expect(status('tenant-b').operationState).toMatchObject({
        phase: 'Running',
        retryCount: 1,
        message: expect.stringMatching(
          /^one or more objects failed to apply, reason: exceeded quota: compute\. Retrying attempt #1 at \d+:\d\d[AP]M\.$/,
        ),
      }),
    );
    await eventually(() => expect(status('tenant-b').operationState?.phase).toBe('Succeeded'));
  });

  it('answers from its cache while Kubernetes is away, and goes on when it is back', async () => {
    await settle();
    const logged = (text: string) => platform.log.filter(line => line.includes(text));
    platform.kubernetes.disconnect();
    await eventually(() => expect(logged('cannot be reached')).toHaveLength(1));
    platform.git.commit('Bump', {
      'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-3333333'),
    });
    const answer = await platform.api('/api/v1/applications/tenant-a');
    expect(answer.status).toBe(200);
    expect((await answer.json()).status.health.status).toBe('Healthy');
    platform.kubernetes.reconnect();
    await eventually(() =>
      expect(JSON.stringify(deployment()?.spec)).toContain('demo-api:sha-3333333'),
    );
    expect(logged('reachable again')).toHaveLength(1);
  });

  it('goes on after a restart with what is in Kubernetes and Git', async () => {
    await settle();
    const before = status('tenant-a').history;
    await platform.restart();
    const revision = platform.git.commit('Bump', {
      'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-4444444'),
    });
    await eventually(() => expect(status('tenant-a').history?.at(-1)?.revision).toBe(revision));
    expect(status('tenant-a').history).toHaveLength((before?.length ?? 0) + 1);
  });
});
