import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ChartsHelm, charts, filesIn } from './chartsHelm';
import { goodValues, withTenant } from './chartsValues';
import { repositoryRoot } from './helm';

// Real helm, on a machine that may be busy.
jest.setTimeout(60_000);

let helm: ChartsHelm;
beforeAll(async () => {
  helm = await ChartsHelm.create();
});
afterAll(() => helm.close());

describe.each(charts)('charts/%s', chart => {
  it('passes helm lint --strict and renders with every tenant of the repository and every scenario', async () => {
    const scenarios = await filesIn(`charts/${chart}/ci`);
    expect(scenarios.length).toBeGreaterThanOrEqual(10);
    for (const file of [...(await filesIn('gitops/tenants')), ...scenarios]) {
      const lint = await helm.call(['lint', '--strict'], chart, file);
      expect([file, lint]).toEqual([file, expect.stringContaining('0 chart(s) failed')]);
    }
  });

  it('refuses to go to another namespace than the tenant that the file names', async () => {
    expect(await helm.refusal(chart, goodValues, 'tenant-a')).toMatch(
      /tenant\.name: is "tenant-c", but the release goes to the namespace "tenant-a"/,
    );
  });

  it('makes at most one object of each template, in the namespace of the tenant', async () => {
    const manifests = await helm.template(chart, goodValues);
    for (const manifest of manifests) {
      expect(
        manifest.kind === 'Namespace' ? manifest.metadata.name : manifest.metadata.namespace,
      ).toBe('tenant-c');
      expect(manifest.metadata.labels).toMatchObject({
        'app.kubernetes.io/instance': 'tenant-c',
        'app.kubernetes.io/managed-by': 'Helm',
        'app.kubernetes.io/part-of': 'tenant-platform',
        'tenant-releases.io/tenant': 'tenant-c',
      });
    }
    const templates = await filesIn(`charts/${chart}/templates`);
    expect(manifests.length).toBeLessThanOrEqual(
      templates.filter(file => file.endsWith('.yaml')).length,
    );
    const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('keeps a name that YAML would read as something else', async () => {
    for (const manifest of await helm.template(chart, withTenant({ name: 'y' }))) {
      expect(manifest.metadata.labels['tenant-releases.io/tenant']).toBe('y');
      expect([manifest.metadata.namespace, manifest.metadata.name]).toContain('y');
    }
  });

  it('refuses to render without a tenant', async () => {
    expect(await helm.refusal(chart, {})).toMatch(/tenant/);
  });
});

describe('charts/', () => {
  it('holds derived files as charts/generate.mjs writes them', async () => {
    const script = path.join(repositoryRoot, 'charts/generate.mjs');
    await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toEqual({
      stdout: '',
      stderr: '',
    });
  });

  it.each([
    ['autoscaling', 'HorizontalPodAutoscaler'],
    ['vertical', 'VerticalPodAutoscaler'],
    ['ingress', 'Ingress'],
    ['external-secret', 'ExternalSecret'],
    ['pod-monitor', 'PodMonitor'],
    ['service-monitor', 'ServiceMonitor'],
    ['standard', 'PodDisruptionBudget'],
  ])('has a scenario %s that makes a %s', async (scenario, kind) => {
    const file = `charts/tenant/ci/${scenario}-values.yaml`;
    const name = scenario === 'standard' ? 'tenant-a' : scenario;
    const stdout = await helm.call(['template', 'release', '--namespace', name], 'tenant', file);
    expect(stdout).toMatch(new RegExp(`^kind: ${kind}$`, 'm'));
  });
});
