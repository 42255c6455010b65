interface Failure {
  failure?: { error: unknown; allowed: boolean };
}

/** The part of `BackendStartupError` of @backstage/backend-app-api that is read here. */
interface StartupResult {
  plugins: Array<Failure & { modules: Failure[] }>;
}

/**
 * What stopped the start, one line a problem: the innermost cause of each plugin and module that failed.
 *
 * @param error - what `backend.start()` threw
 */
export function startupProblems(error: unknown): string[] {
  const result = (error as { result?: StartupResult } | undefined)?.result;
  const failures = result?.plugins
    .flatMap(plugin => [plugin, ...plugin.modules])
    .flatMap(({ failure }) => (failure && !failure.allowed ? [failure.error] : []));
  if (failures?.length) {
    return [...new Set(failures.flatMap(startupProblems))];
  }
  if (error instanceof Error && error.cause instanceof Error) {
    return startupProblems(error.cause);
  }
  const message = error instanceof Error ? error.message : String(error);
  return [message.replace(/\s*\n\s*/g, '; ')];
}
