import path from 'node:path';
import {
  tenantText,
  testRegistry,
  testTree,
  type TestRegistry,
  type TestTree,
} from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';

let tree: TestTree;
let registry: TestRegistry;
const fileOf = (name: string) => `gitops/tenants/${name}-values.yaml`;

beforeEach(async () => {
  tree = testTree();
  tree.commit();
  registry = await testRegistry('acme/demo-api:sha-1111111', 'acme/demo-api:sha-3333333');
});
afterEach(async () => {
  tree.remove();
  await registry.close();
});

const asked = () => ['--registry', `ghcr.io=${registry.url}`];

async function bump(version: string, args: string[], env: Record<string, string> = {}) {
  const all = ['bump', '--service', 'demo-api', '--version', version, '--output', 'json', ...args];
  const { code, out, err } = await runGitops(tree.root, all, env);
  return { code, err, result: out === '' ? undefined : JSON.parse(out) };
}

async function check(args: string[], env: Record<string, string> = {}) {
  const ran = await runGitops(tree.root, ['check', '--output', 'json', ...args], env);
  const { findings, notes } = JSON.parse(ran.out);
  const told = findings
    .filter(({ rule }: { rule: string }) => rule === 'registry')
    .map(
      ({ severity, file, line, key, problem }: Record<string, string>) =>
        `${severity} ${file}:${line} ${key} ${problem}`,
    );
  return { code: ran.code, told, notes };
}

const setTag = (name: string, tag: string) =>
  tree.write(fileOf(name), tenantText(name, { tag, ring: name === 'tenant-a' ? 0 : 1 }));

describe('bump', () => {
  it('refuses a version that the registry does not have, and changes nothing', async () => {
    const before = tree.read(fileOf('tenant-a'));
    const { code, result } = await bump('sha-2222222', asked());
    expect(code).toBe(1);
    expect(result.refused).toEqual([
      'the registry has no sha-2222222 of ghcr.io/acme/demo-api: push the image first, or name a version that is there',
    ]);
    expect(result.changes).toEqual([]);
    expect(tree.read(fileOf('tenant-a'))).toBe(before);
    // Once for both tenants: HEAD, and GET for the registry's own words.
    expect(registry.requests).toHaveLength(2);
  });

  it('moves tenants to a version that exists', async () => {
    const { code, result } = await bump('sha-3333333', asked());
    expect(code).toBe(0);
    expect(result).toMatchObject({ refused: [], warnings: [], notes: [] });
    expect(result.changes).toHaveLength(2);
    expect(tree.read(fileOf('tenant-a'))).toContain('tag: sha-3333333');
  });

  it('goes ahead with a warning while the registry does not answer', async () => {
    registry.instead = (_, response) => {
      response.writeHead(503).end();
      return true;
    };
    const { code, result } = await bump('sha-2222222', asked());
    expect(code).toBe(0);
    expect(result.warnings).toEqual([
      'Nobody knows whether ghcr.io/acme/demo-api:sha-2222222 exists: ghcr.io answers 503',
    ]);
  });

  it.each([
    [['--offline'], '(--offline)'],
    [[], 'name one with --registry or --registry-config'],
  ])('says that nobody was asked: %j', async (args, words) => {
    const { code, result } = await bump('sha-2222222', args);
    expect(code).toBe(0);
    expect(result.notes).toEqual([
      expect.stringContaining('No registry was asked whether images exist'),
    ]);
    expect(result.notes[0]).toContain(words);
    expect(registry.requests).toEqual([]);
  });
});

