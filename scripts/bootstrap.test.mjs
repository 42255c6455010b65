import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const script = path.join(root, 'scripts/bootstrap.mjs');

/** Listens on a port of the system's choice. */
async function listen(handler) {
  const server = createServer(handler);
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, port: server.address().port };
}

describe('bootstrap', () => {
  let stateDir;
  const bootstrap = (args, env = {}) =>
    run(process.execPath, [script, ...args], {
      cwd: tmpdir(),
      env: { ...process.env, INIT_CWD: tmpdir(), SANDBOX_STATE_DIR: stateDir, ...env },
    });
  before(async () => {
    stateDir = await mkdtemp(path.join(tmpdir(), 'bootstrap test '));
  });
  after(() => rm(stateDir, { recursive: true }));

  for (const args of [[], ['nonsense'], ['toString']]) {
    it(`explains its use for ${JSON.stringify(args)}`, async () => {
      const { code, output } = await bootstrap(args);
      assert.equal(code, 2);
      assert.match(output, /^Usage: node scripts\/bootstrap\.mjs <start\|dev\|[a-z0-9|]+>\s/);
    });
  }

  it('refuses a configuration file that is not there before it sets anything up', async () => {
    const { code, output } = await bootstrap(['start', '--config', 'absent.yaml']);
    assert.equal(code, 1);
    assert.equal(output.trim(), `--config absent.yaml: there is no such file in ${tmpdir()}.`);
  });

  it('names a port that is taken, in one line', async () => {
    const { server, port } = await listen();
    try {
      const env = { PORT: String(port), SANDBOX_PORT_BASE: '27300' };
      const { code, output } = await bootstrap(['start'], env);
      assert.equal(code, 1);
      assert.match(
        output,
        new RegExp(`^Port ${port} \\(portal\\) is in use by another program: .*\n$`),
      );
    } finally {
      server.close();
    }
  });

  it('says that the checkout runs already', async () => {
    const { server, port } = await listen((request, response) => {
      response.statusCode = request.headers.authorization === 'Bearer secret' ? 200 : 401;
      response.end('{}');
    });
    const control = { url: `http://127.0.0.1:${port}`, token: 'secret', pid: 4711 };
    await mkdir(path.join(stateDir, 'run'));
    const file = path.join(stateDir, 'run/control.json');
    await writeFile(file, JSON.stringify(control));
    try {
      const { code, output } = await bootstrap(['start']);
      assert.equal(code, 1);
      assert.match(output, /^This checkout runs already \(process 4711\): .*\n$/);
    } finally {
      server.close();
      await rm(file);
    }
  });
});
