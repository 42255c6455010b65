import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, ConflictError, toError } from '@backstage/errors';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import { shortenError } from '@internal/gitops';
import { ForgeError } from '../repository/ForgeError';
import type { AnyAction } from './audited';

/** What a person reads of a fault that nobody wrote a sentence for. */
export const unforeseen =
  'The portal failed, and not because of what was typed: its log says how. Try again later, or ask the platform team.';

const faults = [TypeError, RangeError, ReferenceError, SyntaxError];

/** From the root of a file system: where the portal runs is nobody's business. */
const paths = /(^|[\s"'(])(?:\/[\w.@+-]+){2,}/g;

/**
 * The action, failing in one sentence: the scaffolder writes the stack of whatever an action throws into the log that the
 * person reads. What is a fault of ours, or of the Git host, keeps its stack and its own words in the portal's log.
 */
export function plainFailures<A extends AnyAction>(logger: LoggerService, action: A): A {
  const run = action.handler.bind(action) as (ctx: ActionContext<object>) => Promise<void>;
  const handler = async (ctx: ActionContext<object>) => {
    try {
      await run(ctx);
    } catch (thrown) {
      const error = toError(thrown) as Error;
      const isAnswer = [InputError, NotAllowedError, ConflictError].some(
        type => error instanceof type,
      );
      if (!isAnswer) logger.error(`${action.id} failed`, error);
      const told = isAnswer ? error : new Error(sentenceOf(error));
      told.stack = told.message;
      throw told;
    }
  };
  return { ...action, handler };
}

function sentenceOf(error: Error): string {
  if (error instanceof ForgeError) return error.message;
  // Errors of the system have a code, and those of a schema its issues.
  const isFault =
    'code' in error || 'issues' in error || faults.some(type => error instanceof type);
  return isFault ? unforeseen : shortenError(error.message, 500).replace(paths, '$1[path]');
}
