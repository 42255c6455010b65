import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { onboardingBranch, tenantTiers } from '@internal/gitops';
import { ChartRefusal, findHelm, personOf } from '@internal/plugin-tenant-releases-node';
import { checkAgainstWorld } from '../input/checkAgainstWorld';
import { findMembers } from '../input/findMembers';
import { checkTenantInput } from '../input/tenantInput';
import { nextSteps, pullRequestBody } from '../render/pullRequestText';
import { takeSnapshot } from '../repository/snapshot';
import { onboardingTitle, taskMarker } from '../repository/taskMarker';
import type { ActionDependencies } from './dependencies';
import { examples } from './prepare.examples';
import { renderAndProve } from './renderAndProve';
import { requireOnboardPermission } from './requireOnboardPermission';

/** Folder of the workspace that holds the pull request's files, and nothing else. */
const sourcePath = 'onboarding';

/**
 * `tenants:prepare`: checks everything about a new tenant, renders its files into the workspace and proves them with the
 * charts of the same commit. Reads only; run twice, it does the same.
 */
export function createPrepareAction(dependencies: ActionDependencies) {
  const { config, gitops, urlReader, permissions } = dependencies;
  return createTemplateAction({
    id: 'tenants:prepare',
    description: 'Checks a new tenant, renders its files and proves them with the charts',
    examples,
    supportsDryRun: true,
    // The rules are checked by the action, so that all broken ones are told at once and in words.
    schema: {
      input: {
        name: z => z.string().describe('Name of the tenant: a DNS label of at most 40 characters'),
        displayName: z => z.string().describe('The tenant as people call it, one line'),
        owner: z =>
          z
            .string()
            .optional()
            .describe(
              'Entity ref of the group that owns the tenant; needed unless the group is new',
            ),
        ownerGroup: z =>
          z
            .enum(['existing', 'new'])
            .optional()
            .describe('Whether the group is made in the same pull request; default: existing'),
        groupName: z =>
          z.string().optional().describe('Name of the new group; default: <name>-owners'),
        groupTitle: z => z.string().optional().describe('The new group as people call it'),
        groupMembers: z =>
          z
            .array(z.string())
            .optional()
            .describe('Members of the new group: user names or e-mail addresses of the catalog'),
        tier: z => z.string().describe(`One of ${tenantTiers.join(', ')}`),
        version: z => z.string().describe('Image tag to start with; one that exists'),
        contact: z => z.string().describe('E-mail address'),
        ring: z =>
          z.number().optional().describe('Order of promotion, 0 to 9; default: the last ring'),
        cluster: z =>
          z
            .string()
            .optional()
            .describe("Argo CD's name of the cluster; default: the one that tenants share"),
      },
      output: {
        repoUrl: z =>
          z.string().describe('The GitOps repository, as publish:github:pull-request takes it'),
        branchName: z => z.string(),
        targetBranchName: z => z.string(),
        sourcePath: z => z.string().describe('Folder of the workspace that holds the files'),
        title: z => z.string(),
        description: z => z.string().describe('Body of the pull request, Markdown'),
        commitMessage: z => z.string(),
        authorName: z => z.string().optional().describe('The person, as Git names authors'),
        authorEmail: z => z.string().optional(),
        files: z => z.array(z.string()).describe('Paths that the pull request adds'),
        tenantUrl: z => z.string().describe("The tenant's page, once the pull request is merged"),
        pendingPath: z =>
          z.string().describe('Path in the portal of the page that says how far the onboarding is'),
        nextSteps: z => z.string().describe('What happens next, Markdown'),
      },
    },
    async handler(ctx) {
      const credentials = await ctx.getInitiatorCredentials();
      await requireOnboardPermission(permissions, credentials);
      const checked = checkTenantInput(ctx.input);
      if (!checked.ok) throw refuse(checked.problems);
      let { input } = checked;
      const helm = await findHelm(config.getOptionalString('tenantReleases.helm.path'));
      if ('problem' in helm) throw new Error(`The files cannot be proved: ${helm.problem}`);

      const snapshot = await takeSnapshot(urlReader, gitops, await ctx.createTemporaryDirectory());
      const appUrl = config.getString('app.baseUrl').replace(/\/$/, '');
      const tenantUrl = (tenant: string) => `${appUrl}/catalog/default/resource/${tenant}/releases`;
      const taskId = ctx.task.id;
      const world = { ...dependencies, credentials, snapshot, taskId, tenantUrl };
      const problems = await checkAgainstWorld(input, world);
      const { newGroup } = input;
      if (newGroup) {
        const found = await findMembers(newGroup.members, { ...dependencies, credentials });
        problems.push(...found.problems);
        input = { ...input, newGroup: { ...newGroup, members: found.refs } };
      }
      if (problems.length > 0) throw refuse(problems);

      const { files, proof } = await renderAndProve(input, snapshot, {
        config,
        gitops,
        helm: helm.path,
        target: resolveSafeChildPath(ctx.workspacePath, sourcePath),
        home: await ctx.createTemporaryDirectory(),
      }).catch((error: unknown) => {
        throw error instanceof ChartRefusal ? refuse([error.message]) : error;
      });
      for (const file of files) ctx.logger.info(`Rendered ${file.path}`);
      ctx.logger.info(`Proved with the charts at ${snapshot.commit.slice(0, 7)}`);

      const { host, owner, name: repository } = gitops.repository;
      const title = onboardingTitle(input.name);
      ctx.output('repoUrl', `${host}?owner=${owner}&repo=${repository}`);
      ctx.output('branchName', onboardingBranch(input.name));
      ctx.output('targetBranchName', gitops.branch);
      ctx.output('sourcePath', sourcePath);
      ctx.output('title', title);
      ctx.output(
        'description',
        pullRequestBody({
          input,
          files,
          proof,
          commit: snapshot.commit,
          requestedBy: ctx.user?.ref,
          taskId,
        }),
      );
      ctx.output('commitMessage', `${title}\n\n${taskMarker(taskId)}`);
      const person = personOf(ctx.user?.entity);
      ctx.output('authorName', person?.name);
      ctx.output('authorEmail', person?.email);
      ctx.output(
        'files',
        files.map(file => file.path),
      );
      ctx.output('tenantUrl', tenantUrl(input.name));
      const pendingPath = `/tenants/pending/${input.name}`;
      // A path stays in the window: the task's page opens whole addresses in another one.
      ctx.output('pendingPath', pendingPath);
      ctx.output(
        'nextSteps',
        nextSteps(input, {
          tenantUrl: tenantUrl(input.name),
          pendingUrl: `${appUrl}${pendingPath}`,
        }),
      );
    },
  });
}

function refuse(problems: string[]): InputError {
  return new InputError(`The tenant cannot be onboarded. ${problems.join('. ')}`);
}
