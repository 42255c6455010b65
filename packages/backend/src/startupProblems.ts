interface Failure {
  failure?: { error: unknown; allowed: boolean };
}

/** The part of `BackendStartupError` of @backstage/backend-app-api that is read here. */
interface StartupResult {
  plugins: Array<Failure & { modules: Failure[] }>;
}

/** What Backstage puts in front of the cause, once for each plugin that meets it. */
const wrappings = [
  /^Failed to instantiate service '[^']+' for '[^']+' because the factory function threw an error, (?:\w*Error: )?/,
  /^Invalid app bundle schema\. .* Caused by the following schema error, (?:\w*Error: )?/s,
  /^Config validation failed, /,
];

const databaseProblem =
  /^Failed to connect to the database to make sure that .* exists, \w*Error: /;

/**
 * What stopped the start, one line a problem: the innermost cause of each plugin and module that failed.
 *
 * @param error - what `backend.start()` threw
 */
export function startupProblems(error: unknown): string[] {
  const result = (error as { result?: StartupResult } | undefined)?.result;
  const failures = result?.plugins.flatMap(({ modules, ...plugin }) => {
    const ofModules = modules.flatMap(errorOf);
    // A plugin whose module failed may fail for want of it; then the module's problem is the one to mend.
    return ofModules.length > 0 ? ofModules : errorOf(plugin);
  });
  if (failures?.length) {
    return [...new Set(failures.flatMap(startupProblems))];
  }
  if (error instanceof AggregateError) return error.errors.flatMap(startupProblems);
  if (error instanceof Error && error.cause instanceof Error) {
    return startupProblems(error.cause);
  }
  const message = error instanceof Error ? error.message : String(error);
  return [inOneLine(unwrapped(message))];
}

function errorOf({ failure }: Failure): unknown[] {
  return failure && !failure.allowed ? [failure.error] : [];
}

function unwrapped(message: string): string {
  const found = wrappings.find(wrapping => wrapping.test(message));
  if (found) return unwrapped(message.replace(found, ''));
  return databaseProblem.test(message)
    ? `Configuration backend.database.connection cannot be connected to; check it: ${message.replace(
        databaseProblem,
        '',
      )}`
    : message;
}

function inOneLine(message: string): string {
  return message.replace(/\s*\n\s*/g, '; ');
}
