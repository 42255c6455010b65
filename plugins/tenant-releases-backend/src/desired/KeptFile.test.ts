import { createMockDirectory, mockServices } from '@backstage/backend-test-utils';
import { parseTenantFile } from '@internal/gitops';
import { readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tenantFile } from '../__testUtils__/FakeGithub';
import { KeptFile, type KeptFileOptions } from './KeptFile';
import { TenantFileReader } from './TenantFileReader';
import { TenantFiles, type ParsedFile } from './TenantFiles';

const directory = createMockDirectory();
const logger = mockServices.logger.mock();
const file = () => path.join(directory.path, 'mirrors/tenant-files.json');
const open = (more: Partial<KeptFileOptions> = {}) =>
  new KeptFile<ParsedFile[]>({ file: file(), settings: { maxFileBytes: 100 }, logger, ...more });

const hold = { version: 'sha-2', reason: 'é "x"', by: 'user:default/ada', since: '2026-01-01' };
const texts = [
  tenantFile('acme', 'sha-1'),
  tenantFile('acme', 'sha-1', { ring: 3, hold } as never),
  'tenant: [',
  'tenant: { name: __proto__ }',
  '',
];
const results = texts.map(
  (text, index): ParsedFile => [`acme\n${index}`, parseTenantFile(text, 'acme')],
);

beforeEach(() => {
  directory.clear();
  jest.clearAllMocks();
});

describe('KeptFile', () => {
  it('gives back what it was given, for nobody else to read', async () => {
    expect(await open().load()).toBeUndefined();
    await open().save(results);
    expect(await open().load()).toEqual(results);
    expect((await stat(file())).mode % 0o1000).toBe(0o600);
    expect(await readdir(path.dirname(file()))).toHaveLength(1);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it.each([
    ['other settings', { settings: { maxFileBytes: 101 } }],
    ['other code', { code: async () => 'other' }],
  ])('gives back nothing of %s', async (_, more) => {
    await open(more).save(results);
    expect(await open().load()).toBeUndefined();
    expect(await open(more).load()).toEqual(results);
  });

  it.each<[string, (text: string) => string]>([
    ['empty', () => ''],
    ['cut short', text => text.slice(0, -20)],
    ['changed', text => text.replace('sha-1', 'sha-9')],
    ['no longer ours', () => 'x\n[]'],
    ['of another sum', text => text.replace(/ [0-9a-f]{64}\n/, ` ${'0'.repeat(64)}\n`)],
  ])('gives back nothing of a file that is %s', async (_, change) => {
    await open().save(results);
    await writeFile(file(), change(await readFile(file(), 'utf8')));
    expect(await open().load()).toBeUndefined();
    await open().save(results);
    expect(await open().load()).toEqual(results);
  });

  it('does not read a file that is far too large', async () => {
    await open().save(results);
    await truncate(file(), 65 * 1024 * 1024);
    expect(await open().load()).toBeUndefined();
  });

  it('follows no link that somebody has put there', async () => {
    directory.setContent({ other: 'mine', mirrors: {} });
    await symlink(path.join(directory.path, 'other'), `${file()}.${process.pid}`);
    await open().save(results);
    expect(await readFile(path.join(directory.path, 'other'), 'utf8')).toBe('mine');
    expect(await open().load()).toEqual(results);
  });

  it('says that it cannot keep anything, and leaves nothing behind', async () => {
    directory.setContent({ mirrors: 'a file' });
    await open().save(results);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(await open().load()).toBeUndefined();
    expect(logger.warn).toHaveBeenCalledTimes(2);
    expect(await readdir(directory.path)).toEqual(['mirrors']);
  });
});

describe('TenantFiles that are kept', () => {
  const read = async (kept: KeptFile<ParsedFile[]>, versions: readonly string[]) => {
    const files = new TenantFiles(1_000, kept);
    const blobs = jest.fn(
      async (shas: readonly string[]) =>
        new Map(shas.map(sha => [sha, { text: tenantFile('acme', `v${sha}`) }])),
    );
    const reader = new TenantFileReader({ blobs, blob: jest.fn() }, files, logger);
    const contents = versions.map(sha => ({ sha, tenant: 'acme' }));
    await reader.readAhead(contents, new AbortController().signal);
    await files.save();
    const found = versions.map(sha => files.find(sha, 'acme'));
    return { asked: blobs.mock.calls.flatMap(([shas]) => shas), found };
  };
  const versions = Array.from({ length: 10 }, (_, index) => `${index}`);

  it('are neither read nor parsed by the next start', async () => {
    const first = await read(open(), versions);
    expect(first.asked).toEqual(versions);
    const more = ['a', 'b', 'c', 'd', 'e'];
    const second = await read(open(), [...versions, ...more]);
    expect(second.asked).toEqual(more);
    expect(second.found.slice(0, 10)).toEqual(first.found);
    const third = await read(open(), [...versions, ...more]);
    expect(third.asked).toEqual([]);
    expect(third.found).toEqual(second.found);
    expect(third.found[14]).toMatchObject({ ok: true, file: { image: { tag: 've' } } });
  });

  it('are read again where the file is not to be had', async () => {
    await read(open(), versions);
    await writeFile(file(), 'x');
    expect((await read(open(), versions)).asked).toEqual(versions);
    expect((await read(open(), versions)).asked).toEqual([]);
  });
});
