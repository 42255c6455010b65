import { readGitopsLayout } from '../config/gitopsConfig';
import { memoryTree } from '../tree/memoryTree';
import type { TreeSource } from '../tree/treeSource';
import { findTenantFiles } from './findTenantFiles';

const layoutOf = (valuesPath: string) =>
  readGitopsLayout({ getOptional: key => (key.endsWith('valuesPath') ? valuesPath : undefined) });

const find = async (tree: TreeSource, valuesPath: string) => {
  const { files, findings } = await findTenantFiles(tree, layoutOf(valuesPath));
  return {
    files: files.map(({ path }) => path),
    said: findings.map(({ file, problem, cure }) => `${file} ${problem}: ${cure}`),
  };
};

it.each([
  [
    '{tenant}-values.yaml',
    'names of files here end with "-values.yaml": rename it to <tenant>-values.yaml, or',
  ],
  [
    'x-{tenant}.yaml',
    'names of files here are like "x-<tenant>.yaml": rename it to x-<tenant>.yaml',
  ],
  [
    '*_{tenant}.yaml',
    'names of files here are like "*_<tenant>.yaml": rename it to *_<tenant>.yaml',
  ],
])('names whatever else stands beside files like %s', async (name, words) => {
  const good = name.replace('{tenant}', 'acme').replace('*', 'eu');
  const odd = ['acme.json', 'acme.yaml.bak', 'eu/acme-values.yaml', 'zacme.yaml '];
  const paths = ['.gitkeep', 'README.md', good, ...odd];
  const tree = memoryTree(Object.fromEntries(paths.map(path => [`t/${path}`, 'x'])));
  const { files, said } = await find(tree, `t/${name}`);
  expect(files).toEqual([`t/${good}`]);
  expect(said).toEqual(
    ['acme.json', 'acme.yaml.bak', 'eu', 'zacme.yaml '].map(one =>
      expect.stringContaining(`t/${one} is not looked at by anything: ${words}`),
    ),
  );
});

it('names links and submodules in the place of folders, though at the root only links', async () => {
  const tree: TreeSource = {
    list: async () => [
      { name: 'acme', kind: 'folder' },
      { name: 'bravo', kind: 'symlink' },
      { name: 'cargo', kind: 'submodule' },
      { name: 'README.md', kind: 'file' },
    ],
    read: async () => undefined,
  };
  const link = 'bravo is a symbolic link: replace it by the file or folder itself';
  const submodule =
    'cargo is a submodule, of which nothing is read: put the folder itself in its place';
  expect((await find(tree, 't/{tenant}/values.yaml')).said).toEqual([
    `t/${link}`,
    `t/${submodule}`,
  ]);
  expect((await find(tree, '{tenant}/values.yaml')).said).toEqual([link]);
});
