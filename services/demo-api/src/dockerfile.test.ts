/** What the Dockerfile promises, without Docker: its rules, and its health check against the running service. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from './config';
import { createLog } from './log';
import { startService } from './server';

const read = (name: string) => readFileSync(path.join(__dirname, '..', name), 'utf8');

/** Instructions of the Dockerfile, continued lines joined, comments left out. */
const instructions = read('Dockerfile')
  .split('\n')
  .filter(line => !line.startsWith('#'))
  .join('\n')
  .replace(/\\\n\s*/g, ' ')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => {
    const [, name, rest] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    return { name, rest };
  });
const named = (name: string) => instructions.filter(item => item.name === name);
const last = instructions.slice(
  instructions.length - [...instructions].reverse().findIndex(({ name }) => name === 'FROM'),
);

describe('the Dockerfile', () => {
  it('names every base image by a tag or digest that says what it is', () => {
    const images = named('FROM').map(({ rest }) => rest.replace(/^--\S+\s+/, '').split(' ')[0]);
    expect(images).toHaveLength(2);
    for (const image of images) {
      expect(image).toMatch(/(:(?!latest\b)[\w.-]+|@sha256:[0-9a-f]{64})$/);
    }
  });

  it('runs as a user without rights, by number, and leaves the code to root', () => {
    const [{ rest: user }] = last.filter(({ name }) => name === 'USER');
    expect(Number(user.split(':')[0])).toBeGreaterThanOrEqual(10_000);
    const copies = last.filter(({ name }) => name === 'COPY');
    expect(copies).toHaveLength(1);
    expect(copies[0].rest).toMatch(/^--from=build --chown=0:0 --chmod=0555 /);
  });

  it('fetches nothing from elsewhere, and takes no secret', () => {
    expect(named('ADD')).toEqual([]);
    expect(named('RUN').map(({ rest }) => rest)).not.toContainEqual(
      expect.stringMatching(/curl|wget|sudo|npm install|apt/),
    );
    expect(named('ARG').map(({ rest }) => rest.split('=')[0])).toEqual(['VERSION', 'COMMIT']);
  });

  it('copies into the build only what is let through', () => {
    const [first, ...rest] = read('Dockerfile.dockerignore')
      .split('\n')
      .filter(line => line && !line.startsWith('#'));
    expect(first).toBe('**');
    expect(rest.filter(line => /\.env|\.git\b|node_modules|\.pem/.test(line))).toEqual([]);
  });

  it('has a health check that tells a service that answers from one that does not', async () => {
    const [{ rest }] = named('HEALTHCHECK');
    const [, command] = / CMD (\[.*\])$/.exec(rest) ?? [];
    const [, ...args] = JSON.parse(command) as string[];
    const ask = (port: number) =>
      promisify(execFile)(process.execPath, args, { env: { PORT: String(port) } });
    const config = readConfig({ HOST: '127.0.0.1', PORT: '0', SHUTDOWN_SECONDS: '1' });
    const log = createLog({ level: 'error', constant: {}, write: () => true });
    const service = await startService(config, log);
    await expect(ask(service.port)).resolves.toBeDefined();
    await service.stop();
    await expect(ask(service.port)).rejects.toMatchObject({ code: 1 });
  });
});
