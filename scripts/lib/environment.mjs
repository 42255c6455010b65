/** The environment that child processes get: what npm adds while it runs a script is not meant for other npm or Yarn calls. */
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** npm settings that say how to reach a registry; only these are handed on. */
const kept =
  /^npm_config_(registry|@.*|\/\/.*|_?ca|cafile|cert|key|strict_ssl|proxy|https?_proxy|noproxy|cache|userconfig|globalconfig|fetch_.*|offline|prefer_offline|maxsockets|local_address|user_agent|loglevel)$/i;

/**
 * The environment without what npm sets for a script: a `npm_config_prefix`, `npm_config_workspace` or `npm_config_omit`
 * would change what a nested `npm install` does.
 * @param env - for example `process.env`
 */
export function withoutNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => {
      if (/^npm_config_/i.test(name)) return kept.test(name);
      return !/^(npm_|INIT_CWD$|NODE$|COLOR$)/.test(name);
    }),
  );
}

/**
 * The environment without the repository that git names to its hooks: for git in another repository, which would otherwise
 * write into that one.
 * @param env - for example `process.env`
 */
export function withoutGitRepository(env) {
  const names = /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.test(name)));
}

/**
 * The environment for Yarn and everything run by it.
 * @param pathPrefix - folders that come first on PATH
 */
export function toolEnvironment(env, pathPrefix) {
  return {
    ...withoutNpm(env),
    PATH: [...pathPrefix, env.PATH ?? ''].join(path.delimiter),
    ...loopbackWithoutProxy(env),
    YARN_ENABLE_TELEMETRY: '0',
    // The lock file is what protects from a bad new version; with it, an age gate only breaks mirrors without dates.
    YARN_NPM_MINIMAL_AGE_GATE: '0',
    // The checkout says which Yarn runs; a yarnPath in a folder above would replace it.
    YARN_IGNORE_PATH: '1',
    BACKSTAGE_CLI_DISABLE_UPDATE_CHECK: '1',
  };
}

/** A proxy is for the world; the embedded platform's servers, which git and the portal speak to, are not behind it. */
function loopbackWithoutProxy(env) {
  const names = ['NO_PROXY', 'no_proxy'];
  const own = names.map(name => env[name]).find(value => value);
  const value = [own, 'localhost', '127.0.0.1', '::1'].filter(Boolean).join(',');
  return Object.fromEntries(names.map(name => [name, value]));
}

/**
 * What Yarn has to be told because it does not read npm's configuration. A setting that the user made for Yarn wins.
 * @param npm - npm's own settings: registry, https-proxy, proxy, cafile, strict-ssl; unset ones are undefined
 */
export function yarnNetwork(env, npm) {
  const httpsProxy = npm['https-proxy'] ?? env.HTTPS_PROXY ?? env.https_proxy;
  const httpProxy = npm.proxy ?? env.HTTP_PROXY ?? env.http_proxy;
  const wanted = {
    YARN_NPM_REGISTRY_SERVER: npm.registry,
    YARN_HTTPS_PROXY: httpsProxy ?? httpProxy,
    YARN_HTTP_PROXY: httpProxy ?? httpsProxy,
    YARN_HTTPS_CA_FILE_PATH: npm.cafile,
    YARN_ENABLE_STRICT_SSL: npm['strict-ssl'] === false ? '0' : undefined,
    // Yarn refuses plain HTTP unless the host is named here.
    YARN_UNSAFE_HTTP_WHITELIST: npm.registry?.startsWith('http:')
      ? new URL(npm.registry).hostname
      : undefined,
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, value]) => value !== undefined && env[name] === undefined,
    ),
  );
}

/** Caches inside the checkout, for an account whose home cannot be written. */
export function cacheFolders(env, toolsDir) {
  try {
    accessSync(env.HOME ?? homedir(), constants.W_OK);
    return {};
  } catch {
    return {
      HOME: path.join(toolsDir, 'home'),
      npm_config_cache: path.join(toolsDir, 'cache', 'npm'),
      YARN_GLOBAL_FOLDER: path.join(toolsDir, 'cache', 'yarn'),
    };
  }
}
