import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, platformDir, readText, readYaml, repositoryRoot } from './__testUtils__/files';
import { dashboards, dashboardText } from './dashboards';

interface PrometheusFile {
  global: { external_labels: { portal_url: string } };
}

const { portal_url: portalUrl } = readYaml<PrometheusFile>('prometheus/prometheus.yaml').global
  .external_labels;
const all = dashboards(portalUrl);
const each = Object.entries(all).map(([file, dashboard]) => [file, dashboard] as const);

describe('the files in the GitOps tree', () => {
  it.each(each)(
    '%s is what the code makes (else: npm run build in packages/dashboards)',
    (file, dashboard) => {
      expect(readText('grafana/dashboards', file)).toBe(dashboardText(dashboard));
    },
  );

  it('are no others', () => {
    expect(filesBelow('grafana/dashboards').map(file => path.basename(file))).toEqual(
      Object.keys(all).sort(),
    );
  });
});

describe.each(each)('%s', (_, dashboard) => {
  const panels = (dashboard.panels ?? []).filter(panel => panel.type !== 'row');

  it('has a row over every panel, and a number and a description for each', () => {
    expect(dashboard.panels?.[0].type).toBe('row');
    const ids = dashboard.panels?.map(({ id }) => id);
    expect(new Set(ids).size).toBe(dashboard.panels?.length);
    for (const panel of panels) {
      expect(panel).toMatchObject({
        title: expect.stringMatching(/./),
        description: expect.stringMatching(/\.$/),
      });
    }
  });

  it('fits into 24 columns and overlaps nowhere', () => {
    const cells = new Set<string>();
    for (const panel of dashboard.panels ?? []) {
      const { x, y, w, h } = panel.gridPos!;
      expect(x + w).toBeLessThanOrEqual(24);
      for (let column = x; column < x + w; column++) {
        for (let row = y; row < y + h; row++) {
          expect(cells.has(`${column},${row}`)).toBe(false);
          cells.add(`${column},${row}`);
        }
      }
    }
  });

  it('names no data source, but lets the reader choose', () => {
    const chosen = JSON.stringify(dashboard).match(/"uid":"[^"]+"/g) ?? [];
    expect(new Set(chosen)).toEqual(
      new Set([
        `"uid":"${dashboard.uid}"`,
        '"uid":"${metrics}"',
        ...(dashboard.uid === 'fleet' ? [] : ['"uid":"${logs}"']),
      ]),
    );
  });

  it('has a unit for every value', () => {
    for (const panel of panels) {
      if (panel.type === 'logs' || panel.type === 'table') continue;
      expect('fieldConfig' in panel && panel.fieldConfig?.defaults.unit).toMatch(/^\w+$/);
    }
  });

  it('leads back to the portal', () => {
    const { current, query } = (dashboard.templating?.list ?? []).find(
      ({ name }) => name === 'portal',
    )!;
    expect([current?.value, query]).toContain(portalUrl);
    expect(dashboard.links?.some(({ url }) => url?.startsWith('${portal}/'))).toBe(true);
  });
});

describe('what the portal links to', () => {
  const dashboard = all['tenant-release.json'];

  it('is the dashboard of its configuration', () => {
    for (const file of ['app-config.production.yaml', 'app-config.sandbox.yaml']) {
      const config = path.join(repositoryRoot, file);
      expect(existsSync(config)).toBe(true);
      const { tenantReleases } = readYaml<{ tenantReleases: { grafana: { dashboard: string } } }>(
        path.relative(platformDir, config),
      );
      expect(tenantReleases.grafana.dashboard).toBe(dashboard.uid);
    }
  });

  it('takes the tenant and the service', () => {
    const names = dashboard.templating?.list?.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['tenant', 'service']));
  });

  it('marks releases', () => {
    const [releases] = dashboard.annotations?.list ?? [];
    expect(releases).toMatchObject({ name: 'Releases', enable: true });
  });
});
