import { checkTenantInput } from './tenantInput';

const good = {
  name: 'tenant-c',
  displayName: 'Initech',
  owner: 'group:default/tenant-c-owners',
  tier: 'standard',
  version: 'sha-1a2b3c4',
  contact: 'platform@example.com',
  ring: 1,
  cluster: 'in-cluster',
};

function problemsOf(changes: Record<string, unknown>): string[] {
  const result = checkTenantInput({ ...good, ...changes });
  return result.ok ? [] : result.problems;
}

describe('checkTenantInput', () => {
  it('takes good answers as they are, with the last ring for none', () => {
    expect(checkTenantInput(good)).toEqual({ ok: true, input: good });
    expect(checkTenantInput({ ...good, ring: undefined })).toEqual({
      ok: true,
      input: { ...good, ring: 2 },
    });
    expect(checkTenantInput({ ...good, cluster: undefined })).toEqual({ ok: true, input: good });
  });

  it.each(['tenant-c-owners', 'group:tenant-c-owners', 'Group:default/tenant-c-owners'])(
    'takes the owner %s as the same group',
    owner => {
      expect(checkTenantInput({ ...good, owner })).toMatchObject({ input: { owner: good.owner } });
    },
  );

  it.each<[string, unknown, RegExp]>([
    ['name', '', /is required/],
    ['name', undefined, /is required/],
    ['name', 'Tenant-A', /must start with a lower-case letter/],
    ['name', 'a_b', /must start with a lower-case letter/],
    ['name', '-a', /must start with a lower-case letter/],
    ['name', 'a-', /must start with a lower-case letter/],
    ['name', 'a'.repeat(64), /at most 40 characters, this one has 64/],
    ['name', 'kube-system', /is reserved/],
    ['name', 'default', /is reserved/],
    ['name', 'argocd', /is reserved/],
    ['name', 'x-fence', /is reserved/],
    ['name', '../x', /must start with a lower-case letter/],
    ['name', 'x\ny: z', /must start with a lower-case letter/],
    ['name', 'x\n', /must start with a lower-case letter/],
    ['name', '{{ 1 }}', /must start with a lower-case letter/],
    ['name', '${{ x }}', /must start with a lower-case letter/],
    ['name', '😀', /must start with a lower-case letter/],
    ['displayName', '', /is required/],
    ['displayName', 'a\nowner: me', /must be one line/],
    ['owner', '', /must be a group/],
    ['owner', 'user:default/ada', /must be a group/],
    ['owner', 'group:default/a\nx: y', /must be a group/],
    ['owner', 'group:a/b/c', /must be a group/],
    ['owner', undefined, /must be a group/],
    ['tier', 'gold', /one of free, standard, premium/],
    ['version', 'latest', /must be an immutable image tag/],
    ['version', 'a b', /must be an immutable image tag/],
    ['version', 7, /must be an immutable image tag/],
    ['contact', 'nobody', /must be an e-mail address/],
    ['contact', 'a@b.example\nx: y', /must be an e-mail address/],
    ['ring', 10, /must be a whole number from 0 to 9/],
    ['ring', 1.5, /must be a whole number/],
    ['ring', '1', /must be a whole number/],
    ['cluster', '', /must be the name of a cluster/],
    ['cluster', '*', /must be the name of a cluster/],
    ['cluster', "x'\nproject: platform", /must be the name of a cluster/],
    ['cluster', 'in-cluster\n', /must be the name of a cluster/],
    ['cluster', 7, /must be the name of a cluster/],
  ])('refuses the %s %j', (field, value, message) => {
    const problems = problemsOf({ [field]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
    expect(problems[0]).toMatch(new RegExp(`^${field}: `));
  });

  it('tells everything that is wrong at once', () => {
    expect(
      problemsOf({
        name: '',
        displayName: '',
        owner: '',
        tier: '',
        version: '',
        contact: '',
        ring: -1,
        cluster: '*',
      }),
    ).toHaveLength(8);
  });
});
