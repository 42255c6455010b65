import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sandboxSettings, type SandboxSettings } from '../settings';
import { startLoki } from './startLoki';

let stateDir: string;
let settings: SandboxSettings;
beforeEach(() => {
  stateDir = mkdtempSync(path.join(os.tmpdir(), 'loki-server-'));
  settings = sandboxSettings({ repositoryRoot: stateDir, stateDir, tools: { git: 'git' } });
  settings.ports.loki = 0;
});
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

const headers = { 'X-Scope-OrgID': 'tenant-a', 'Content-Type': 'application/json' };

describe('startLoki', () => {
  it('answers over loopback and finds its lines again after a restart', async () => {
    const first = await startLoki(settings);
    expect(first.url).toMatch(/^http:\/\/localhost:\d+$/);
    const ready = await fetch(`${first.url}/ready`);
    expect([ready.status, await ready.text()]).toEqual([200, 'ready\n']);
    const info = await fetch(`${first.url}/loki/api/v1/status/buildinfo`);
    expect(await info.json()).toMatchObject({ version: expect.stringMatching(/^3\./) });
    const values = [[`${Date.now()}000000`, 'kept']];
    const pushed = await fetch(`${first.url}/loki/api/v1/push`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ streams: [{ stream: { app: 'web' }, values }] }),
    });
    expect(pushed.status).toBe(204);
    await first.close();
    await expect(fetch(`${first.url}/ready`)).rejects.toThrow();

    const second = await startLoki(settings);
    const query = encodeURIComponent('{app="web"}');
    const found = await fetch(`${second.url}/loki/api/v1/query_range?query=${query}`, { headers });
    expect(JSON.stringify(await found.json())).toContain('kept');
    await second.close();
  });

  it('fails when its port is taken', async () => {
    const first = await startLoki(settings);
    const taken = {
      ...settings,
      ports: { ...settings.ports, loki: Number(new URL(first.url).port) },
    };
    await expect(startLoki(taken)).rejects.toThrow('EADDRINUSE');
    await first.close();
  });
});
