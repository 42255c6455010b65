import { exposition, labelName, type Metric } from './exposition';

const metric = (samples: Metric['samples']): Metric => ({
  name: 'demo',
  type: 'gauge',
  help: 'Something.',
  samples,
});

describe('exposition', () => {
  it('has a header for each metric and a line for each sample', () => {
    const samples = [
      { labels: { a: '1', b: 'x' }, value: 0.5 },
      { labels: { a: '2', b: 'y' }, value: 3 },
    ];
    expect(exposition([metric(samples)])).toBe(
      '# HELP demo Something.\n# TYPE demo gauge\ndemo{a="1",b="x"} 0.5\ndemo{a="2",b="y"} 3\n',
    );
  });

  it('escapes values, and leaves out what has no samples', () => {
    const nasty = metric([{ labels: { a: '"\\\n' }, value: 1 }]);
    expect(exposition([metric([]), nasty])).toContain('demo{a="\\"\\\\\\n"} 1\n');
    expect(exposition([metric([])])).toBe('');
  });

  it.each([
    ['tenant-releases.io/tenant', 'tenant_releases_io_tenant'],
    ['app', 'app'],
  ])('makes a label name of %s', (name, expected) => {
    expect(labelName(name)).toBe(expected);
  });
});
