import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ownLabels } from '../contract/servers/ContractNamespace.ts';
import { ownLabel } from '../contract/servers/realServers.ts';
import { eventually } from '../support/eventually.ts';
import { Kubectl } from '../support/kubectl.ts';
import { parseObjects, type KubernetesObject } from '../support/objects.ts';

const argocd = ['-n', 'argocd'];

/** The Applications of an example in the real cluster: put there as its owners would, and taken away with all that came of them. */
export class ExampleCluster {
  readonly #admin = new Kubectl();
  readonly #address: () => string;

  /** @param address - of the repository, by which the Applications of ApplicationSets are known for the tests' own */
  constructor(address: () => string) {
    this.#address = address;
  }

  /** Takes away what a run has left that was cut off. */
  async clear(): Promise<void> {
    await this.#admin.output(['delete', 'applicationsets.argoproj.io', ...argocd, '-l', ownLabel]);
    for (const { metadata } of await this.applications()) {
      // What it has deployed goes with its namespace; a cluster that is not there would be waited for without end.
      const patch = JSON.stringify({ metadata: { finalizers: null } });
      const name = ['applications.argoproj.io', metadata.name, ...argocd];
      await this.#admin.run(['patch', ...name, '--type=merge', '-p', patch]);
      await this.#admin.output(['delete', ...name, '--ignore-not-found']);
    }
    await this.#admin.output(['delete', 'secrets', ...argocd, '-l', ownLabel]);
    await this.#admin.output(['delete', 'namespaces', '-l', ownLabel]);
  }

  /**
   * Applies the Applications and ApplicationSets of a work tree, and the clusters that it names.
   *
   * @param namespaces - to deploy to; made here, so that they can be told from those of others
   */
  async apply(folder: string, namespaces: readonly string[]): Promise<void> {
    for (const name of new Set(namespaces)) {
      assert.ok(
        !(await this.#admin.exists('namespace', name)),
        `There is a namespace ${name} in this cluster already: give the tests another cluster.`,
      );
    }
    const spaces = [...new Set(namespaces)].map(
      (name): KubernetesObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
    );
    const objects = [...spaces, ...(await manifestsIn(folder))].map(object => ({
      ...object,
      metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...ownLabels } },
    }));
    const { code, stderr } = await this.#admin.apply(objects);
    assert.equal(code, 0, stderr);
  }

  /** The Applications that were applied, and those that deploy from the repository. */
  async applications(): Promise<KubernetesObject[]> {
    const items = await this.#admin.list('applications.argoproj.io', ...argocd);
    const [name, value] = ownLabel.split('=');
    return items.filter(
      ({ metadata, spec }) =>
        metadata.labels?.[name] === value || JSON.stringify(spec).includes(this.#address()),
    );
  }

  /** Waits for a number of Applications. */
  async untilThere(count: number): Promise<KubernetesObject[]> {
    return await eventually(
      async () => {
        const found = await this.applications();
        assert.equal(found.length, count, JSON.stringify(await this.#conditions()));
        return found;
      },
      60,
      `${count} Applications`,
    );
  }

  /** The images of the containers that the API server has in a namespace's Deployments. */
  async images(namespace: string): Promise<string[]> {
    const found = await this.#admin.list('deployments.apps', '-n', namespace);
    const containers = found.flatMap(({ spec }) => spec.template.spec.containers);
    return containers.map(({ image }: { image: string }) => image).sort();
  }

  /** Why an ApplicationSet makes nothing. */
  async #conditions(): Promise<unknown[]> {
    const sets = await this.#admin.list('applicationsets.argoproj.io', ...argocd, '-l', ownLabel);
    return sets.map(({ metadata, status }) => [metadata.name, status?.conditions]);
  }
}

async function manifestsIn(folder: string): Promise<KubernetesObject[]> {
  const files = await readdir(folder, { recursive: true });
  const manifests = files.filter(file => /\.yaml$/.test(file) && !/(^|\/)templates\//.test(file));
  const objects = await Promise.all(
    manifests
      .sort()
      .map(async file => parseObjects(await readFile(path.join(folder, file), 'utf8'))),
  );
  return objects.flat().flatMap(object => {
    const isCluster =
      object.kind === 'Secret' &&
      object.metadata.labels?.['argocd.argoproj.io/secret-type'] === 'cluster';
    if (!/^Application(Set)?$/.test(object.kind ?? '') && !isCluster) return [];
    return [{ ...object, metadata: { ...object.metadata, namespace: 'argocd' } }];
  });
}
