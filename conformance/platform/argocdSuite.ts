import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe } from 'node:test';
import { application, gone, syncedAndHealthy } from '../support/argocd.ts';
import { repositoryRoot } from '../support/environment.ts';
import { eventually } from '../support/eventually.ts';
import { Kubectl } from '../support/kubectl.ts';
import { parseObjects } from '../support/objects.ts';
import type { PlatformRepository } from '../support/platformRepository.ts';
import { steps } from '../support/steps.ts';
import { provideVolumes } from '../support/volumes.ts';
import { platformObjects, registerSecondCluster, secondCluster } from './installation.ts';

const admin = new Kubectl();
const tenants = (await readdir(path.join(repositoryRoot, 'gitops/tenants'))).map(file =>
  file.replace(/-values\.yaml$/, ''),
);

/** Argo CD brings the tree into the cluster, keeps it there and takes it out again. */
export function argocdSuite(git: () => PlatformRepository): void {
  describe('Argo CD with this tree', () => {
    const step = steps();
    step('brings the platform, from gitops/bootstrap applied by hand', async () => {
      await provideVolumes(await platformObjects(git().work));
      for (const file of ['project.yaml', 'platform.yaml']) await bootstrap(file);
      await syncedAndHealthy('platform', await git().head(), 300);
    });

    step('brings every tenant from the Application root', async () => {
      await bootstrap('root.yaml');
      await syncedAndHealthy('root', await git().head());
      for (const tenant of tenants) {
        for (const name of [tenant, `${tenant}-fence`]) {
          await syncedAndHealthy(name, await git().head());
        }
        const pods = await admin.list('pods', '-n', tenant);
        assert.ok(pods.length > 0, `no pod in ${tenant}`);
      }
    });

    step('mends what somebody changed by hand, in the workload and in the fence', async () => {
      const [tenant] = tenants;
      const scale = ['deployment/demo-api', '-n', tenant, '--replicas=0'];
      await admin.output(['scale', ...scale]);
      await admin.output(['delete', 'networkpolicy', 'default-deny', '-n', tenant]);
      const quota = ['resourcequota', 'tenant', '-n', tenant];
      const before = (await admin.get(...quota)).spec.hard.pods;
      const more = JSON.stringify({ spec: { hard: { pods: '500' } } });
      await admin.output(['patch', ...quota, '--type=merge', '-p', more]);
      await eventually(
        async () => {
          await application(tenant);
          await application(`${tenant}-fence`);
          const deployment = await admin.get('deployment', 'demo-api', '-n', tenant);
          assert.ok(deployment.spec.replicas > 0);
          assert.ok(await admin.exists('networkpolicy', 'default-deny', '-n', tenant));
          assert.equal((await admin.get(...quota)).spec.hard.pods, before);
        },
        60,
        'the change undone',
      );
    });

    step('follows one line of Git to another version', async () => {
      const [tenant] = tenants;
      const file = `gitops/tenants/${tenant}-values.yaml`;
      const text = (await git().read(file)).replace(/tag: .*/, 'tag: sha-2222222');
      const commit = await git().commit('Bump', { [file]: text });
      await syncedAndHealthy(tenant, commit);
      const { spec } = await admin.get('deployment', 'demo-api', '-n', tenant);
      assert.match(spec.template.spec.containers[0].image, /:sha-2222222$/);
    });

    step('places a tenant on a cluster of its own, by name, with the same files', async () => {
      await registerSecondCluster();
      const { name, tenant } = secondCluster;
      const files = await git().tenantFiles(tenant, tenants[0], name);
      const commit = await git().commit('Onboard', files);
      await syncedAndHealthy('root', commit);
      await syncedAndHealthy(`${tenant}-fence`, commit);
      await syncedAndHealthy(tenant, commit);
      assert.ok((await admin.list('pods', '-n', tenant)).length > 0);
    });

    step('says so when something is in a tenant’s namespace that Git does not know', async () => {
      const [tenant] = tenants;
      await admin.output(['create', 'serviceaccount', 'stray', '-n', tenant]);
      await eventually(
        async () => {
          const conditions = (await application(tenant))?.status?.conditions ?? [];
          const orphans = conditions.filter(({ type }) => type === 'OrphanedResourceWarning');
          assert.equal(orphans.length, 1, JSON.stringify(conditions));
        },
        60,
        'the warning',
      );
      await admin.output(['delete', 'serviceaccount', 'stray', '-n', tenant]);
      await eventually(
        async () => assert.deepEqual((await application(tenant))?.status?.conditions ?? [], []),
        60,
        'no warning any more',
      );
    });

    step('deploys nothing by itself within a sync window', async () => {
      const [tenant] = tenants;
      const project = `gitops/projects/${tenant}.yaml`;
      const file = `gitops/tenants/${tenant}-values.yaml`;
      const before = { [project]: await git().read(project), [file]: await git().read(file) };
      const now = before[project]
        .replace(/schedule: .*/, "schedule: '* * * * *'")
        .replace(/duration: .*/, 'duration: 1h');
      await syncedAndHealthy('root', await git().commit('Close the window', { [project]: now }));
      const bumped = before[file].replace(/tag: .*/, 'tag: sha-3333333');
      const commit = await git().commit('Bump', { [file]: bumped });
      await eventually(
        async () => {
          const status = (await application(tenant))?.status;
          assert.equal(status?.sync?.revision, commit);
          assert.equal(status?.sync?.status, 'OutOfSync');
        },
        60,
        'the new version seen',
      );
      const { spec } = await admin.get('deployment', 'demo-api', '-n', tenant);
      assert.match(spec.template.spec.containers[0].image, /:sha-2222222$/);
      const restored = await git().commit('Open the window', before);
      await syncedAndHealthy('root', restored);
      await syncedAndHealthy(tenant, restored);
    });

    async function bootstrap(file: string): Promise<void> {
      const objects = parseObjects(await git().read(`gitops/bootstrap/${file}`));
      // The API server reads the policies' settings a moment after they are there.
      await eventually(
        async () => {
          const outcome = await admin.apply(objects, '--force-conflicts');
          assert.equal(outcome.code, 0, outcome.stderr);
        },
        30,
        `gitops/bootstrap/${file} applied`,
      );
    }
  });
}

