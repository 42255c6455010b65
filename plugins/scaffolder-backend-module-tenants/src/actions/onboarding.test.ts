import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { createMockDirectory, mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parseOwnerGroup, readGitopsConfig } from '@internal/gitops';
import { parse, parseAllDocuments } from 'yaml';
import { GitopsForge } from '../repository/GitopsForge';
import { startGitHost, type GitHost } from '../__testUtils__/gitHost';
import { realHelm, repositoryRoot } from '../__testUtils__/helm';
import { createClaimAction, createReleaseClaimAction } from './claim';
import { createPrepareAction } from './prepare';

const good = {
  name: 'tenant-c',
  displayName: 'Initech',
  owner: 'group:default/tenant-c-owners',
  tier: 'standard',
  version: 'sha-0000000',
  contact: 'platform@example.com',
  ring: 2,
};

// Each test starts a Git host and may run helm, on a machine that may be busy.
jest.setTimeout(30_000);

describe('onboarding', () => {
  const workspace = createMockDirectory();
  const temporary = createMockDirectory();
  let gitHost: GitHost;
  let permissions: ReturnType<typeof mockServices.permissions.mock>;
  let helmPath: string;

  beforeAll(async () => {
    helmPath = await realHelm();
  });

  beforeEach(async () => {
    workspace.clear();
    temporary.clear();
    gitHost = await startGitHost(repositoryRoot);
    permissions = mockServices.permissions.mock();
    permissions.authorize.mockResolvedValue([{ result: 'ALLOW' as never }]);
  });

  afterEach(() => gitHost.close());

  function actions(helm = helmPath, more: object = {}) {
    const config = new ConfigReader({
      app: { baseUrl: 'http://portal.test' },
      integrations: {
        github: [
          { host: gitHost.host, apiBaseUrl: `http://${gitHost.host}/api/v3`, token: 'token' },
        ],
      },
      tenantReleases: {
        gitops: { repository: `http://${gitHost.host}/acme/platform`, ...more },
        helm: { path: helm },
        access: { viewerGroups: ['Group:default/audit-owners'] },
      },
      kubernetes: {
        clusterLocatorMethods: [
          { type: 'config', clusters: [{ name: 'in-cluster' }, { name: 'isolated' }] },
        ],
      },
    });
    const entity = (kind: string, name: string) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name, namespace: 'default' },
    });
    const gitops = readGitopsConfig(config);
    const dependencies = {
      auth: mockServices.auth(),
      catalog: catalogServiceMock({
        entities: [
          entity('Group', 'tenant-c-owners'),
          entity('Resource', 'database'),
          entity('User', 'ada'),
          { ...entity('User', 'bo'), spec: { profile: { email: 'bo@example.com' } } },
        ],
      }),
      config,
      forge: new GitopsForge(gitops, ScmIntegrations.fromConfig(config)),
      gitops,
      permissions,
      urlReader: gitHost.urlReader,
    };
    return {
      prepare: createPrepareAction(dependencies),
      claim: createClaimAction(dependencies),
      releaseClaim: createReleaseClaimAction(dependencies),
      forge: dependencies.forge,
    };
  }

  function context<T extends object>(input: T, taskId = 'task-1') {
    return {
      ...createMockActionContext({ input, workspacePath: workspace.path, task: { id: taskId } }),
      createTemporaryDirectory: () => mkdtemp(path.join(temporary.path, 'd')),
      user: { ref: 'user:default/ada' },
      templateInfo: { entityRef: 'template:default/new-tenant' },
    };
  }

  async function prepare(changes: Record<string, unknown> = {}, taskId?: string) {
    const ctx = context({ ...good, ...changes }, taskId);
    await actions().prepare.handler(ctx as never);
    const outputs = Object.fromEntries((ctx.output as jest.Mock).mock.calls);
    return outputs as Record<string, string>;
  }

  const claim = (taskId: string, name = 'tenant-c') =>
    actions().claim.handler(context({ name }, taskId) as never);

  const openPull = (name: string, body: string) => {
    gitHost.commit({ [`gitops/apps/${name}.yaml`]: 'x: y' }, `onboard/${name}`);
    const number = gitHost.pulls.length + 1;
    gitHost.pulls.push({ number, state: 'open', head: `onboard/${name}`, base: 'main', body });
    return `http://${gitHost.host}/acme/platform/pull/${number}`;
  };

  async function workspaceFiles(): Promise<string[]> {
    const entries = await readdir(workspace.path, { recursive: true, withFileTypes: true });
    return entries
      .filter(entry => entry.isFile())
      .map(entry => path.relative(workspace.path, path.join(entry.parentPath, entry.name)))
      .sort();
  }

  describe('tenants:prepare', () => {
    it('renders exactly three files, proved, with everything the pull request needs', async () => {
      const outputs = await prepare({ displayName: 'Ini: "tech" #1 ${{ x }}' });
      expect(await workspaceFiles()).toEqual([
        'onboarding/gitops/apps/tenant-c.yaml',
        'onboarding/gitops/projects/tenant-c.yaml',
        'onboarding/gitops/tenants/tenant-c-values.yaml',
      ]);
      const values = await readFile(
        workspace.resolve('onboarding/gitops/tenants/tenant-c-values.yaml'),
        'utf8',
      );
      expect(parse(values)).toEqual({
        tenant: {
          name: 'tenant-c',
          displayName: 'Ini: "tech" #1 ${{ x }}',
          owner: 'group:default/tenant-c-owners',
          tier: 'standard',
          ring: 2,
          contact: 'platform@example.com',
        },
        image: { repository: 'ghcr.io/acme/demo-api', tag: 'sha-0000000' },
      });
      expect(outputs).toMatchObject({
        repoUrl: `${gitHost.host}?owner=acme&repo=platform`,
        branchName: 'onboard/tenant-c',
        targetBranchName: 'main',
        sourcePath: 'onboarding',
        title: 'Onboard tenant tenant-c',
        commitMessage: 'Onboard tenant tenant-c\n\nTask: task-1',
        tenantUrl: 'http://portal.test/catalog/default/resource/tenant-c/releases',
      });
      for (const part of [
        '(`Ini: "tech" #1 ${{ x }}`)',
        '- Namespace `tenant-c`',
        '- ResourceQuota `tenant`: limits.cpu 4, ',
        ', pods 8, ',
        '- Deployment `demo-api`: 2 pods of `ghcr.io/acme/demo-api:sha-0000000` in namespace `tenant-c`',
        '- Argo CD AppProject `tenant-c`',
        '- `gitops/tenants/tenant-c-values.yaml`',
        'owned by `group:default/tenant-c-owners`, in tier `standard` and ring 2, on cluster `in-cluster`.',
        'Requested by: `user:default/ada`',
      ]) {
        expect(outputs.description).toContain(part);
      }
      expect(outputs.description).toMatch(/^Task: task-1$/m);
      expect(gitHost.requests.filter(request => !request.startsWith('GET '))).toEqual([]);
    });

    it.each([
      [undefined, 'in-cluster', false],
      ['isolated', 'isolated', true],
    ])('places a tenant that asks for %s on the cluster %s', async (cluster, name, own) => {
      await prepare({ cluster });
      const read = async (file: string) =>
        parseAllDocuments(
          await readFile(workspace.resolve(`onboarding/gitops/${file}`), 'utf8'),
        ).map(document => document.toJS());
      for (const application of await read('apps/tenant-c.yaml')) {
        expect(application.spec.destination).toEqual({ name, namespace: 'tenant-c' });
      }
      const [project] = await read('projects/tenant-c.yaml');
      expect(project.spec.destinations).toEqual([{ name, namespace: 'tenant-c' }]);
      expect(project.spec.permitOnlyProjectScopedClusters).toBe(own);
    });

    it('refuses a cluster that the portal does not know', async () => {
      await expect(prepare({ cluster: 'elsewhere' })).rejects.toThrow(
        'cluster: there is no cluster "elsewhere"; known are in-cluster, isolated',
      );
    });

    const names: Array<[string, RegExp]> = [
      ['', /name: is required/],
      ['Tenant-A', /name: must start with a lower-case letter/],
      ['a_b', /name: must start with a lower-case letter/],
      ['-a', /name: must start with a lower-case letter/],
      ['a-', /name: must start with a lower-case letter/],
      ['a'.repeat(64), /name: must be at most 40 characters/],
      ['kube-system', /name: "kube-system" is reserved/],
      ['default', /name: "default" is reserved/],
      ['argocd', /name: "argocd" is reserved/],
      [
        'tenant-a',
        /name: "tenant-a" is taken by a tenant in Git: http:\/\/portal\.test\/catalog\/default\/resource\/tenant-a\/releases/,
      ],
      ['database', /name: "database" is taken by an entity of the catalog/],
      ['../x', /name: must start with a lower-case letter/],
      ['x\ny: z', /name: must start with a lower-case letter/],
      ['{{ 1 }}', /name: must start with a lower-case letter/],
      ['${{ x }}', /name: must start with a lower-case letter/],
      ['😀', /name: must start with a lower-case letter/],
    ];
    it.each(names)('refuses the name %j and leaves nothing behind', async (name, message) => {
      await expect(prepare({ name })).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(message),
      });
      expect(await workspaceFiles()).toEqual([]);
      expect(gitHost.branches()).toEqual({});
      expect(gitHost.pulls).toEqual([]);
    });

    it('refuses a name with an open pull request of another task, and names it', async () => {
      const url = openPull('tenant-c', 'Task: task-0');
      await expect(prepare()).rejects.toThrow(
        `name: "tenant-c" has an open onboarding pull request: ${url}`,
      );
      expect(await workspaceFiles()).toEqual([]);
    });

    it('goes on with an open pull request of its own', async () => {
      openPull('tenant-c', 'text\n\nTask: task-1\n');
      expect(await prepare()).toHaveProperty('branchName', 'onboard/tenant-c');
    });

    it('tells everything that does not fit what there is at once', async () => {
      await expect(
        prepare({ name: 'tenant-b', owner: 'group:default/nobody', version: 'sha-fffffff' }),
      ).rejects.toThrow(
        /name: "tenant-b" is taken.*owner: there is no group group:default\/nobody in the catalog.*version: there is no version sha-fffffff; known are sha-0000000/,
      );
    });

    it.each([
      ['set by an earlier commit', 'main'],
      ['of an open bump', 'bump/demo-api'],
    ])('knows a version %s', async (_, branch) => {
      const file = 'gitops/tenants/tenant-a-values.yaml';
      const text = await readFile(path.join(repositoryRoot, file), 'utf8');
      gitHost.commit({ [file]: text.replace('sha-0000000', 'sha-1234567') }, branch);
      if (branch === 'main') gitHost.commit({ [file]: text });
      else gitHost.pulls.push({ number: 1, state: 'open', head: branch, base: 'main', body: '' });
      expect(await prepare({ version: 'sha-1234567' })).toHaveProperty('title');
    });

    it('refuses a bad version with its reason', async () => {
      gitHost.commit({
        'gitops/policy/releases.yaml': 'badVersions: [{ version: sha-0000000, reason: it leaks }]',
      });
      await expect(prepare()).rejects.toThrow(
        'version: sha-0000000 is on the list of bad versions: it leaks',
      );
    });

    it('reads bad versions of the configured policy, and stops when nobody can', async () => {
      const configured = (text: string) => {
        gitHost.commit({ 'rules/releases.yaml': text });
        return actions(helmPath, { policyPath: 'rules/releases.yaml' }).prepare.handler(
          context(good) as never,
        );
      };
      await expect(
        configured('badVersions: [{ version: sha-0000000, reason: it leaks }]'),
      ).rejects.toThrow('version: sha-0000000 is on the list of bad versions: it leaks');
      await expect(configured('badVersions: [{ version: 1.10, reason: x }]')).rejects.toThrow(
        /rules\/releases\.yaml cannot be read, .*line 1: badVersions\.0\.version: must be a text/,
      );
    });

    it('says that it cannot tell where a file goes, when the path leaves it open', async () => {
      const { prepare: action } = actions(helmPath, {
        valuesPath: 'gitops/*/{tenant}-values.yaml',
      });
      await expect(action.handler(context(good) as never)).rejects.toThrow(
        /gitops\.valuesPath holds "\*", so that the path of a new file of tenant-c cannot be told/,
      );
    });

    it('refuses what the chart refuses, in the words of the chart', async () => {
      const schema = JSON.parse(
        await readFile(path.join(repositoryRoot, 'charts/tenant/values.schema.json'), 'utf8'),
      );
      schema.definitions.tenant.properties.contact.pattern = '@acme\\.example$';
      gitHost.commit({ 'charts/tenant/values.schema.json': JSON.stringify(schema) });
      const refusal = await prepare().catch((error: Error) => error);
      expect(String(refusal)).toMatch(
        /^InputError: .*charts\/tenant refuses the file: .*contact.*acme/,
      );
      expect(String(refusal)).not.toContain(temporary.path);
    });

    it('refuses without helm instead of leaving the proof out', async () => {
      const { prepare: action } = actions('/nowhere/helm');
      await expect(action.handler(context(good) as never)).rejects.toThrow(
        /The files cannot be proved: tenantReleases\.helm\.path leads to no program/,
      );
      expect(await workspaceFiles()).toEqual([]);
    });

    it('refuses a person without the permission, before it looks at anything', async () => {
      permissions.authorize.mockResolvedValue([{ result: 'DENY' as never }]);
      await expect(prepare({ name: '' })).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(permissions.authorize).toHaveBeenCalledWith(
        [{ permission: expect.objectContaining({ name: 'tenant-releases.tenant.onboard' }) }],
        { credentials: mockCredentials.user() },
      );
      expect(gitHost.requests).toEqual([]);
    });

    it('fails, and does not take the name as free, while the Git host is down', async () => {
      gitHost.failWith((_, response) => {
        response.statusCode = 502;
        response.end('<html>');
      });
      await expect(prepare()).rejects.toThrow(/The Git host answered 502 to GET/);
      expect(await workspaceFiles()).toEqual([]);
    });
  });

  describe('tenants:claim', () => {
    it('reserves the branch with the mark of the task, once', async () => {
      await claim('task-1');
      expect(gitHost.branches()).toEqual({
        'onboard/tenant-c': 'Onboard tenant tenant-c\n\nTask: task-1',
      });
      const writes = gitHost.requests.filter(request => !request.startsWith('GET ')).length;
      await claim('task-1');
      expect(gitHost.requests.filter(request => !request.startsWith('GET '))).toHaveLength(writes);
    });

    it('lets one of two tasks go on, and names the pull request of it to the other', async () => {
      const first = claim('task-1').then(() => 'task-1');
      const second = claim('task-2').then(() => 'task-2');
      const winner = await Promise.any([first, second]);
      openPull('tenant-c', `Task: ${winner}`);
      const outcomes = await Promise.allSettled([first, second]);
      const refused = outcomes.filter(outcome => outcome.status === 'rejected');
      expect(refused).toHaveLength(1);
      expect(String(refused[0].reason)).toBe(
        `ConflictError: name: "tenant-c" has an open onboarding pull request: http://${gitHost.host}/acme/platform/pull/1`,
      );
    });

    it('takes over when the pull request was closed', async () => {
      await claim('task-1');
      gitHost.pulls.push({
        number: 1,
        state: 'closed',
        head: 'onboard/tenant-c',
        base: 'main',
        body: 'Task: task-1',
      });
      await claim('task-2');
      expect(gitHost.branches()['onboard/tenant-c']).toContain('Task: task-2');
    });

    it('does not touch a branch that a person made', async () => {
      gitHost.commit({ x: 'y' }, 'onboard/tenant-c', 'by hand');
      await expect(claim('task-1')).rejects.toThrow(/was not made by this form/);
      expect(gitHost.branches()).toEqual({ 'onboard/tenant-c': 'by hand' });
    });

    it('writes nothing in a dry run', async () => {
      await actions().claim.handler({ ...context({ name: 'tenant-c' }), isDryRun: true } as never);
      expect(gitHost.requests).toEqual([]);
    });
  });

  describe('tenants:release-claim', () => {
    const release = (taskId: string, name = 'tenant-c') =>
      actions().releaseClaim.handler(context({ name }, taskId) as never);

    it('deletes the branch of its task', async () => {
      await claim('task-1');
      await release('task-2');
      expect(gitHost.branches()).toHaveProperty('onboard/tenant-c');
      await release('task-1');
      expect(gitHost.branches()).toEqual({});
    });

    it('keeps a branch with an open pull request', async () => {
      await claim('task-1');
      gitHost.pulls.push({
        number: 1,
        state: 'open',
        head: 'onboard/tenant-c',
        base: 'main',
        body: 'Task: task-1',
      });
      await release('task-1');
      expect(gitHost.branches()).toHaveProperty('onboard/tenant-c');
    });

    it('has nothing to do for a name that was refused', async () => {
      await release('task-1', '../x');
      expect(gitHost.requests).toEqual([]);
    });
  });

  describe('with a group of its own', () => {
    const group = {
      owner: undefined,
      ownerGroup: 'new',
      groupName: 'initech-owners',
      groupTitle: 'Owners of Initech: "all"',
    };
    const file = 'gitops/owners/initech-owners.yaml';

    it('adds the group to the pull request, as the owner of this tenant', async () => {
      const outputs = await prepare({
        ...group,
        groupMembers: ['ada', 'user:default/bo@example.com', 'user:default/ada'],
      });
      expect(outputs.files).toContain(file);
      const read = (name: string) =>
        readFile(path.join(workspace.path, outputs.sourcePath, name), 'utf8');
      expect(parseOwnerGroup(await read(file), 'initech-owners')).toEqual({
        ok: true,
        group: {
          name: 'initech-owners',
          title: group.groupTitle,
          members: ['user:default/ada', 'user:default/bo'],
        },
      });
      expect(parse(await read('gitops/tenants/tenant-c-values.yaml')).tenant.owner).toBe(
        'group:default/initech-owners',
      );
      expect(outputs.description).toContain('which owns this tenant and no other');
      expect(outputs.pendingPath).toBe('/tenants/pending/tenant-c');
      expect(outputs.nextSteps).toContain('(http://portal.test/tenants/pending/tenant-c)');
    });

    it('is named after the tenant when nobody names it, and may have no members', async () => {
      const outputs = await prepare({ ...group, name: 'tenant-x', groupName: '' });
      expect(outputs.files).toContain('gitops/owners/tenant-x-owners.yaml');
    });

    it.each<[string, object, RegExp]>([
      [
        'a group that exists',
        { groupName: 'tenant-c-owners' },
        /groupName: there is a group tenant-c-owners already/,
      ],
      [
        'the owners of another tenant',
        { groupName: 'tenant-a-owners' },
        /groupName: tenant-a-owners is named as the owner of tenant-a/,
      ],
      ['the name of a team', { groupName: 'platform' }, /groupName: must be .*-owners/],
      [
        'a group that the configuration opens doors to',
        { groupName: 'audit-owners' },
        /groupName: audit-owners is a group of tenantReleases.access/,
      ],
      ['a member of two lines', { groupMembers: ['a\nb'] }, /groupMembers: must be a list/],
      ['a path', { groupName: '../x-owners' }, /groupName: must be/],
      ['no title', { groupTitle: undefined }, /groupTitle: is required/],
      ['a title of two lines', { groupTitle: 'a\nb' }, /groupTitle: must be one line/],
      ['members that are no list', { groupMembers: 'ada' }, /groupMembers: must be a list/],
      [
        'a stranger',
        { groupMembers: ['mallory@example.com'] },
        /groupMembers: there is no user mallory@example.com/,
      ],
      [
        'a group as a member',
        { groupMembers: ['group:default/tenant-c-owners'] },
        /groupMembers: there is no user group:/,
      ],
      [
        'a member that is no name',
        { groupMembers: ['a:b:c/d/e'] },
        /groupMembers: there is no user/,
      ],
    ])('refuses %s, and names the field', async (_, changes, words) => {
      await expect(prepare({ ...group, ...changes })).rejects.toThrow(words);
    });
  });
});
