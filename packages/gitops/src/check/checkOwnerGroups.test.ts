import { ownerGroupEntity } from '../facts/ownerGroup';
import { stringify } from 'yaml';
import { testTree, type TestTree } from '../__testUtils__/testTree';
import { directoryTree } from '../tree/directoryTree';
import { checkTree } from './checkTree';

const file = 'gitops/owners/tenant-a-owners.yaml';
const text = (change: object = {}) =>
  stringify({
    ...ownerGroupEntity({
      name: 'tenant-a-owners',
      title: 'Owners',
      members: ['user:default/ada'],
    }),
    ...change,
  });

describe('checkOwnerGroups', () => {
  let tree: TestTree;
  beforeEach(() => {
    tree = testTree();
  });
  afterEach(() => tree.remove());

  const check = async () => {
    const { findings } = await checkTree(directoryTree(tree.root), { at: new Date() });
    return findings
      .filter(one => one.file.startsWith('gitops/owners'))
      .map(({ rule, severity, key, problem }) => `${severity} ${rule} ${key} ${problem}`);
  };

  it('is content with a tree without groups, and with a group that owns one tenant', async () => {
    expect(await check()).toEqual([]);
    tree.write(file, text());
    tree.write('gitops/owners/README.md', 'Groups');
    expect(await check()).toEqual([]);
  });

  it('names the key of what is no group of owners', async () => {
    tree.write(file, text({ kind: 'User' }));
    expect(await check()).toEqual(['error owner-group kind must be Group']);
    tree.write(file, text({ spec: { type: 'team', children: [], parent: 'platform' } }));
    expect(await check()).toEqual([
      'error owner-group spec.parent is not a key of such a group: remove it',
    ]);
  });

  it('refuses the name of a team that runs the platform', async () => {
    tree.write('gitops/owners/platform.yaml', text({ metadata: { name: 'platform', title: 'x' } }));
    expect((await check()).join()).toMatch(/error owner-group metadata.name .*-owners/);
  });

  it('tells of a group that owns none, and of one that owns several', async () => {
    tree.write(
      'gitops/owners/other-owners.yaml',
      text({ metadata: { name: 'other-owners', title: 'x' } }),
    );
    expect(await check()).toEqual(['warning owner-group file owns no tenant']);
    tree.write(file, text());
    const b = 'gitops/tenants/tenant-b-values.yaml';
    tree.write(b, tree.read(b).replace(/owner: .*/, 'owner: group:default/tenant-a-owners'));
    expect(await check()).toContain('warning owner-group file owns tenant-a, tenant-b');
  });

  it('refuses what stands there and is no file of a group', async () => {
    tree.write('gitops/owners/users.json', '{}');
    expect((await check()).join()).toMatch(/unexpected-file|users.json|error/);
  });
});
