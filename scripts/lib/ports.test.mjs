import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, it } from 'node:test';
import { CureError } from './output.mjs';
import { root } from './paths.mjs';
import { checkPorts, portsFrom } from './ports.mjs';

describe('portsFrom', () => {
  it('has the documented defaults', () => {
    const { portal, forge, grafana } = portsFrom({});
    assert.deepEqual([portal, forge, grafana], [7007, 7101, 7106]);
  });

  it('moves the portal and the servers', () => {
    const ports = portsFrom({ PORT: '8080', SANDBOX_PORT_BASE: '9000' });
    assert.deepEqual([ports.portal, ports.forge, ports.cluster], [8080, 9001, 9009]);
  });

  for (const [env, message] of [
    [{ PORT: 'http' }, /PORT=http is not a port: use/],
    [{ PORT: '0' }, /PORT=0/],
    [{ PORT: '70000' }, /PORT=70000/],
    [{ SANDBOX_PORT_BASE: '7100.5' }, /SANDBOX_PORT_BASE=7100.5/],
    [{ SANDBOX_PORT_BASE: '65535' }, /SANDBOX_PORT_BASE=65535/],
    [{ PORT: '7103' }, /PORT=7103 is also the port of kubernetes/],
  ]) {
    it(`refuses ${JSON.stringify(env)}`, () => assert.throws(() => portsFrom(env), message));
  }

  it('agrees with the settings of the embedded platform', async () => {
    const file = path.join(root, 'packages/sandbox/src/settings.ts');
    const block = /const offsets[^{]*\{([^}]*)\}/.exec(await readFile(file, 'utf8'))[1];
    const entries = [...block.matchAll(/(\w+): (\d+)/g)];
    assert.ok(entries.length > 5);
    const ports = portsFrom({});
    for (const [, name, offset] of entries) assert.equal(ports[name], 7100 + Number(offset), name);
  });
});

describe('checkPorts', () => {
  it('names the port that is taken and how to move', async () => {
    const server = createServer();
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    try {
      await assert.rejects(checkPorts({ forge: port }), error => {
        assert.ok(error instanceof CureError);
        assert.match(error.message, new RegExp(`^Port ${port} \\(forge\\) is in use`));
        assert.match(error.message, /SANDBOX_PORT_BASE=/);
        return true;
      });
      await assert.rejects(checkPorts({ portal: port }), /move with PORT=/);
      await assert.rejects(checkPorts({ frontend: port }), /end that program\.$/);
    } finally {
      await new Promise(resolve => server.close(resolve));
    }
    await checkPorts({ forge: port });
  });
});
