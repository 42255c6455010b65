import { UpstreamError } from '../../http/UpstreamError';
import { ServiceRepository } from './ServiceRepository';
import { versionExpressions } from './versionExpressions';

const oid = (start: string) => start.padEnd(40, '0');

function commit(start: string, part: object = {}): object {
  return {
    oid: oid(start),
    url: `https://git.example.com/acme/demo-api/commit/${oid(start)}`,
    message: 'feat: answer faster\n\nBy a cache.',
    committedDate: '2026-01-01T00:00:00Z',
    author: { name: 'lin', email: 'lin@example.com', user: { login: 'lin', name: 'Lin Zhao' } },
    associatedPullRequests: { nodes: [] },
    ...part,
  };
}

/** A repository that answers with these objects, by the expression that names them. */
function repositoryOf(objects: Record<string, object>) {
  const queries: string[] = [];
  const ask = async (query: string, _: object, schema: { parse(value: unknown): unknown }) => {
    queries.push(query);
    const asked = [...query.matchAll(/(\w+):object\(expression:"([^"]*)"\)/g)];
    const found = asked.map(([, alias, expression]) => [alias, objects[expression] ?? null]);
    return schema.parse({ data: { repository: Object.fromEntries(found) } });
  };
  const repository = new ServiceRepository(
    { query: ask as never },
    {
      owner: 'acme',
      name: 'demo-api',
    },
  );
  return { repository, queries };
}

describe('versionExpressions', () => {
  it.each([
    ['sha-1a2b3c4', ['1a2b3c4']],
    ['1a2b3c4', ['refs/tags/1a2b3c4', 'refs/tags/v1a2b3c4', '1a2b3c4']],
    ['1.2.0', ['refs/tags/1.2.0', 'refs/tags/v1.2.0']],
    ['v1.2.0', ['refs/tags/v1.2.0']],
    ['main', ['refs/tags/main', 'refs/tags/vmain']],
    ['x"){viewer{login}}#', []],
    ['latest', []],
  ])('%s may be called %j', (version, expected) => {
    expect(versionExpressions(version).map(({ expression }) => expression)).toEqual(expected);
  });
});

describe('ServiceRepository', () => {
  it('tells title, author and pull request of many versions by one request', async () => {
    const pull = {
      number: 7,
      url: 'https://git.example.com/acme/demo-api/pull/7',
      title: 'Answer faster',
      mergedAt: '2026-01-01T00:00:00Z',
      mergedBy: { __typename: 'User', login: 'ada', name: 'Ada Okafor' },
    };
    const { repository, queries } = repositoryOf({
      '1a2b3c4': commit('1a2b3c4', {
        associatedPullRequests: { nodes: [{ ...pull, number: 6, mergedAt: null }, pull] },
      }),
      'refs/tags/v1.2.0': { target: commit('fff', { author: { name: 'renovate[bot]' } }) },
      'refs/tags/old': { text: 'a blob' },
    });
    const found = await repository.commits(['sha-1a2b3c4', '1.2.0', 'old', 'sha-0000000']);
    expect(queries).toHaveLength(1);
    expect([...found.keys()]).toEqual(['sha-1a2b3c4', '1.2.0']);
    expect(found.get('sha-1a2b3c4')).toEqual({
      commit: oid('1a2b3c4'),
      title: 'feat: answer faster',
      author: 'Lin Zhao',
      committedAt: '2026-01-01T00:00:00Z',
      url: `https://git.example.com/acme/demo-api/commit/${oid('1a2b3c4')}`,
      pullRequest: {
        number: 7,
        url: pull.url,
        title: 'Answer faster',
        mergedAt: pull.mergedAt,
        mergedBy: 'Ada Okafor',
      },
    });
    expect(found.get('1.2.0')).toMatchObject({ author: 'renovate[bot]', isBot: true });
  });

  it('says nothing untrue of hostile and odd commits', async () => {
    const { repository } = repositoryOf({
      // What Git resolved has another SHA than the version says.
      aaaaaaa: commit('bbbbbbb'),
      bbbbbbb: commit('bbbbbbb', { message: `${'x'.repeat(10_000)}`, author: null }),
      ccccccc: commit('ccccccc', {
        message: '\u202e<b>evil</b>\u0000 title\nrest',
        author: { name: '', email: null, user: null },
        associatedPullRequests: null,
      }),
      ddddddd: commit('ddddddd', { message: '' }),
    });
    const found = await repository.commits([
      'sha-aaaaaaa',
      'sha-bbbbbbb',
      'sha-ccccccc',
      'sha-ddddddd',
    ]);
    expect(found.has('sha-aaaaaaa')).toBe(false);
    expect(found.get('sha-bbbbbbb')!.title).toHaveLength(200);
    expect(found.get('sha-bbbbbbb')).not.toHaveProperty('author');
    expect(found.get('sha-ccccccc')).toMatchObject({ title: '<b>evil</b> title' });
    expect(found.get('sha-ccccccc')).not.toHaveProperty('author');
    expect(found.get('sha-ddddddd')).toMatchObject({ title: '', author: 'Lin Zhao' });
  });

  it('fails when the repository may not be read', async () => {
    const ask = async (_: string, __: object, schema: { parse(value: unknown): unknown }) =>
      schema.parse({ data: { repository: null }, errors: [{ type: 'NOT_FOUND' }] });
    const repository = new ServiceRepository(
      { query: ask as never },
      {
        owner: 'acme',
        name: 'demo-api',
      },
    );
    await expect(repository.commits(['sha-1a2b3c4'])).rejects.toThrow(UpstreamError);
  });
});
