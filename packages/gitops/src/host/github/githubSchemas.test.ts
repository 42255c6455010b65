import { commitsSchema, pullsSchema, toCommit, treeSchema } from './githubSchemas';

const sha = 'a'.repeat(40);
const committer = { name: 'Ada', date: '2026-01-02T00:00:00Z' };

describe('answers of GitHub', () => {
  it.each<[string, unknown, object]>([
    ['as usual', { message: 'm', author: committer, committer }, { author: 'Ada', message: 'm' }],
    [
      'without a time that there is',
      { message: 'm', author: committer, committer: { name: 'Ada', date: '2026-99-99' } },
      { committedAt: '2026-01-02T00:00:00.000Z' },
    ],
    [
      'with a name of another type',
      { message: 'm', author: { ...committer, name: 7 }, committer: { ...committer, name: null } },
      { author: 'unknown', committedAt: '2026-01-02T00:00:00.000Z' },
    ],
    ['with no time at all', { message: 'm' }, { committedAt: '1970-01-01T00:00:00.000Z' }],
    ['with an author of another type', { message: 'm', author: 7 }, { author: 'unknown' }],
    ['with a message of another type', { message: { a: 1 }, committer }, { message: '' }],
    ['that is nothing', null, { message: '', author: 'unknown' }],
  ])('a commit %s is a commit', (_, commit, expected) => {
    const [found] = commitsSchema.parse([{ sha, commit }]);
    expect(toCommit(found)).toMatchObject({ sha, ...expected });
  });

  it('one odd item of a list hides no other', () => {
    const odd = [null, 7, 'x', {}, []];
    const entry = { path: 'a', type: 'blob', sha };
    const pull = { number: 1, html_url: 'u', title: 't' };
    expect(commitsSchema.parse([...odd, { sha, commit: { message: 'm' } }])).toHaveLength(1);
    expect(treeSchema.parse({ tree: [...odd, entry] }).tree).toEqual([entry]);
    expect(pullsSchema.parse([...odd, pull])).toEqual([pull]);
  });
});
