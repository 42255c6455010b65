import { filesOfChart, isChartFile, tenantCharts } from './tenantCharts';

const [chart, fence] = tenantCharts;

describe('filesOfChart', () => {
  it('takes the files of a chart, and none that would lie outside of it', () => {
    const paths = [
      'Chart.yaml',
      'templates/a.yaml',
      '../x',
      'a/../../x',
      'a//b',
      'a\\..\\b',
      './x',
    ];
    const files = [...paths.map(name => `charts/tenant/${name}`), 'charts/tenant-fence/Chart.yaml'];
    const found = filesOfChart(
      chart,
      files.map(name => ({ path: name, sha: 's' })),
    );
    expect(found.map(file => file.path)).toEqual(['Chart.yaml', 'templates/a.yaml']);
  });
});

describe('isChartFile', () => {
  it.each([
    ['charts/tenant/Chart.yaml', true],
    ['charts/tenant/templates/ci/a.yaml', true],
    ['charts/tenant-fence/values.yaml', true],
    ['charts/tenant/ci/standard-values.yaml', false],
    ['charts/tenant-fence/ci/a.yaml', false],
    ['charts/tenants/Chart.yaml', false],
    ['charts/portal/Chart.yaml', false],
    ['x/charts/tenant/Chart.yaml', false],
    ['gitops/tenants/tenant-a-values.yaml', false],
  ])('%s: %s', (path, expected) => {
    expect(isChartFile(path)).toBe(expected);
  });
});

it('names the releases as the Applications do', () => {
  expect([chart.release('acme'), fence.release('acme')]).toEqual(['acme', 'acme-fence']);
});
