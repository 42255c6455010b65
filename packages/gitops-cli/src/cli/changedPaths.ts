import { git } from '@internal/gitops';

/**
 * Paths that differ, from the tree's root; on disk, files that Git does not know yet count.
 *
 * @param looked - folders and files that are looked at
 */
export async function changedPaths(
  root: string,
  base: string,
  head: string | undefined,
  looked: readonly string[],
): Promise<string[]> {
  const folders = ['--', ...looked];
  const options = [
    '--relative',
    '--name-only',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '-z',
  ];
  const differing = await git(root, [
    'diff',
    ...options,
    base,
    ...(head ? [head] : []),
    ...folders,
  ]);
  const others = head
    ? ''
    : await git(root, ['ls-files', '--others', '--exclude-standard', '-z', ...folders]);
  return [...new Set(`${differing}${others}`.split('\0').filter(Boolean))].sort();
}
