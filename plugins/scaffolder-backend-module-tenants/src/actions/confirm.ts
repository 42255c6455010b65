import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { onboardingBranch } from '@internal/gitops';
import { taskOf } from '../repository/taskMarker';
import { confirmExamples } from './claim.examples';
import type { ActionDependencies } from './dependencies';

/**
 * `tenants:confirm`: looks at the pull request as the Git host has it. A task that went on elsewhere after a crash may have
 * lost its files; then there is none, or it does not hold them.
 */
export function createConfirmAction({ forge }: Pick<ActionDependencies, 'forge'>) {
  return createTemplateAction({
    id: 'tenants:confirm',
    description: 'Makes sure that the pull request of a new tenant is open and holds its files',
    examples: confirmExamples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the tenant'),
        files: z =>
          z.array(z.string()).describe('Paths that the pull request must add, and no other'),
      },
      output: { pullRequestUrl: z => z.string(), pullRequestNumber: z => z.number() },
    },
    async handler(ctx) {
      const { name, files } = ctx.input;
      if (ctx.isDryRun) return;
      const pullRequests = await forge.pullRequestsFrom(onboardingBranch(name));
      // Merged at once by an automatic rule, it is closed by now.
      const own = pullRequests.find(pullRequest => taskOf(pullRequest.body) === ctx.task.id);
      if (!own) throw new Error(`No pull request was opened for ${name}; start again`);
      const changed = (await forge.changedFilesOf(own)).map(file => file.path).sort();
      if (changed.join('\n') !== [...files].sort().join('\n')) {
        throw new ConflictError(
          `${own.url} changes other files than it should; close it and start again`,
        );
      }
      ctx.output('pullRequestUrl', own.url);
      ctx.output('pullRequestNumber', own.number);
    },
  });
}
