import { TreeReader, type GitTree } from './TreeReader';

const folder = (path: string) => ({ path, type: 'tree', sha: path });

describe('TreeReader', () => {
  it('asks for a bounded number of folders, and a few at a time', async () => {
    let asked = 0;
    let running = 0;
    let most = 0;
    const reader = new TreeReader({
      mayHold: () => true,
      ask: async (sha, isRecursive): Promise<GitTree> => {
        asked += 1;
        running += 1;
        most = Math.max(most, running);
        await new Promise(resolve => setImmediate(resolve));
        running -= 1;
        const tree = Array.from({ length: 50 }, (_, number) => folder(`${sha}${number}`));
        return { truncated: isRecursive, tree };
      },
    });
    await expect(reader.files('head')).rejects.toMatchObject({
      errorClass: 'bad-answer',
      message: 'the repository has too many folders',
    });
    expect(asked).toBeLessThanOrEqual(1_000);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('takes files, links and submodules, whole where the answer is', async () => {
    const tree = [
      folder('a'),
      { path: 'a/b', type: 'blob', sha: '1' },
      { path: 'c', type: 'commit', mode: '160000', sha: '2' },
      { path: 'd', type: 'blob', mode: '120000', sha: '3' },
      { path: 'e', type: 'blob', mode: '100755', sha: '4' },
    ];
    const ask = jest.fn().mockResolvedValue({ tree });
    const reader = new TreeReader({ mayHold: () => false, ask });
    expect(await reader.files('head')).toEqual([
      { path: 'a/b', sha: '1' },
      { path: 'c', sha: '2', kind: 'submodule' },
      { path: 'd', sha: '3', kind: 'symlink' },
      { path: 'e', sha: '4' },
    ]);
    expect(ask.mock.calls).toEqual([['head', true]]);
  });
});
