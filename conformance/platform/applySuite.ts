import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parse, stringify } from 'yaml';
import { repositoryRoot } from '../support/environment.ts';
import { eventually } from '../support/eventually.ts';
import { findHelms, template } from '../support/helm.ts';
import { splitByKind } from '../support/kinds.ts';
import { Kubectl } from '../support/kubectl.ts';
import { describeObject, parseObjects } from '../support/objects.ts';
import type { PlatformRepository } from '../support/platformRepository.ts';
import { platformObjects } from './installation.ts';

const admin = new Kubectl();
const scenarios = path.join(repositoryRoot, 'charts/tenant/ci');
const names = (await readdir(scenarios)).map(file => file.replace(/-values\.yaml$/, '')).sort();

/** The scenario's file under a name of its own, so that scenarios never meet. */
async function valuesOf(scenario: string): Promise<{ tenant: string; values: string }> {
  const file = parse(await readFile(path.join(scenarios, `${scenario}-values.yaml`), 'utf8'));
  const tenant = `ci-${scenario}`;
  return { tenant, values: stringify({ ...file, tenant: { ...file.tenant, name: tenant } }) };
}

/** Server-side apply of everything that this repository puts into a cluster. */
export function applySuite(git: () => PlatformRepository): void {
  describe('server-side apply', () => {
    it('takes every object of gitops/platform', async context => {
      const { known, unknown } = await splitByKind(await platformObjects(git().work));
      for (const object of unknown)
        context.diagnostic(`skipped, no such kind here: ${describeObject(object)}`);
      // In the order in which they stand: the namespace is first.
      const outcome = await admin.apply(known, '--force-conflicts');
      assert.equal(outcome.code, 0, outcome.stderr);
      assert.ok(known.length >= 15, `only ${known.length} objects`);
    });

    it('compiles every policy without a warning', async () => {
      await eventually(
        async () => {
          const policies = await admin.list('validatingadmissionpolicies');
          assert.ok(policies.length >= 8);
          for (const { metadata, status } of policies) {
            assert.equal(status?.observedGeneration, metadata.generation, metadata.name);
            assert.deepEqual(status.typeChecking?.expressionWarnings ?? [], [], metadata.name);
          }
        },
        30,
        'the policies judged',
      );
    });

    it('takes every object of gitops/bootstrap, apps and projects', async () => {
      for (const folder of ['bootstrap', 'apps', 'projects']) {
        const directory = path.join(git().work, 'gitops', folder);
        for (const file of await readdir(directory)) {
          const objects = parseObjects(await readFile(path.join(directory, file), 'utf8'));
          // A dry run: Argo CD would begin to deploy from a repository that does not exist.
          const outcome = await admin.apply(objects, '--dry-run=server', '--force-conflicts');
          assert.equal(outcome.code, 0, `${file}: ${outcome.stderr}`);
        }
      }
    });

    for (const scenario of names) {
      it(`takes the scenario ${scenario}, whose pods become ready under "restricted"`, async context => {
        const [helm] = await findHelms();
        assert.ok(helm, 'helm is not on the PATH');
        const { tenant, values } = await valuesOf(scenario);
        const options = { namespace: tenant, values };
        const fence = await template(helm, 'tenant-fence', {
          ...options,
          release: `${tenant}-fence`,
        });
        const workload = await template(helm, 'tenant', { ...options, release: tenant });
        const namespaces = fence.filter(({ kind }) => kind === 'Namespace');
        assert.equal(namespaces.length, 1);
        assert.equal(
          namespaces[0].metadata.labels?.['pod-security.kubernetes.io/enforce'],
          'restricted',
        );
        const { known, unknown } = await splitByKind([
          ...namespaces,
          ...fence.filter(({ kind }) => kind !== 'Namespace'),
          ...workload,
        ]);
        for (const object of unknown)
          context.diagnostic(`skipped, no such kind here: ${describeObject(object)}`);
        const outcome = await admin.apply(known);
        assert.equal(outcome.code, 0, outcome.stderr);
        const [deployment] = workload.filter(({ kind }) => kind === 'Deployment');
        const rollout = await admin.run([
          'rollout',
          'status',
          '-n',
          tenant,
          `deployment/${deployment.metadata.name}`,
          '--timeout=60s',
        ]);
        const events = await admin.output(['events', '-n', tenant, '--types=Warning']);
        assert.equal(rollout.code, 0, `${rollout.stderr}\n${events}`);
        const pods = await admin.list('pods', '-n', tenant);
        assert.ok(pods.length > 0);
        for (const pod of pods) assert.equal(pod.spec.priorityClassName, 'tenant-workload');
        await admin.output(['delete', 'namespace', tenant, '--wait=false']);
      });
    }
  });
}
