import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { plain, run, runStep, start } from './processes.mjs';

const module = fileURLToPath(new URL('./processes.mjs', import.meta.url));

describe('run', () => {
  it('answers exit code and output of both streams', async () => {
    const lines = [];
    const script = 'console.log("one\\ntwo"); console.error("three"); process.exitCode = 3';
    const result = await run(process.execPath, ['-e', script], {
      onLine: line => lines.push(line),
    });
    assert.equal(result.code, 3);
    assert.deepEqual(lines.sort(), ['one', 'three', 'two']);
  });
  it('rejects for a program that is not there', () =>
    assert.rejects(run('/nowhere/program', []), { code: 'ENOENT' }));
});

describe('runStep', () => {
  let logDir;
  before(async () => {
    logDir = await mkdtemp(path.join(tmpdir(), 'step test '));
  });
  after(() => rm(logDir, { recursive: true }));

  it('shows the end of the output and the cure when a step fails, and keeps all of it', async () => {
    const script = 'for (let i = 0; i < 100; i++) console.log("line", i); process.exitCode = 1';
    await assert.rejects(
      runStep('Trying it', process.execPath, ['-e', script], { cure: 'Do this.', logDir }),
      error => {
        assert.match(error.message, /line 99\n\nTrying it failed \(exit code 1\)\. Do this\. Full/);
        assert.doesNotMatch(error.message, /line 42\n/);
        return true;
      },
    );
    assert.match(await readFile(path.join(logDir, 'trying-it.log'), 'utf8'), /line 42\n/);
  });
});

describe('endChildrenOnSignal', () => {
  it('ends children and what they started, and exits as a shell expects', async () => {
    const script = `
      import { endChildrenOnSignal, start } from ${JSON.stringify(module)};
      endChildrenOnSignal();
      start('sh', ['-c', 'sleep 60 & echo started; wait'], { stdio: ['ignore', 'inherit', 'inherit'] });
    `;
    const parent = start(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise(resolve => parent.stdout.once('data', resolve));
    const exited = new Promise(resolve => parent.once('exit', resolve));
    // The output closes when nobody holds it any more: neither shell nor sleep.
    const closed = new Promise(resolve => parent.once('close', resolve));
    process.kill(parent.pid, 'SIGINT');
    assert.equal(await exited, 130);
    await closed;
  });
});

describe('plain', () => {
  it('drops colours', () => assert.equal(plain('\x1b[31mred\x1b[0m\r\n'), 'red\n'));
});
