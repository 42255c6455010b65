import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import {
  arbitraryTenantFile,
  type ChartRules,
  type TenantValues,
} from '../../packages/sandbox/src/testing/arbitraryTenantFile.ts';
import { repositoryRoot } from '../support/environment.ts';
import { findHelms, template, type Helm } from '../support/helm.ts';
import { Kubectl } from '../support/kubectl.ts';
import { splitByKind } from '../support/kinds.ts';
import type { KubernetesObject } from '../support/objects.ts';
import { randomNamespaces } from './installation.ts';

const admin = new Kubectl();

/** How many files; CONFORMANCE_RUNS asks for more. */
const runs = Number(process.env.CONFORMANCE_RUNS ?? 25);

/** Whatever a valid tenant file says, the API server takes what the charts make of it. */
export function propertySuite(): void {
  describe('random valid tenant files', () => {
    it(`render to objects that the API server takes (${runs} files)`, async () => {
      const [helm] = await findHelms();
      assert.ok(helm, 'helm is not on the PATH');
      const read = async (file: string) =>
        parse(await readFile(path.join(repositoryRoot, 'charts/tenant', file), 'utf8'));
      const rules: ChartRules = {
        tiers: await read('tiers.yaml'),
        platform: await read('platform.yaml'),
      };
      await fc.assert(
        fc.asyncProperty(arbitraryTenantFile(rules), values => tryOut(values, helm)),
        { numRuns: runs, endOnFailure: true },
      );
    });
  });
}

async function tryOut(values: TenantValues, helm: Helm): Promise<void> {
  const name: string = values.tenant.name;
  // Written as YAML 1.1, which Helm reads.
  const text = stringify(values, { version: '1.1' });
  const options = { namespace: name, values: text };
  const fence = await template(helm, 'tenant-fence', { ...options, release: `${name}-fence` });
  const workload = await template(helm, 'tenant', { ...options, release: name });
  if (await admin.exists('namespace', name)) return;
  const namespace = fence.find(({ kind }) => kind === 'Namespace');
  assert.ok(namespace);
  const labels = { ...namespace.metadata.labels, ...randomNamespaces };
  await accepted([{ ...namespace, metadata: { ...namespace.metadata, labels } }]);
  try {
    const others = fence.filter(object => object !== namespace);
    const { known } = await splitByKind([...others, ...workload, ...workload.flatMap(podOf)]);
    await accepted(known, '--dry-run=server');
  } finally {
    await admin.output(['delete', 'namespace', name, '--wait=false']);
  }
}

/** Pod Security judges pods, not what makes them. */
function podOf({ kind, metadata, spec }: KubernetesObject): KubernetesObject[] {
  if (kind !== 'Deployment') return [];
  const { labels, annotations } = spec.template.metadata;
  const { name, namespace } = metadata;
  // Nobody has made the service account yet.
  const { serviceAccountName, ...podSpec } = spec.template.spec;
  assert.ok(serviceAccountName);
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels, annotations },
      spec: podSpec,
    },
  ];
}

async function accepted(objects: KubernetesObject[], ...args: string[]): Promise<void> {
  const outcome = await admin.apply(objects, ...args);
  assert.equal(outcome.code, 0, outcome.stderr);
}
