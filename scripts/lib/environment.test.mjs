import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  cacheFolders,
  toolEnvironment,
  withoutGitRepository,
  withoutNpm,
  yarnNetwork,
} from './environment.mjs';

describe('withoutGitRepository', () => {
  it('drops what git tells its hooks, and keeps what a person set', () => {
    const kept = { PATH: '/bin', GIT_SSH_COMMAND: 'ssh -i key', GIT_CONFIG_GLOBAL: '/a' };
    const dropped = { GIT_DIR: '/checkout/.git', GIT_WORK_TREE: '/checkout', GIT_INDEX_FILE: 'i' };
    assert.deepEqual(withoutGitRepository({ ...kept, ...dropped }), kept);
  });
});

describe('withoutNpm', () => {
  it('drops what npm sets for a script and keeps how to reach a registry', () => {
    const kept = {
      PATH: '/bin',
      npm_config_registry: 'http://mirror.example',
      NPM_CONFIG_CAFILE: '/ca.pem',
      'npm_config_@acme:registry': 'http://acme.example',
      npm_config_https_proxy: 'http://proxy.example',
      npm_config_userconfig: '/home/a/.npmrc',
    };
    const dropped = {
      npm_config_prefix: '/usr',
      npm_config_local_prefix: '/checkout',
      npm_config_workspace: 'app',
      npm_config_omit: 'dev',
      npm_config_ignore_scripts: '',
      npm_lifecycle_event: 'start',
      npm_package_json: '/checkout/package.json',
      npm_execpath: '/npm-cli.js',
      INIT_CWD: '/checkout',
      NODE: '/usr/bin/node',
    };
    assert.deepEqual(withoutNpm({ ...kept, ...dropped }), kept);
  });
});

describe('toolEnvironment', () => {
  it('puts the tools first on PATH and switches telemetry off', () => {
    const env = toolEnvironment({ PATH: '/usr/bin' }, ['/a b/node', '/tools']);
    assert.equal(env.PATH, '/a b/node:/tools:/usr/bin');
    assert.equal(env.YARN_ENABLE_TELEMETRY, '0');
  });
});

describe('a proxy', () => {
  it('is not asked for loopback', () => {
    const own = 'npm.example,localhost,127.0.0.1,::1';
    assert.equal(toolEnvironment({ no_proxy: 'npm.example' }, []).NO_PROXY, own);
    assert.equal(toolEnvironment({}, []).no_proxy, 'localhost,127.0.0.1,::1');
  });
});

describe('yarnNetwork', () => {
  it("hands npm's settings on", () => {
    const npm = {
      registry: 'http://mirror.example:4873/',
      'https-proxy': 'http://proxy.example:3128',
      cafile: '/ca.pem',
      'strict-ssl': false,
    };
    assert.deepEqual(yarnNetwork({}, npm), {
      YARN_NPM_REGISTRY_SERVER: 'http://mirror.example:4873/',
      YARN_HTTPS_PROXY: 'http://proxy.example:3128',
      YARN_HTTP_PROXY: 'http://proxy.example:3128',
      YARN_HTTPS_CA_FILE_PATH: '/ca.pem',
      YARN_ENABLE_STRICT_SSL: '0',
      YARN_UNSAFE_HTTP_WHITELIST: 'mirror.example',
    });
  });

  it('leaves alone what the user told Yarn, and what is not set', () => {
    const env = { YARN_NPM_REGISTRY_SERVER: 'https://own.example' };
    const npm = { registry: 'https://other.example', 'strict-ssl': true };
    assert.deepEqual(yarnNetwork(env, npm), {});
  });

  it("falls back on the environment's proxy", () => {
    const settings = yarnNetwork({ HTTPS_PROXY: 'http://proxy.example' }, {});
    assert.equal(settings.YARN_HTTPS_PROXY, 'http://proxy.example');
  });
});

describe('cacheFolders', () => {
  it('moves the caches when the home cannot be written', () => {
    assert.deepEqual(
      cacheFolders({ HOME: '/' + 'nowhere' }, '/t').YARN_GLOBAL_FOLDER,
      '/t/cache/yarn',
    );
    assert.deepEqual(cacheFolders({ HOME: process.cwd() }, '/t'), {});
  });
});
