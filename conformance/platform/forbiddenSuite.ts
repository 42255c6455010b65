import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { application } from '../support/argocd.ts';
import { eventually } from '../support/eventually.ts';
import { Kubectl } from '../support/kubectl.ts';
import { parseObjects } from '../support/objects.ts';
import type { PlatformRepository } from '../support/platformRepository.ts';
import { refusedBy, tableOf, type Act, type Actors } from './acts/acts.ts';
import { grantDeployer, revokeDeployer } from './acts/deployer.ts';
import { allowedActs, forbiddenActs, type Scene } from './acts/index.ts';
import { labelOfActs, tenant, Workloads } from './acts/workloads.ts';
import { intrusionSuite } from './intrusionSuite.ts';

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
    it('is refused where it is forbidden, and succeeds where it is allowed', async context => {
      const { actors, scene } = await prepare(git());
      const forbidden = forbiddenActs(scene);
      const judged: Judgement[] = [];
      // The allowed ones first: those that follow find a namespace that works.
      for (const act of [...allowedActs(scene), ...forbidden]) {
        judged.push(await judge(act, actors));
      }
      await admin.output([
        'delete',
        'pod,deployment,service,ingress',
        '-n',
        tenant,
        '-l',
        labelOfActs,
      ]);
      await revokeDeployer();
      context.diagnostic(`\n${tableOf(judged)}\n`);
      const failures = judged.flatMap(({ failure }) => failure ?? []);
      for (const failure of failures) context.diagnostic(failure);
      context.diagnostic(
        `${judged.length} acts, ${forbidden.length} of them forbidden: ${failures.length} did not end as they have to`,
      );
      assert.deepEqual(failures, []);
      assert.ok(forbidden.length >= fewest, `only ${forbidden.length} acts`);
    });

    intrusionSuite(git);
  });
}

interface Judgement {
  act: string;
  as: string;
  result: string;
  failure?: string;
}

async function judge({ act, as, refusedBy: layer, saying, ...attempt }: Act, actors: Actors) {
  const outcome = await attempt.try(actors[as]);
  const refused = refusedBy(outcome);
  const result = refused ?? (outcome.code === 0 ? 'allowed' : 'another error');
  const judgement: Judgement = { act, as: names[as], result };
  const isExpected = layer
    ? refused === layer && (!saying || saying.test(outcome.stderr))
    : outcome.code === 0;
  if (isExpected) return judgement;
  const words = `expected ${layer ?? 'success'} ${saying ?? ''}`;
  return {
    ...judgement,
    result: `${result}, but ${words}`,
    failure: `${act} (${names[as]}): ${words}: ${outcome.stderr.trim() || 'it succeeded'}`,
  };
}

async function prepare(git: PlatformRepository): Promise<{ actors: Actors; scene: Scene }> {
  await eventually(
    async () => assert.equal((await application(tenant))?.status?.health?.status, 'Healthy'),
    60,
    `${tenant} healthy`,
  );
  await grantDeployer();
  const actors: Actors = {
    owner: Kubectl.person('otto', `oidc:${tenant}-owners`),
    workload: await Kubectl.serviceAccount(tenant, 'demo-api'),
    deployer: await Kubectl.serviceAccount(tenant, 'deployer'),
    argocd: admin,
  };
  const [workload, fence] = parseObjects(await git.read(`gitops/apps/${tenant}.yaml`));
  const [project] = parseObjects(await git.read(`gitops/projects/${tenant}.yaml`));
  const [pod] = await admin.list('pods', '-n', tenant, '-l', 'app.kubernetes.io/name=demo-api');
  const scene = {
    workloads: new Workloads(await admin.get('deployment', 'demo-api', '-n', tenant)),
    objects: { workload, fence, project },
    pod: pod.metadata.name,
    hasExternalSecrets: await admin.exists('crd', 'externalsecrets.external-secrets.io'),
  };
  return { actors, scene };
}
