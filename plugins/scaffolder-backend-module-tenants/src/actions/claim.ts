import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { onboardingBranch } from '@internal/gitops';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import { claimBranch, releaseBranch } from '../repository/claimBranch';
import { claimExamples, releaseClaimExamples } from './claim.examples';
import type { ActionDependencies } from './dependencies';
import { requireOnboardPermission } from './requireOnboardPermission';

type Dependencies = Pick<ActionDependencies, 'forge' | 'gitops' | 'permissions'>;

/**
 * `tenants:claim`: makes the onboarding branch the task's own, so that of two tasks with the same name one goes on. Run
 * twice by the same task, it does nothing the second time.
 */
export function createClaimAction({ forge, gitops, permissions }: Dependencies) {
  return createTemplateAction({
    id: 'tenants:claim',
    description: 'Reserves the name of a new tenant by its branch',
    examples: claimExamples,
    supportsDryRun: true,
    schema: { input: { name: z => z.string().describe('Name of the tenant') } },
    async handler(ctx) {
      await requireOnboardPermission(permissions, await ctx.getInitiatorCredentials());
      const tenant = ctx.input.name;
      const problem = tenantNameProblem(tenant);
      if (problem) throw new InputError(problem);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would reserve the branch ${onboardingBranch(tenant)}`);
        return;
      }
      // No checkpoint: the branch itself says whose it is, also after a crash between the call and its record.
      await claimBranch(forge, { tenant, taskId: ctx.task.id, baseBranch: gitops.branch });
      ctx.logger.info(`Reserved the branch ${onboardingBranch(tenant)}`);
    },
  });
}

/** `tenants:release-claim`: after a failure, deletes the task's own branch unless a pull request came of it. */
export function createReleaseClaimAction({ forge }: Dependencies) {
  return createTemplateAction({
    id: 'tenants:release-claim',
    description: 'Gives the name of a tenant back that the task reserved',
    examples: releaseClaimExamples,
    supportsDryRun: true,
    schema: { input: { name: z => z.string().describe('Name of the tenant') } },
    async handler(ctx) {
      const tenant = ctx.input.name;
      if (ctx.isDryRun || tenantNameProblem(tenant)) return;
      const outcome = await releaseBranch(forge, { tenant, taskId: ctx.task.id });
      if (outcome === 'released') ctx.logger.info(`Deleted the branch ${onboardingBranch(tenant)}`);
    },
  });
}
