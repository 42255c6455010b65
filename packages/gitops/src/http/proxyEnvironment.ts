/**
 * The environment, when Node.js takes its proxy from there (`NODE_USE_ENV_PROXY=1` or `--use-env-proxy`). Node.js's own
 * agents and `fetch` do so by themselves, an agent of one's own has to be told:
 * https://nodejs.org/api/http.html#built-in-proxy-support (as tried with 24.21)
 */
export function proxyEnvironment(): NodeJS.ProcessEnv | undefined {
  const { NODE_USE_ENV_PROXY, NODE_OPTIONS = '' } = process.env;
  const flags = [...process.execArgv, ...NODE_OPTIONS.split(' ')];
  const isUsed = NODE_USE_ENV_PROXY === '1' || flags.includes('--use-env-proxy');
  return isUsed ? process.env : undefined;
}
