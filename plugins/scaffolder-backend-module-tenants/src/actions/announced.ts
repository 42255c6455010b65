import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { onboardingTopic } from '@internal/plugin-tenant-releases-node';
import type { AnyAction } from './audited';

/** What {@link announced} needs. */
export interface AnnouncedOptions {
  events: EventsService;
  logger: LoggerService;
}

/** The action that opens a pull request, telling the portal of it, so that it is shown at once. Dry runs tell nothing. */
export function announced<A extends AnyAction>({ events, logger }: AnnouncedOptions, action: A): A {
  const run = action.handler.bind(action) as (ctx: ActionContext<object>) => Promise<void>;
  const handler = async (ctx: ActionContext<object>) => {
    await run(ctx);
    if (ctx.isDryRun) return;
    try {
      await events.publish({ topic: onboardingTopic, eventPayload: {} });
    } catch (thrown) {
      // The pull request is open all the same, and found at the next look.
      logger.warn('The portal could not be told of a pull request', toError(thrown));
    }
  };
  return { ...action, handler };
}
