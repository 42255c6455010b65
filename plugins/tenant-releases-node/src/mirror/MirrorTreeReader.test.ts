import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Mirror, readGitopsConfig } from '@internal/gitops';
import { GitRemote } from '@internal/gitops/testUtils';
import { MirrorTreeReader } from './MirrorTreeReader';

// Git's processes take their time on a busy machine.
jest.setTimeout(60_000);

const gitops = readGitopsConfig({
  getOptional: key =>
    ({ 'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform' }[key]),
});

let remote: GitRemote;
let directory: string;
let mirror: Mirror;
let reader: MirrorTreeReader;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tree-reader-'));
  remote = await new GitRemote().start();
  mirror = new Mirror({
    url: remote.url,
    repository: 'acme/platform',
    branch: 'main',
    directory,
    bounds: { askMs: 5_000, fetchMs: 5_000, firstFetchMs: 5_000 },
  });
  reader = new MirrorTreeReader(mirror, gitops);
});
afterEach(async () => {
  mirror.close();
  await remote.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

async function textsOf(folder: string, filter?: (path: string) => boolean) {
  const tree = await reader.readTree(gitops.treeUrl(folder), { filter });
  const files = await tree.files();
  const texts = await Promise.all(
    files.map(async file => [file.path, (await file.content()).toString()]),
  );
  return { etag: tree.etag, texts: Object.fromEntries(texts) };
}

it('reads a folder at the head of the branch, with the paths from there', async () => {
  const head = remote.commit({
    'gitops/a b/#1.yaml': 'x: \u00e9\r\n',
    'gitops/a b/deep/two.yaml': '',
    'gitops/a bc/other.yaml': 'y',
    'README.md': 'z',
  });
  expect(await textsOf('gitops/a b')).toEqual({
    etag: head,
    texts: { '#1.yaml': 'x: \u00e9\r\n', 'deep/two.yaml': '' },
  });
  expect(Object.keys((await textsOf('')).texts)).toHaveLength(4);
  expect(await textsOf('nothing')).toEqual({ etag: head, texts: {} });
});

it('holds a link as an archive does: a file without content, which is never followed', async () => {
  remote.commit({ 'a/link.yaml': { link: '/etc/passwd' }, 'a/one.yaml': '1' });
  expect((await textsOf('a')).texts).toEqual({ 'link.yaml': '', 'one.yaml': '1' });
});

it('costs one request while nothing is new, also when two ask at once', async () => {
  const head = remote.commit({ 'a/one.yaml': '1' });
  await textsOf('a');
  remote.forget();
  const again = () => reader.readTree(gitops.treeUrl('a'), { etag: head });
  const asked = await Promise.allSettled([again(), again()]);
  expect(asked).toMatchObject(Array(2).fill({ reason: { name: 'NotModifiedError' } }));
  expect(remote.requests).toHaveLength(1);
});

it('tells the filter what a file has of bytes, so that large ones are left out', async () => {
  remote.commit({ 'a/large.yaml': 'x'.repeat(100_000), 'a/small.yaml': 'x' });
  const tree = await reader.readTree(gitops.treeUrl('a'), {
    filter: (_, info) => (info?.size ?? 0) <= 10,
  });
  expect((await tree.files()).map(file => file.path)).toEqual(['small.yaml']);
});

it('writes the files into a folder', async () => {
  const content = Buffer.from([0, 255, 10]);
  remote.commit({ 'charts/a/bytes': content.toString('latin1'), 'charts/a/b/two.yaml': '2' });
  const tree = await reader.readTree(gitops.treeUrl(''), {
    filter: file => file.endsWith('.yaml'),
  });
  const targetDir = path.join(directory, 'out');
  expect(await tree.dir({ targetDir })).toBe(targetDir);
  expect(await readFile(path.join(targetDir, 'charts/a/b/two.yaml'), 'utf8')).toBe('2');
  await expect(readFile(path.join(targetDir, 'charts/a/bytes'))).rejects.toMatchObject({
    code: 'ENOENT',
  });
});

it.each([
  [401, { name: 'GitFault', kind: 'unauthorized' }],
  [404, { name: 'NotFoundError' }],
  [503, { name: 'GitFault', kind: 'server-error' }],
])(
  'says what is wrong with a host that answers %i, and reads again afterwards',
  async (status, wanted) => {
    remote.commit({ 'a/one.yaml': '1' });
    remote.fault = { kind: 'status', status };
    await expect(textsOf('a')).rejects.toMatchObject(wanted);
    remote.fault = undefined;
    expect((await textsOf('a')).texts).toEqual({ 'one.yaml': '1' });
  },
);

it.each(['https://git.example.com/acme/platform2/tree/main', 'https://git.example.com/x'])(
  'reads no other repository: %s',
  async url => {
    await expect(reader.readTree(url)).rejects.toThrow('is no folder of this repository');
  },
);
