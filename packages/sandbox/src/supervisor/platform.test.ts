import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sandboxSettings, serverNames } from '../settings';
import { openLogs } from './logs';
import { Platform } from './platform';
import { ProcessName, startsAfter } from './servers';

jest.setTimeout(30_000);

/** Stands in for the bundle: notes its start, says that it is ready; prometheus lacks its program, grafana fails once. */
const bundle = `
const fs = require('node:fs');
const [, , , name] = process.argv;
const { stateDir, ports } = JSON.parse(process.env.SANDBOX_SETTINGS);
const starts = stateDir + '/starts';
fs.appendFileSync(starts, name + '\\n');
process.on('disconnect', () => process.exit(0));
const count = fs.readFileSync(starts, 'utf8').split('\\n').filter(line => line === name).length;
if (name === 'prometheus') {
  process.send({ type: 'unavailable', reason: 'install prometheus' });
} else if (name === 'grafana' && count === 1) {
  console.error('no luck');
  process.exit(1);
} else {
  setTimeout(() => process.send({ type: 'ready', url: 'http://localhost:' + ports[name] }), 20);
  setInterval(() => {}, 1000);
}
`;

describe('Platform', () => {
  let stateDir: string;
  let platform: Platform;
  const printed: string[] = [];

  const stateOf = (name: string) => platform.status().find(server => server.name === name);
  const starts = async () =>
    (await readFile(path.join(stateDir, 'starts'), 'utf8')).trim().split('\n');

  beforeAll(async () => {
    stateDir = await mkdtemp(path.join(tmpdir(), 'platform-test-'));
    const mainFile = path.join(stateDir, 'main.cjs');
    await writeFile(mainFile, bundle);
    const settings = sandboxSettings({ repositoryRoot: stateDir, stateDir, tools: { git: 'git' } });
    const logs = openLogs(stateDir, line => printed.push(line));
    platform = new Platform({ settings, mainFile, logs });
    await platform.start();
  });
  afterAll(async () => {
    await platform.stop();
    await rm(stateDir, { recursive: true });
  });

  it('starts every server, those first that others build on', async () => {
    const order = await starts();
    for (const [name, before] of Object.entries(startsAfter)) {
      for (const other of before) {
        expect(order.indexOf(other)).toBeLessThan(order.indexOf(name as ProcessName));
      }
    }
    expect(platform.status().map(server => server.name)).toEqual([...serverNames]);
    expect(stateOf('forge')).toMatchObject({ state: 'ready', url: 'http://localhost:7101' });
    expect(stateOf('forge')?.pid).toBeGreaterThan(0);
  });

  it('says what a machine lacks, and tries a failed server again', async () => {
    expect(stateOf('prometheus')).toMatchObject({
      state: 'unavailable',
      reason: 'install prometheus',
    });
    expect(printed).toContain('[grafana] no luck');
    await platform.change('start', 'grafana');
    expect(stateOf('grafana')?.state).toBe('ready');
  });

  it('stops and starts a server at a wish', async () => {
    await platform.change('stop', 'argocd');
    expect(stateOf('argocd')).toMatchObject({ state: 'stopped', pid: undefined });
    await platform.change('stop', 'argocd');
    await platform.change('start', 'argocd');
    expect(stateOf('argocd')?.state).toBe('ready');
    await platform.change('start', 'argocd');
    expect((await starts()).filter(name => name === 'argocd')).toHaveLength(2);
  });

  it('says why a server does not start', async () => {
    await expect(platform.change('start', 'prometheus')).rejects.toThrow(
      'prometheus did not start: install prometheus',
    );
  });

  it.each(['cluster', 'tardis', '__proto__'])('knows no server %s', async name => {
    await expect(platform.change('stop', name)).rejects.toThrow(/choose one of forge, argocd/);
  });
});
