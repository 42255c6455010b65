import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { ContractRepository } from '../contract/servers/ContractRepository.ts';
import type { Workspace } from '../contract/servers/loadWorkspace.ts';
import { application, syncedAndHealthy } from '../support/argocd.ts';
import { repositoryRoot } from '../support/environment.ts';
import { output } from '../support/run.ts';
import { steps } from '../support/steps.ts';
import { ExampleCluster } from './ExampleCluster.ts';

/** The address by which the examples name their repository. */
const writtenAddress = 'https://git.example.com/acme/platform.git';

/** What `gitops init` and `doctor` say of an example, held to what a real Argo CD makes of it. */
export function exampleSuite(workspace: Workspace, name: string): void {
  const repository = new ContractRepository();
  const cluster = new ExampleCluster(() => repository.url);
  let commit: string;
  let expected: ReturnType<Workspace['argocdApplications']>;
  let whyNotHere: string | undefined;

  const checkout = () => workspace.directoryCheckout(repository.folder);

  /** The releases, by the layouts that are proposed. */
  async function releases() {
    const helm = (await output('which', ['helm'])).trim();
    const found = await workspace.withDeployments(checkout(), { helm }, async deployed => {
      const { layouts } = await workspace.discover(checkout(), deployed);
      return await workspace.examine(checkout(), deployed, workspace.parseLayouts({ layouts }));
    });
    assert.deepEqual(found.unmatched, []);
    return found.releases;
  }

  describe(`examples/${name}`, () => {
    const step = steps();

    before(async () => {
      await cluster.clear();
      await repository.create();
      commit = await repository.commit('Start', await filesOf(name, repository.url));
      expected = workspace.argocdApplications(checkout(), repository.url);
      whyNotHere = workspace.whyNotHere(checkout(), expected, repository.url);
    });
    after(async () => {
      await cluster.clear();
      await repository.remove();
    });

    step('makes the Applications that are rendered without Argo CD, to the letter', async () => {
      const namespaces = whyNotHere ? [] : expected.map(({ object }) => destinationOf(object));
      await cluster.apply(repository.folder, namespaces);
      const found = await cluster.untilThere(expected.length);
      const live = found.map(({ metadata, spec }) => ({
        name: metadata.name,
        applicationSet: ownerOf(metadata),
        spec,
      }));
      assert.deepEqual(
        live.sort(byName),
        expected
          .map(({ object, applicationSet, name: called }) => ({
            name: called,
            applicationSet,
            spec: object.spec,
          }))
          .sort(byName),
      );
    });

    step('deploys the versions that gitops doctor says, and no others', async t => {
      if (whyNotHere) {
        t.skip(whyNotHere);
        return;
      }
      const found = await releases();
      const named = new Set(found.map(release => release.application));
      assert.deepEqual([...named].sort(), expected.map(one => one.name).sort());
      const byNamespace = new Map<string, string[]>();
      for (const { name: called, object } of expected) {
        await syncedAndHealthy(called, commit);
        const images = found
          .filter(one => one.application === called)
          .map(imageOf)
          .sort();
        const status = (await application(called))?.status;
        assert.deepEqual(status?.summary?.images?.toSorted(), images, called);
        const namespace = destinationOf(object);
        byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), ...images]);
      }
      for (const [namespace, images] of byNamespace) {
        assert.deepEqual(await cluster.images(namespace), images.sort(), namespace);
      }
    });
  });
}

type Release = Awaited<ReturnType<Workspace['examine']>>['releases'][number];

/** The whole image: a digest goes before a tag, and may be all that there is. */
function imageOf({ version, digest, deployed }: Release): string {
  if (digest !== undefined) return `${deployed.image}:${version}@${digest}`;
  return `${deployed.image}${version.startsWith('sha256:') ? '@' : ':'}${version}`;
}

function destinationOf(object: Record<string, unknown>): string {
  return (object.spec as { destination: { namespace: string } }).destination.namespace;
}

function ownerOf(metadata: { [key: string]: unknown }): string | undefined {
  const owners = (metadata.ownerReferences ?? []) as Array<{ kind: string; name: string }>;
  return owners.find(({ kind }) => kind === 'ApplicationSet')?.name;
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name < other.name ? -1 : 1;
}

async function filesOf(name: string, address: string): Promise<Record<string, string>> {
  const folder = path.join(repositoryRoot, 'examples', name);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  return Object.fromEntries(
    await Promise.all(
      files.map(async entry => {
        const file = path.join(entry.parentPath, entry.name);
        const text = (await readFile(file, 'utf8')).replaceAll(writtenAddress, address);
        return [path.relative(folder, file), text];
      }),
    ),
  );
}
