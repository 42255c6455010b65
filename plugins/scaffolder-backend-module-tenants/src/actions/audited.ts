import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ActionContext, TemplateAction } from '@backstage/plugin-scaffolder-node';

/** A name that somebody made up is noted up to here. */
const longestName = 60;

type AnyContext = ActionContext<{ name?: string }>;

/** An action, whatever it takes and gives. */
export type AnyAction = Pick<TemplateAction, 'id'> & { handler(ctx: never): Promise<void> };

/**
 * The action with a note of each run in the audit log: who, for which tenant, and what became of it. Dry runs change nothing
 * and are not noted.
 */
export function audited<A extends AnyAction>(auditor: AuditorService, action: A): A {
  const run = action.handler.bind(action) as (ctx: AnyContext) => Promise<void>;
  const handler = async (ctx: AnyContext) => {
    if (ctx.isDryRun) {
      await run(ctx);
      return;
    }
    const { name } = ctx.input;
    const event = await auditor.createEvent({
      eventId: 'tenant-onboard',
      severityLevel: 'medium',
      meta: {
        action: action.id,
        task: ctx.task.id,
        user: ctx.user?.ref ?? 'unknown',
        tenant: String(name).slice(0, longestName),
      },
    });
    try {
      await run(ctx);
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
    await event.success();
  };
  return { ...action, handler };
}
