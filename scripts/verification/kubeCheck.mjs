/** Checks that read objects with one kubectl command. */
import { quote } from './shell.mjs';
import { notHere } from './verdict.mjs';

const unknownKind = /doesn't have a resource type|could not find the requested resource/;

/**
 * A check whose command is `kubectl <args>`; what it answers as JSON goes to `judge`.
 * @param judge - answers a verdict from the parsed answer
 */
export function kubeCheck({ kubectl }, { id, tenant, args, judge }) {
  return {
    id,
    tenant,
    command: `kubectl ${args.map(quote).join(' ')}`,
    run: async () => {
      try {
        return judge(await kubectl.json(args));
      } catch (error) {
        if (unknownKind.test(error.message)) return notHere('the cluster does not know this kind');
        throw error;
      }
    },
  };
}

/** The condition of a type, of any object with conditions. */
export function condition(object, type) {
  return object.status?.conditions?.find(entry => entry.type === type);
}
