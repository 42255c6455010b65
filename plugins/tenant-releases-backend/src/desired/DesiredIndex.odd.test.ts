import { eventually } from '../__testUtils__/eventually';
import { FakeGithub, tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { startDesiredIndex } from '../__testUtils__/startDesiredIndex';

/** As the fake, and GraphQL, tell bytes that are no UTF-8. */
const textOf = (bytes: Buffer) => bytes.toString('utf8');

describe('DesiredIndex, of files that are no text or no file', () => {
  let github: FakeGithub;
  let index: ReturnType<typeof startDesiredIndex>['index'];
  /** Bytes and mode by path, as the host has them. */
  let odd: Record<string, { bytes?: Buffer; mode?: string }>;

  beforeEach(async () => {
    odd = {};
    github = await new FakeGithub().start();
    github.rewrite = (url, body) => {
      const { tree, content } = body as { tree?: Array<{ path: string }>; content?: string };
      const entries = tree?.map(entry => ({ mode: '100644', ...entry, ...odd[entry.path] }));
      if (entries) return { ...(body as object), tree: entries };
      const text = Buffer.from(content ?? '', 'base64').toString();
      const found = Object.values(odd).find(({ bytes }) => bytes && text === textOf(bytes));
      if (found && url.pathname.includes('/git/blobs/')) {
        return { ...(body as object), content: found.bytes?.toString('base64') };
      }
      return body;
    };
  });
  afterEach(async () => {
    await index?.stop();
    await github.stop();
  });

  const problems = (tenant: string) => index.get(tenant, 'demo-api')?.problems;

  const latin = (tenant: string) =>
    Buffer.from(`${tenantFile(tenant, 'sha-1')}# M\u00fcller\n`, 'latin1');

  it.each<[string, (tenant: string) => Buffer, string]>([
    ['Latin-1', latin, 'file: is not UTF-8: save it as UTF-8'],
    [
      'UTF-16',
      tenant => Buffer.from(`\ufeff${tenantFile(tenant, 'sha-1')}`, 'utf16le'),
      'file: is UTF-16: save it as UTF-8 without a byte order mark',
    ],
    [
      'a NUL byte',
      tenant => Buffer.from(`${tenantFile(tenant, 'sha-1')}\0`),
      'file: holds a NUL byte: it is no text: put the YAML text in its place',
    ],
    [
      'nothing',
      () => Buffer.from(''),
      'file: is empty: write what belongs here, or delete the file',
    ],
    [
      'blanks',
      () => Buffer.from(' \n'),
      'file: is empty: write what belongs here, or delete the file',
    ],
  ])('says of %s what gitops check says, of one file and of many', async (_, bytesOf, problem) => {
    const tenants = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const tenant of tenants) odd[tenantPath(tenant)] = { bytes: bytesOf(tenant) };
    const texts = tenants.map(tenant => [tenantPath(tenant), textOf(bytesOf(tenant))]);
    github.commit({ [tenantPath('good')]: tenantFile('good', 'sha-1') });
    github.commit(Object.fromEntries(texts));
    ({ index } = startDesiredIndex(github));
    await eventually(() => problems('f'), [problem]);
    expect(tenants.map(problems)).toEqual(tenants.map(() => [problem]));
    expect(problems('good')).toEqual([]);
    github.commit({ [tenantPath('g')]: textOf(bytesOf('g')) });
    odd[tenantPath('g')] = { bytes: bytesOf('g') };
    index.refresh();
    expect(await eventually(() => problems('g'), [problem])).toEqual([problem]);
  });

  it('reads U+FFFD that stands in a file itself', async () => {
    const tenants = ['a', 'b', 'c', 'd', 'e', 'f'];
    github.commit(
      Object.fromEntries(
        tenants.map(name => [tenantPath(name), `${tenantFile(name, 'sha-1')}# \ufffd\n`]),
      ),
    );
    ({ index } = startDesiredIndex(github));
    await eventually(() => problems('f'), []);
    expect(tenants.map(problems)).toEqual(tenants.map(() => []));
    expect(github.requests.filter(url => url.includes('/git/blobs/'))).toHaveLength(6);
  });

  it('does not follow a link, nor read a submodule', async () => {
    odd = {
      [tenantPath('b')]: { mode: '120000' },
      'gitops/policy/releases.yaml': { mode: '120000' },
      'gitops/tenants/more': { mode: '120000' },
    };
    github.commit({
      [tenantPath('a')]: tenantFile('a', 'sha-1'),
      [tenantPath('b')]: 'a-values.yaml',
      'gitops/policy/releases.yaml': '../../rules.yaml',
      'gitops/tenants/more': '../elsewhere',
    });
    ({ index } = startDesiredIndex(github));
    await eventually(() => problems('a'), []);
    expect(problems('b')).toEqual([
      'file: is a symbolic link: replace it by the file or folder itself',
    ]);
    expect(index.leftOut().get('git')).toEqual([
      {
        kind: 'file',
        name: 'gitops/policy/releases.yaml',
        reason: expect.stringMatching(/^It is a symbolic link: replace it/),
      },
      {
        kind: 'file',
        name: 'gitops/tenants/more',
        reason: 'It is a symbolic link: replace it by the file or folder itself.',
      },
    ]);
  });
});
