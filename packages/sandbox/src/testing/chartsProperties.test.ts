import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseTenantFile } from '@internal/gitops';
import Ajv from 'ajv';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import {
  arbitraryBrokenTenantFile,
  arbitraryTenantFile,
  ChartRules,
  TenantValues,
} from './arbitraryTenantFile';
import { ChartsHelm, Manifest, charts } from './chartsHelm';
import { repositoryRoot } from './helm';

// Some dozens of real helm, on a machine that may be busy.
jest.setTimeout(180_000);

const read = async (file: string) =>
  parse(await readFile(path.join(repositoryRoot, 'charts/tenant', file), 'utf8'));

let helm: ChartsHelm;
let rules: ChartRules;
let validate: (values: unknown) => boolean;
beforeAll(async () => {
  helm = await ChartsHelm.create();
  rules = { tiers: await read('tiers.yaml'), platform: await read('platform.yaml') };
  const schema = await read('values.schema.json');
  validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
});
afterAll(() => helm.close());

const runs = { numRuns: 25 };

/** Everything that a rendered workload holds, whatever its file says. */
function checkWorkload(manifests: Manifest[], values: TenantValues): void {
  const deployment = manifests.find(({ kind }) => kind === 'Deployment');
  const pod = deployment?.spec.template.spec;
  const [container] = pod.containers;
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    priorityClassName: 'tenant-workload',
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  });
  expect(pod.hostNetwork ?? pod.hostPID ?? pod.hostIPC).toBeUndefined();
  expect(pod.containers).toHaveLength(1);
  expect(pod.volumes.every((volume: object) => 'emptyDir' in volume)).toBe(true);
  expect(container.securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(container.securityContext.runAsUser).toBeGreaterThanOrEqual(10_000);
  expect(container.image.startsWith(`ghcr.io/acme/demo-api:${values.image.tag}`)).toBe(true);
  expect(Object.keys(container.resources.limits)).toHaveLength(3);
  expect(Object.keys(container.resources.requests)).toHaveLength(3);

  const autoscaler = manifests.find(({ kind }) => kind === 'HorizontalPodAutoscaler');
  expect('replicas' in deployment?.spec).toBe(autoscaler === undefined);
  const fewest = autoscaler?.spec.minReplicas ?? deployment?.spec.replicas;
  const budget = manifests.find(({ kind }) => kind === 'PodDisruptionBudget');
  if (budget) expect(budget.spec.maxUnavailable).toBeLessThan(fewest);
}

describe('any tenant file that is right', () => {
  it('is taken by schema, portal and both charts, which make bounded objects of the tenant alone', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTenantFile(rules), async values => {
        const { name } = values.tenant;
        expect(validate(values)).toBe(true);
        // In quotes: a tenant may be called "y".
        const text = stringify(values, {
          defaultStringType: 'QUOTE_DOUBLE',
          defaultKeyType: 'PLAIN',
        });
        expect(parseTenantFile(text, name)).toMatchObject({ ok: true });
        for (const chart of charts) {
          const manifests = await helm.template(chart, values, name);
          for (const { kind, metadata } of manifests) {
            expect([metadata.namespace ?? metadata.name, kind]).toEqual([name, kind]);
            expect(metadata.labels['tenant-releases.io/tenant']).toBe(name);
          }
          if (chart === 'tenant') checkWorkload(manifests, values);
        }
      }),
      runs,
    );
  });
});

describe('any tenant file with one thing wrong', () => {
  it('is refused with a message that names the key', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBrokenTenantFile(rules), async ({ values, key }) => {
        const refusal = await helm.refusal('tenant', values, String(values.tenant?.name ?? 'a'));
        expect(refusal).toContain(key);
      }),
      runs,
    );
  });
});
