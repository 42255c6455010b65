import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { application } from '../support/argocd.ts';
import { eventually } from '../support/eventually.ts';
import { Kubectl } from '../support/kubectl.ts';
import type { PlatformRepository } from '../support/platformRepository.ts';
import { refusedBy, tableOf, type Act, type Actors } from './acts.ts';
import { actsOfDeployer, rightsOfDeployer } from './actsOfDeployer.ts';
import { actsOfGit, rightsOfGit, type TenantObjects } from './actsOfGit.ts';
import { actsOfPeople, rightsOfPeople } from './actsOfPeople.ts';
import { grantDeployer, revokeDeployer } from './deployer.ts';
import { intrusionSuite } from './intrusionSuite.ts';
import { parseObjects } from '../support/objects.ts';
import { tenant, Workloads } from './workloads.ts';

const admin = new Kubectl();
const names: Record<keyof Actors, string> = {
  owner: 'tenant’s group',
  workload: 'tenant’s pod',
  deployer: 'tenant’s deployer',
  argocd: 'Argo CD',
};

/** At least this many acts have to be refused, so that a list that shrank is noticed. */
const fewest = 200;

/** What a tenant must not be able to do, tried for real; and what it must be able to do, so that a refusal means something. */
export function forbiddenSuite(git: () => PlatformRepository): void {
  describe('what a tenant tries', () => {
    const rows: Array<{ act: string; as: string; result: string }> = [];

    it('succeeds where it is allowed', async () => {
      const { actors, workloads, objects, pod } = await prepare(git());
      const failures: string[] = [];
      for (const right of [
        ...rightsOfPeople(pod),
        ...rightsOfDeployer(workloads),
        ...rightsOfGit(objects),
      ]) {
        const outcome = await right.try(actors[right.as]);
        rows.push({
          act: right.act,
          as: names[right.as],
          result: outcome.code === 0 ? 'allowed' : 'REFUSED',
        });
        if (outcome.code !== 0)
          failures.push(`${right.act} (${names[right.as]}): ${outcome.stderr.trim()}`);
      }
      await admin.output([
        'delete',
        'pod,deployment,service,ingress',
        '-n',
        tenant,
        'fine',
        '--ignore-not-found',
        '--wait=false',
      ]);
      await admin.output([
        'delete',
        'pod',
        '-n',
        tenant,
        'fine-digest',
        'fine-taint',
        '--ignore-not-found',
        '--wait=false',
      ]);
      assert.deepEqual(failures, []);
    });

    it('is refused where it is not', async context => {
      const { actors, workloads, objects, pod } = await prepare(git());
      const acts = [
        ...actsOfPeople(pod, workloads),
        ...actsOfDeployer(workloads, pod),
        ...actsOfGit(objects),
      ];
      const failures: string[] = [];
      for (const act of acts) {
        const { result, failure } = await judge(act, actors);
        rows.push({ act: act.act, as: names[act.as], result });
        if (failure) failures.push(failure);
      }
      context.diagnostic(`\n${tableOf(rows)}\n`);
      context.diagnostic(
        `${acts.length} acts tried, ${failures.length} not refused as they should be`,
      );
      for (const failure of failures) context.diagnostic(failure);
      await revokeDeployer();
      assert.deepEqual(failures, []);
      assert.ok(acts.length >= fewest, `only ${acts.length} acts`);
    });

    intrusionSuite(git);
  });
}

async function judge(act: Act, actors: Actors): Promise<{ result: string; failure?: string }> {
  const outcome = await act.try(actors[act.as]);
  const layer = refusedBy(outcome);
  const isExpected = layer === act.refusedBy && (!act.saying || act.saying.test(outcome.stderr));
  const result = `${isExpected ? '' : 'NOT AS EXPECTED: '}${
    layer ?? (outcome.code === 0 ? 'allowed' : 'another error')
  }`;
  if (isExpected) return { result };
  return {
    result,
    failure: `${act.act} (${names[act.as]}), expected ${act.refusedBy} ${act.saying ?? ''}: ${
      outcome.stderr.trim() || 'it succeeded'
    }`,
  };
}

async function prepare(git: PlatformRepository) {
  await eventually(
    async () => {
      const health = (await application(tenant))?.status?.health?.status;
      assert.equal(health, 'Healthy');
    },
    60,
    `${tenant} healthy`,
  );
  await grantDeployer();
  const actors: Actors = {
    owner: Kubectl.person('otto', 'oidc:tenant-a-owners'),
    workload: await Kubectl.serviceAccount(tenant, 'demo-api'),
    deployer: await Kubectl.serviceAccount(tenant, 'deployer'),
    argocd: admin,
  };
  const workloads = new Workloads(await admin.get('deployment', 'demo-api', '-n', tenant));
  const [pod] = await admin.list('pods', '-n', tenant, '-l', 'app.kubernetes.io/name=demo-api');
  const [workload, fence] = parseObjects(await git.read(`gitops/apps/${tenant}.yaml`));
  const [project] = parseObjects(await git.read(`gitops/projects/${tenant}.yaml`));
  const objects: TenantObjects = { workload, fence, project };
  return { actors, workloads, objects, pod: pod.metadata.name };
}