describe('check', () => {
  it('asks for the images that a change brings, and for no others', async () => {
    setTag('tenant-a', 'sha-2222222');
    expect(await check(['--base', 'HEAD', '--no-render', ...asked()])).toEqual({
      code: 1,
      told: [
        `error ${fileOf(
          'tenant-a',
        )}:11 image.tag names no image: the registry has no sha-2222222 of ghcr.io/acme/demo-api`,
      ],
      notes: [],
    });
    expect(registry.requests.every(one => one.includes('sha-2222222'))).toBe(true);
    setTag('tenant-a', 'sha-3333333');
    expect(await check(['--base', 'HEAD', '--no-render', ...asked()])).toMatchObject({
      code: 0,
      told: [],
    });
  });

  it('asks for all images of a tree without a base, each once', async () => {
    expect(await check(['--no-render', ...asked()])).toEqual({ code: 0, told: [], notes: [] });
    expect(registry.requests).toEqual(['HEAD /v2/acme/demo-api/manifests/sha-1111111']);
  });

  it('warns once for an image of which nobody knows, and lets the change pass', async () => {
    setTag('tenant-a', 'sha-2222222');
    setTag('tenant-b', 'sha-2222222');
    registry.instead = (_, response) => {
      response.writeHead(401).end();
      return true;
    };
    const { code, told } = await check(['--base', 'HEAD', '--no-render', ...asked()]);
    expect(code).toBe(0);
    expect(told).toEqual([
      expect.stringMatching(
        /^warning .*nobody knows whether it exists: ghcr\.io wants credentials.*\(and 1 more files want it\)$/,
      ),
    ]);
  });

  it('asks no host that the tree alone names', async () => {
    tree.write(
      fileOf('tenant-a'),
      tenantText('tenant-a', { tag: 'sha-2222222', ring: 0 }).replace(
        'ghcr.io/acme',
        registry.url.replace('http://127.0.0.1', 'localhost'),
      ),
    );
    const { told } = await check(['--base', 'HEAD', '--no-render', '--registry', 'ghcr.io']);
    expect(told).toEqual([expect.stringContaining('is none of the registries to ask')]);
    expect(registry.requests).toEqual([]);
  });

  it('says that nobody was asked, where something has changed', async () => {
    expect((await check(['--base', 'HEAD', '--no-render'])).notes).toEqual([]);
    setTag('tenant-a', 'sha-2222222');
    expect((await check(['--base', 'HEAD', '--no-render'])).notes).toEqual([
      'No registry was asked whether images exist: name one with --registry or --registry-config.',
    ]);
  });
});

describe('credentials', () => {
  const host = () => registry.url.replace('http://', '');
  const config = () =>
    JSON.stringify({
      auths: { [host()]: { auth: Buffer.from('ci:secret-word').toString('base64') } },
    });
  beforeEach(() => {
    registry.instead = (request, response) => {
      if (request.headers.authorization) return false;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="here"' }).end();
      return true;
    };
    const text = tenantText('tenant-a', { ring: 0 }).replace('ghcr.io', host());
    tree.write(fileOf('tenant-a'), text);
  });

  it.each([
    ['--registry-config', () => ({ args: ['--registry-config', 'docker/config.json'], env: {} })],
    ['DOCKER_CONFIG', () => ({ args: [], env: { DOCKER_CONFIG: path.join(tree.root, 'docker') } })],
  ])('are those of %s, whose registries are asked', async (_, given) => {
    tree.write('docker/config.json', config());
    const { args, env } = given();
    const { told } = await check(['--base', 'HEAD', '--no-render', ...args], env);
    expect(told).toEqual([]);
    expect(registry.requests.at(-1)).toMatch(/^HEAD .*sha-1111111 Basic$/);
  });

  it.each([
    [['--registry-config', 'none.json'], '', '--registry-config none.json: cannot be read'],
    [['--registry-config', 'a.json'], 'secret-word', '--registry-config a.json: is no JSON'],
    [['--registry', 'ghcr.io/acme'], '', '--registry: must be a host'],
    [['--registry', 'ghcr.io=ftp://a'], '', 'must begin with https:// or http://'],
    [['--registry', 'ghcr.io=https://a:b@c'], '', 'must hold no password'],
  ])('are refused: %j', async (args, content, message) => {
    tree.write('a.json', content);
    const { code, err, out } = await runGitops(tree.root, ['check', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('secret-word');
  });
});
