/** Calls of the npm that started us, or of the one on PATH. */
import { CureError } from './output.mjs';
import { run } from './processes.mjs';

/** Program and first arguments that run npm. */
export function npmCommand(env = process.env) {
  // npm names its own entry point for the scripts that it runs; other package managers name theirs.
  const own = env.npm_execpath;
  if (own && /npm-cli\.[cm]?js$/.test(own)) return [process.execPath, [own]];
  return ['npm', []];
}

/** npm's own network settings as they hold in folder `cwd`; unset ones are undefined. */
export async function npmSettings(cwd, env) {
  const [command, first] = npmCommand();
  let result;
  try {
    result = await run(command, [...first, 'config', 'list', '--json', '--long'], { cwd, env });
  } catch (error) {
    throw new CureError(`npm was not found (${error.code}): install it together with Node.`);
  }
  return parseNpmConfig(result.output);
}

/** The settings that matter out of `npm config list --json`, which may stand between warnings. */
export function parseNpmConfig(output) {
  const names = ['registry', 'https-proxy', 'proxy', 'cafile', 'strict-ssl'];
  let all;
  try {
    all = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  } catch {
    return {};
  }
  return Object.fromEntries(names.map(name => [name, all[name] ?? undefined]));
}
