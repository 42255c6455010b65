import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  createTemplateAction,
  serializeDirectoryContents,
} from '@backstage/plugin-scaffolder-node';
import { parse } from 'yaml';
import { startGitHost, type GitHost } from './__testUtils__/gitHost';
import { realHelm, repositoryRoot } from './__testUtils__/helm';
import { createScaffolderModuleTenants } from './module';

const template: Entity = parse(
  readFileSync(path.join(repositoryRoot, 'templates/new-tenant/template.yaml'), 'utf8'),
);
const good = {
  name: 'tenant-c',
  displayName: 'Ini "tech": #1 ${{ parameters.name }}',
  owner: 'group:default/tenant-c-owners',
  tier: 'free',
  version: 'sha-0000000',
  contact: 'platform@example.com',
};

// Each test starts a whole backend and may run helm, on a machine that may be busy.
jest.setTimeout(30_000);

describe('the template "New tenant" through the API of the scaffolder', () => {
  let gitHost: GitHost;
  let url: string;
  let stop: () => Promise<void>;
  /** What the last step was handed: it stands for publish:github:pull-request, which is not ours. */
  let opened: Record<string, unknown>[];
  let publish: typeof openPull;

  beforeEach(async () => {
    gitHost = await startGitHost(repositoryRoot);
    opened = [];
    publish = openPull;
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        createScaffolderModuleTenants(publishAction),
        catalogServiceMock.factory({
          entities: [
            {
              ...template,
              metadata: {
                ...template.metadata,
                annotations: { 'backstage.io/managed-by-location': 'url:http://x' },
              },
            },
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'User',
              metadata: { name: 'mock', namespace: 'default' },
              spec: { profile: { displayName: 'Mock Person', email: 'mock@example.com' } },
            },
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Group',
              metadata: { name: 'tenant-c-owners', namespace: 'default' },
            },
          ],
        }),
        mockServices.urlReader.mock(gitHost.urlReader).factory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal.test' },
            integrations: {
              github: [
                { host: gitHost.host, apiBaseUrl: `http://${gitHost.host}/api/v3`, token: 'token' },
              ],
            },
            tenantReleases: {
              gitops: { repository: `http://${gitHost.host}/acme/platform` },
              helm: { path: await realHelm() },
            },
          },
        }),
      ],
    });
    url = `http://localhost:${backend.server.port()}/api/scaffolder`;
    stop = () => backend.stop();
  });

  afterEach(async () => {
    await stop();
    await gitHost.close();
  });

  /** Opens the pull request on the Git host, with the files of the workspace. */
  async function openPull(input: Record<string, unknown>, files: Record<string, string>) {
    const head = String(input.branchName);
    gitHost.commit(files, head, String(input.commitMessage));
    const number = gitHost.pulls.length + 1;
    const body = String(input.description);
    gitHost.pulls.push({ number, state: 'open', head, base: 'main', body });
  }

  /** Stands for the scaffolder's action that opens a pull request, which is not ours. */
  function publishAction() {
    return createTemplateAction({
      id: 'publish:github:pull-request',
      description: 'stands in',
      supportsDryRun: true,
      handler: async ctx => {
        const input = ctx.input as Record<string, unknown>;
        const dir = path.join(ctx.workspacePath, String(input.sourcePath));
        const files = await serializeDirectoryContents(dir);
        const texts = files.map(file => [file.path, file.content.toString('utf8')]);
        if (!ctx.isDryRun) await publish(input, Object.fromEntries(texts));
        opened.push(input);
        ctx.output('remoteUrl', 'http://git.test/pull/1');
      },
    });
  }

  async function call(method: string, route: string, body?: unknown) {
    const response = await fetch(`${url}${route}`, {
      method,
      headers: { authorization: mockCredentials.user.header(), 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Runs a task to its end; `refused` when it was not even made. */
  async function run(values: Record<string, unknown>) {
    const made = await call('POST', '/v2/tasks', {
      templateRef: 'template:default/new-tenant',
      values,
    });
    if (made.status !== 201)
      return { status: 'refused', text: JSON.stringify(made.body), output: undefined };
    for (;;) {
      const task = await call('GET', `/v2/tasks/${made.body.id}`);
      if (task.body.status !== 'open' && task.body.status !== 'processing') {
        const events = await call('GET', `/v2/tasks/${made.body.id}/events`);
        const text = JSON.stringify(events.body);
        return {
          status: task.body.status,
          text,
          output: events.body.at(-1).body.output,
          id: made.body.id,
        };
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  it('hands the pull request over with everything in it', async () => {
    const { status, output, id } = await run(good);
    expect(status).toBe('completed');
    expect(opened).toEqual([
      {
        repoUrl: `${gitHost.host}?owner=acme&repo=platform`,
        branchName: 'onboard/tenant-c',
        targetBranchName: 'main',
        sourcePath: 'onboarding',
        title: 'Onboard tenant tenant-c',
        commitMessage: `Onboard tenant tenant-c\n\nTask: ${id}`,
        description: expect.stringContaining(`(\`${good.displayName}\`)`),
        update: true,
        createWhenEmpty: false,
        gitAuthorName: 'Mock Person',
        gitAuthorEmail: 'mock@example.com',
      },
    ]);
    expect(gitHost.branches()).toEqual({
      'onboard/tenant-c': `Onboard tenant tenant-c\n\nTask: ${id}`,
    });
    expect(output.links.map((link: { url: string }) => link.url)).toEqual([
      `http://${gitHost.host}/acme/platform/pull/1`,
      '/tenants/pending/tenant-c',
    ]);
    expect(output.text[0].content).toContain('Argo CD creates the namespace `tenant-c`');
  });

  it.each<[string, RegExp]>([
    ['', /name/],
    ['Tenant-A', /name.*pattern/],
    ['a_b', /name.*pattern/],
    ['-a', /name.*pattern/],
    ['a-', /name.*pattern/],
    ['a'.repeat(64), /name.*maximum length of 40/],
    ['kube-system', /name: .*kube-system.*is reserved/],
    ['default', /name: .*default.*is reserved/],
    ['argocd', /name: .*argocd.*is reserved/],
    ['tenant-a', /name: .*tenant-a.*is taken by a tenant in Git/],
    ['../x', /name.*pattern/],
    ['x\ny: z', /name.*pattern/],
    ['{{ 1 }}', /name.*pattern/],
    ['${{ x }}', /name.*pattern/],
    ['😀', /name.*pattern/],
  ])('refuses the name %j and leaves nothing behind', async (name, message) => {
    const { status, text } = await run({ ...good, name });
    expect(['refused', 'failed']).toContain(status);
    expect(text).toMatch(message);
    expect(opened).toEqual([]);
    expect(gitHost.branches()).toEqual({});
  });

  it.each(['a\nowner: me', '', '\u202Eevil', ' '])(
    'refuses the display name %j',
    async displayName => {
      const { status, text } = await run({ ...good, displayName });
      expect(['refused', 'failed']).toContain(status);
      expect(text).toMatch(/displayName/);
      expect(gitHost.branches()).toEqual({});
    },
  );

  it('gives the name back when the pull request cannot be opened, so that it can be tried again', async () => {
    publish = async () => {
      throw new Error('the Git host is down: connect 10.0.0.7:443 for /srv/portal/x.js');
    };
    const { status, text } = await run(good);
    expect(status).toBe('failed');
    expect(text).toContain('the Git host is down: connect [address] for [path]');
    // No stack, no path of the machine.
    expect(text).not.toMatch(/\.[jt]s:\d+|node_modules|10\.0\.0|srv/);
    expect(gitHost.branches()).toEqual({});
    publish = openPull;
    expect(await run(good)).toHaveProperty('status', 'completed');
  });

  it('does not call a pull request without the files a success', async () => {
    publish = async input => openPull(input, { 'x.yaml': 'y' });
    const { status, text } = await run(good);
    expect(status).toBe('failed');
    expect(text).toContain('changes other files than it should; close it and start again');
  });

  it('opens one pull request when two people press the button at once', async () => {
    const outcomes = await Promise.all([run(good), run(good)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['completed', 'failed']);
    expect(opened).toHaveLength(1);
    const refused = outcomes.find(({ status }) => status === 'failed');
    expect(refused?.text).toContain(
      `has an open onboarding pull request: http://${gitHost.host}/acme/platform/pull/1`,
    );
    expect(gitHost.branches()).toHaveProperty('onboard/tenant-c');
  });

  it('makes the group of the owners in the same pull request', async () => {
    const { owner: _, ...others } = good;
    const group = { ownerGroup: 'new', groupTitle: 'Owners of Initech', groupMembers: ['mock'] };
    const { status, text } = await run({ ...others, name: 'tenant-x', ...group });
    expect({ status, text }).toMatchObject({ status: 'completed' });
    expect(opened[0].description).toContain('Catalog group `tenant-x-owners`');
  });

  it('fails in words that name the field, without a stack', async () => {
    const { owner: _, ...others } = good;
    const { status, text } = await run({
      ...others,
      ownerGroup: 'new',
      groupTitle: 'Owners',
      groupName: 'tenant-c-owners',
    });
    expect(status).toBe('failed');
    expect(text).toContain('groupName: there is a group tenant-c-owners already');
    expect(text).not.toMatch(/\.ts:\d+/);
  });

  it('shows the three files in a dry run, exactly as they were typed, and writes nothing', async () => {
    for (const displayName of [good.displayName, 'true', '1', 'null', "it's", '{{ 1 }}', '[a]']) {
      const dry = await call('POST', '/v2/dry-run', {
        template,
        values: { ...good, displayName },
        directoryContents: [],
      });
      expect(dry.status).toBe(200);
      const files: Array<{ path: string; base64Content: string }> = dry.body.directoryContents;
      expect(files.map(file => file.path).sort()).toEqual([
        'onboarding/gitops/apps/tenant-c.yaml',
        'onboarding/gitops/projects/tenant-c.yaml',
        'onboarding/gitops/tenants/tenant-c-values.yaml',
      ]);
      const values = files.find(file => file.path.endsWith('-values.yaml'));
      expect(parse(Buffer.from(values?.base64Content ?? '', 'base64').toString())).toEqual({
        tenant: {
          name: 'tenant-c',
          displayName,
          owner: good.owner,
          tier: 'free',
          ring: 2,
          contact: good.contact,
        },
        image: { repository: 'ghcr.io/acme/demo-api', tag: 'sha-0000000' },
      });
    }
    expect(gitHost.requests.filter(request => !request.startsWith('GET '))).toEqual([]);
  });
});
