import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, ConflictError, toError } from '@backstage/errors';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { AnyAction } from './audited';

/**
 * The action, failing in words: the scaffolder writes the stack of whatever an action throws into the log that the person
 * reads. What is a fault of ours, or of the Git host, keeps its stack in the portal's own log.
 */
export function plainFailures<A extends AnyAction>(logger: LoggerService, action: A): A {
  const run = action.handler.bind(action) as (ctx: ActionContext<object>) => Promise<void>;
  const handler = async (ctx: ActionContext<object>) => {
    try {
      await run(ctx);
    } catch (thrown) {
      const error = toError(thrown);
      const isAnswer = [InputError, NotAllowedError, ConflictError].some(
        type => error instanceof type,
      );
      if (!isAnswer) logger.error(`${action.id} failed`, error);
      error.stack = error.message;
      throw error;
    }
  };
  return { ...action, handler };
}
