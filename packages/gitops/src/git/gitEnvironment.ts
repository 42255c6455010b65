/** A remote repository and the way in. */
export interface GitAccess {
  /** Address without credentials. */
  url: string;
  /** Value of the header `Authorization`; absent for who may read without one. */
  authorization?: string;
}

/** Settings of the machine that a connection may need, and nothing else of its environment. */
const passed = [
  'PATH',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap(name => [
    name,
    name.toLowerCase(),
  ]),
];

/** Nothing of a repository or of a server makes Git run a program, ask a person, or work in the background. */
const settings: ReadonlyArray<readonly [key: string, value: string]> = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.askPass', ''],
  ['credential.helper', ''],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['fetch.writeCommitGraph', 'false'],
  ['transfer.bundleURI', 'false'],
  // Always a pack: its index tells what is there.
  ['fetch.unpackLimit', '1'],
  // Credentials would go along to another host.
  ['http.followRedirects', 'false'],
  // Bytes and seconds: a host that sends less for so long hangs.
  ['http.lowSpeedLimit', '100'],
  ['http.lowSpeedTime', '45'],
  // Bytes: a list of thousands of wanted objects goes in one request that says its length.
  ['http.postBuffer', '33554432'],
];

/** English messages, no questions, and names that mean what they say. */
const quiet = {
  LC_ALL: 'C',
  TZ: 'UTC',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
};

/** Nobody is spoken to. */
const alone = { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1' };

/** Within a hook Git says which repository it is in; what is asked here is about another folder. */
const placesOfHooks: ReadonlySet<string> = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_EXTERNAL_DIFF',
]);

/**
 * The environment of a Git process: English messages, no prompt, nothing of the user's or the machine's configuration.
 * Credentials stand in it, and not in the arguments, which everybody on the machine may read.
 *
 * @param access - whom the process may speak to; without it nobody, so that nothing is fetched by the way
 * @param more - further settings of Git
 */
export function gitEnvironment(
  access?: GitAccess,
  more: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const protocol = access && /^([a-z]+):\/\//.exec(access.url)?.[1];
  const all = [...settings, ...Object.entries(more)];
  if (access?.authorization && protocol !== 'file') {
    all.push([
      `http.${new URL(access.url).origin}/.extraHeader`,
      `Authorization: ${access.authorization}`,
    ]);
  }
  const env: NodeJS.ProcessEnv = {
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...quiet,
    ...(access ? {} : alone),
    GIT_ALLOW_PROTOCOL: protocol && /^(https?|file)$/.test(protocol) ? protocol : 'none',
  };
  addSettings(env, all);
  for (const name of passed) {
    if (process.env[name] !== undefined) env[name] = process.env[name];
  }
  return env;
}

/**
 * The environment of a Git process that reads somebody's own checkout: their configuration says whether it is safe to read. What
 * it could make Git run or fetch is switched off.
 */
export function checkoutEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !placesOfHooks.has(name));
  const env = { ...Object.fromEntries(own), ...quiet, ...alone };
  addSettings(env, settings);
  return env;
}

/** Adds to the settings that an environment has already. */
function addSettings(
  env: NodeJS.ProcessEnv,
  more: ReadonlyArray<readonly [key: string, value: string]>,
): void {
  const count = Number(env.GIT_CONFIG_COUNT ?? 0);
  more.forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${count + index}`] = key;
    env[`GIT_CONFIG_VALUE_${count + index}`] = value;
  });
  env.GIT_CONFIG_COUNT = String(count + more.length);
}