/** Waits until the workload is gone, and fails when its fence began to go before that. */
async function workloadGoesBeforeFence(tenant: string): Promise<void> {
  let isFenceFirst = false;
  await eventually(
    async () => {
      const applications = await admin.list('applications.argoproj.io', '-n', 'argocd');
      const find = (name: string) => applications.find(({ metadata }) => metadata.name === name);
      const fence = find(`${tenant}-fence`);
      if (find(tenant) && (!fence || fence.metadata.deletionTimestamp)) isFenceFirst = true;
      assert.equal(find(tenant), undefined);
    },
    120,
    `${tenant} gone`,
  );
  assert.equal(isFenceFirst, false, 'the fence went before the workload');
}

/** Offboarding comes last: the other suites need the tenants. */
export function offboardSuite(git: () => PlatformRepository): void {
  describe('Argo CD, when a tenant leaves', () => {
    const step = steps();
    step('removes everything of it, the namespace too, and nothing of the others', async () => {
      for (const tenant of [secondCluster.tenant, tenants[0]]) {
        const files = ['apps', 'projects'].map(folder => `gitops/${folder}/${tenant}.yaml`);
        files.push(`gitops/tenants/${tenant}-values.yaml`);
        const commit = await git().commit(
          'Offboard',
          Object.fromEntries(files.map(file => [file, undefined])),
        );
        await eventually(
          async () => assert.equal((await application('root'))?.status?.sync?.revision, commit),
          60,
          'the commit seen',
        );
        await workloadGoesBeforeFence(tenant);
        await gone(`${tenant}-fence`);
        await eventually(
          async () => {
            assert.equal(await admin.exists('namespace', tenant), false, 'namespace');
            assert.equal(
              await admin.exists('appproject', tenant, '-n', 'argocd'),
              false,
              'project',
            );
          },
          60,
          `${tenant} gone`,
        );
        await syncedAndHealthy('root', commit);
      }
      for (const tenant of tenants.slice(1)) {
        assert.equal((await application(tenant))?.status?.health?.status, 'Healthy');
      }
    });
  });
}
