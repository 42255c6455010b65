import { mockCredentials, mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import {
  tenantOnboardPermission,
  type LeftOut,
  type SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import express from 'express';
import request from 'supertest';
import { createRouter } from './createRouter';
import { maxLeftOut, sourceRoutes } from './sourceRoutes';

const git: SourceStatus = {
  id: 'git',
  kind: 'git',
  name: 'Git',
  state: 'down',
  ageSeconds: 3,
  error: 'misconfigured',
  detail: '0 of 12 files match tenantReleases.gitops.valuesPath.',
};
const argocd: SourceStatus = {
  id: 'argocd:main',
  kind: 'argocd',
  name: 'main',
  state: 'ok',
  ageSeconds: 0,
};
const file = (index: number): LeftOut => ({
  kind: 'file',
  name: `gitops/tenants/tenant-${index}-values.yaml`,
  reason: 'It is encrypted with sops: keep image.tag out of the encrypted part.',
});
const application: LeftOut = {
  kind: 'application',
  name: 'argocd/tenant-a',
  reason: 'Its project is tenant-b.',
};

/** The groups that the callers of this test are of. */
const platform = 'user:default/platform';

describe('GET /sources', () => {
  let leftOut: Map<string, LeftOut[]>;
  const access = {
    held: async ({ principal }: { principal: unknown }, permissions: readonly object[]) =>
      permissions.map(
        permission =>
          permission === tenantOnboardPermission &&
          (principal as { userEntityRef: string }).userEntityRef === platform,
      ),
    check: async () => (resource: { owner?: string }) => resource.owner === 'mine',
  };
  const board = {
    refs: () => [
      { tenant: 'tenant-a', service: 'demo-api', application: { instance: 'main' } },
      { tenant: 'tenant-b', service: 'demo-api', application: { instance: 'of-globex' } },
    ],
    resource: ({ tenant }: { tenant: string }) => ({
      tenant,
      owner: tenant === 'tenant-a' ? 'mine' : 'theirs',
    }),
    cluster: ({ tenant }: { tenant: string }) =>
      tenant === 'tenant-a' ? 'in-cluster' : 'of-globex',
  };
  let listed: SourceStatus[];
  const router = createRouter(
    sourceRoutes({
      sources: () => listed,
      leftOut: () => leftOut,
      board: board as never,
      access: access as never,
    }),
    {
      auditor: mockServices.auditor.mock(),
      httpAuth: mockServices.httpAuth(),
      logger: mockServices.logger.mock(),
    },
  );
  const app = express().use(router).use(mockErrorHandler());
  const ask = (user: string) =>
    request(app)
      .get('/sources')
      .set('Authorization', mockCredentials.user.header(user as `user:default/${string}`));
  const sources = async (user: string): Promise<SourceStatus[]> => (await ask(user)).body.items;

  beforeEach(() => {
    listed = [git, argocd];
    leftOut = new Map([
      ['git', [file(1), file(2)]],
      ['argocd:main', [application]],
    ]);
  });

  it('tells who may onboard tenants what each source holds that no release was made of', async () => {
    expect(await sources(platform)).toEqual([
      { ...git, leftOut: [file(1), file(2)], leftOutCount: 2 },
      { ...argocd, leftOut: [application], leftOutCount: 1 },
    ]);
  });

  it.each(['user:default/owner-of-a', 'user:default/developer'])(
    'tells %s how the sources do, and nothing of what is left out',
    async user => {
      const { detail: _, ...gitWithoutDetail } = git;
      expect(await sources(user)).toEqual([gitWithoutDetail, argocd]);
      const before = (await ask(user)).text;
      leftOut = new Map();
      expect((await ask(user)).text).toBe(before);
    },
  );

  it('names an owner no cluster, no Argo CD and no telemetry of others alone', async () => {
    const others = ['argocd', 'kubernetes', 'prometheus', 'loki'].flatMap(kind => [
      { ...argocd, kind, id: `${kind}:of-globex`, name: 'of-globex' },
      { ...argocd, kind, id: `${kind}:in-cluster`, name: 'in-cluster' },
    ]) as SourceStatus[];
    listed = [git, argocd, ...others, { ...argocd, kind: 'loki', id: 'loki', name: 'Loki' }];
    const ids = (await sources('user:default/owner-of-a')).map(({ id }) => id);
    expect(ids).toEqual([
      ...['git', 'argocd:main', 'kubernetes:in-cluster'],
      ...['prometheus:in-cluster', 'loki:in-cluster', 'loki'],
    ]);
    expect((await sources(platform)).map(({ id }) => id)).toContain('kubernetes:of-globex');
  });

  it('says nothing of a source that leaves out nothing', async () => {
    leftOut = new Map([['git', []]]);
    expect(await sources(platform)).toEqual([git, argocd]);
  });

  it('tells the first of many, and how many there are', async () => {
    leftOut = new Map([['git', Array.from({ length: maxLeftOut + 1_000 }, (_, at) => file(at))]]);
    const [told] = await sources(platform);
    expect(told.leftOut).toHaveLength(maxLeftOut);
    expect(told.leftOut?.[0]).toEqual(file(0));
    expect(told.leftOutCount).toBe(maxLeftOut + 1_000);
  });
});
