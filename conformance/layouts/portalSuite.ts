import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import type { Release } from '@internal/plugin-tenant-releases-common';
import type { Workspace } from '../contract/servers/loadWorkspace.ts';
import { useRealServers } from '../contract/servers/realServers.ts';
import type { Servers } from '../contract/servers/Servers.ts';
import { Api } from '../../e2e/support/api.ts';
import { startPortal, type Portal } from '../../e2e/support/portal.ts';
import { application } from '../support/argocd.ts';
import { eventually } from '../support/eventually.ts';
import { output } from '../support/run.ts';
import { steps } from '../support/steps.ts';
import { ExampleCluster } from './ExampleCluster.ts';

/** A release as `gitops doctor` prints it. */
interface DoctorRelease {
  tenant: string;
  service: string;
  environment?: string;
  version: string;
  application: string;
}

/** One change, by `gitops bump`. */
export interface Bump {
  /** What is chosen, as `tenant/service/environment`; without environment where there is none. */
  release: string;
  version: string;
}

/** Its ports, beside those of the browser's tests. */
const portBase = 18_100;

/**
 * The portal of `npm start -- --example`, with the forge of the embedded platform, on a real Argo CD and a real cluster in place of the
 * embedded ones: from the layouts that `gitops init` proposes to a new version that runs.
 */
export function portalSuite(workspace: Workspace, name: string, bump: Bump): void {
  const forge = `http://localhost:${portBase + 1}/acme/platform.git`;
  const cluster = new ExampleCluster(() => forge);
  let folder: string;
  let clone: string;
  let servers: Servers;
  let portal: Portal;
  let api: Api;

  const git = (...args: string[]) =>
    output('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example', ...args], {
      cwd: clone,
    });

  async function doctor(): Promise<DoctorRelease[]> {
    const printed = await portal.gitops('doctor', '--dir', clone, '--output', 'json');
    return JSON.parse(printed).releases;
  }

  /** What the portal says of each release: Git, Argo CD, pods, and which Application that is. */
  async function portalSays(): Promise<string[]> {
    const { body } = await api.call<{ items: Release[] }>('/api/tenant-releases/releases');
    return body.items
      .map(
        ({ tenant, service, environment, desired, synced, running, state, links, namespace }) => {
          const versions = [desired?.version, synced?.version, ...running.map(one => one.version)];
          const called = links.argocd?.split('/').at(-1);
          return [
            nameOf({ tenant, service, environment }),
            ...versions,
            state,
            called,
            namespace,
          ].join(' ');
        },
      )
      .sort();
  }

  /** The same by `gitops doctor` for the versions, by the API server for what an Application deploys to. */
  async function othersSay(): Promise<string[]> {
    const live = new Map(
      (await cluster.applications()).map(({ metadata, spec }) => [metadata.name, spec]),
    );
    return (await doctor())
      .map(({ version, application: called, ...release }) => {
        const namespace = live.get(called)?.destination.namespace;
        return [nameOf(release), version, version, version, 'in-sync', called, namespace].join(' ');
      })
      .sort();
  }

  /** The portal, doctor and the real servers are of one opinion. */
  async function agree(): Promise<void> {
    const releases = await doctor();
    assert.ok(releases.length > 0);
    await eventually(
      async () => assert.deepEqual(await portalSays(), await othersSay()),
      90,
      'one opinion',
    );
    for (const { version, application: called } of releases) {
      const { images = [] } = (await application(called))?.status?.summary ?? {};
      assert.ok(
        images.some(image => image.endsWith(`:${version}`) || image.endsWith(`@${version}`)),
        `${called} deploys ${images}, not ${version}`,
      );
    }
  }

  describe(`the portal with examples/${name}`, () => {
    const step = steps();

    before(async () => {
      await cluster.clear();
      servers = await useRealServers();
      folder = await mkdtemp(path.join(tmpdir(), 'conformance-example-'));
      clone = path.join(folder, 'platform');
      const config = path.join(folder, 'app-config.yaml');
      await writeFile(config, JSON.stringify(configOf(servers)), { mode: 0o600 });
      portal = await startPortal({ portBase, args: ['--example', name, '--config', config] });
      // Nothing that the portal says can come from them.
      for (const server of ['argocd', 'kubernetes']) await portal.sandbox('stop', server);
      api = await Api.signIn(portal);
      const address = forge.replace('//', '//x-access-token:sandbox-forge-ada@');
      await output('git', ['clone', '--quiet', address, clone]);
    });
    after(async () => {
      await portal?.stop();
      await cluster.clear();
      await servers?.close();
      if (folder) await rm(folder, { recursive: true, force: true });
    });

    step('says of each release what gitops doctor says, and what runs', async () => {
      const made = workspace.argocdApplications(workspace.directoryCheckout(clone), forge);
      const namespaces = made.map(({ object }) => {
        return (object.spec as { destination: { namespace: string } }).destination.namespace;
      });
      await cluster.apply(clone, namespaces);
      await cluster.untilThere(made.length);
      await agree();
    });

    step('follows a bump through the pull request to the pods', async () => {
      const layouts = path.join(folder, 'layouts.json');
      await writeFile(layouts, await portal.gitops('init', '--dir', clone, '--output', 'json'));
      const [tenant, service, environment] = bump.release.split('/');
      const where = environment ? ['--environment', environment] : [];
      const choice = [
        '--tenant',
        tenant,
        '--service',
        service,
        ...where,
        '--version',
        bump.version,
      ];
      await portal.gitops('bump', '--dir', clone, '--layouts', layouts, ...choice);
      await git('checkout', '--quiet', '-b', 'bump');
      await git(
        'commit',
        '--quiet',
        '--all',
        '--message',
        `chore: ${bump.release} ${bump.version}`,
      );
      await git('push', '--quiet', 'origin', 'bump');
      const pull = await api.forge<{ number: number }>('/repos/acme/platform/pulls', {
        method: 'POST',
        body: { title: `${bump.release} ${bump.version}`, head: 'bump', base: 'main' },
      });
      await api.merge(pull.body.number);
      const found = (await doctor()).find(release => nameOf(release) === bump.release);
      assert.equal(found?.version, bump.version);
      await application(found.application);
      await agree();
    });
  });
}

function nameOf({ tenant, service, environment }: Omit<DoctorRelease, 'version' | 'application'>) {
  return [tenant, service, environment].filter(Boolean).join('/');
}

/** The real servers, in the blocks of Roadie's and Backstage's plugins. Nothing measures what KWOK plays. */
function configOf({ argocd, kubernetes }: Servers): object {
  assert.ok(argocd && kubernetes);
  const { url, token, ca = '' } = kubernetes;
  return {
    tenantReleases: { telemetry: [] },
    argocd: {
      appLocatorMethods: [
        { type: 'config', instances: [{ name: 'main', url: argocd.url, token: argocd.token }] },
      ],
    },
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              ...{ name: 'in-cluster', url, authProvider: 'serviceAccount' },
              ...{ serviceAccountToken: token, caData: Buffer.from(ca).toString('base64') },
            },
          ],
        },
      ],
    },
  };
}
