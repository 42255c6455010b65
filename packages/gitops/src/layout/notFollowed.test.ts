import { parseLayouts } from './layout';
import { notFollowed } from './notFollowed';

it.each<[string, string, boolean]>([
  ['tenants/{tenant}/values.yaml', 'tenants/acme/values.yaml', true],
  ['tenants/{tenant}/values.yaml', 'tenants/acme', true],
  ['tenants/{tenant}/values.yaml', 'tenants', true],
  ['tenants/{tenant}/values.yaml', 'tenants/acme/README.md', false],
  ['tenants/{tenant}/values.yaml', 'other', false],
  ['{tenant}/values.yaml', 'docs', false],
  ['{tenant}/values.yaml', 'acme/values.yaml', true],
  ['**/overlays/{tenant}', 'a/b/overlays/acme', true],
  ['overlays/{tenant}', 'overlays/old', false],
])('holds a link against %s: %s', (path, link, isTold) => {
  const layouts = parseLayouts({ layouts: [{ path, exclude: ['overlays/old'] }] });
  expect(notFollowed([{ path: link, kind: 'symlink' }], layouts)).toEqual(
    isTold
      ? [
          {
            kind: 'file',
            name: link,
            reason: 'it is a symbolic link: replace it by the file or folder itself',
          },
        ]
      : [],
  );
});

it('names a submodule', () => {
  const layouts = parseLayouts({ layouts: [{ path: 'overlays/{tenant}' }] });
  expect(notFollowed([{ path: 'overlays/acme', kind: 'submodule' }], layouts)).toMatchObject([
    { name: 'overlays/acme', reason: expect.stringContaining('is a submodule') },
  ]);
});
