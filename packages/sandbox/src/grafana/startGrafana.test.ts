import { RunningServer, sandboxSettings } from '../settings';
import { startGrafana } from '.';

describe('the page that stands in for Grafana', () => {
  let server: RunningServer;
  const hostile = `"><script>alert(1)</script>`;
  const get = async (path: string) => {
    const response = await fetch(`${server.url}${path}`);
    // Line breaks of the templates do not count.
    const text = (await response.text()).replace(/\s*\n\s*/g, '');
    return { status: response.status, text, headers: response.headers };
  };

  beforeAll(async () => {
    const settings = sandboxSettings({ repositoryRoot: '/nowhere', tools: { git: 'git' } });
    settings.ports.grafana = 0;
    server = await startGrafana(settings);
  });
  afterAll(async () => await server.close());

  it('says that it is well', async () => {
    const { status, text } = await get('/api/health');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ database: 'ok', version: expect.any(String) });
  });

  it('shows dashboard, variables and exact range', async () => {
    const { status, text } = await get(
      '/d/tenant-release/tenant?var-tenant=tenant-c&var-service=demo-api&from=1795430400000&to=now-1h&viewPanel=2',
    );
    expect(status).toBe(200);
    expect(text).toContain('Embedded stand-in for <strong>Grafana</strong>');
    expect(text).toContain('<code>tenant-release</code>');
    expect(text).toContain('<th scope="row">tenant</th><td><code>tenant-c</code></td>');
    expect(text).toContain('<time datetime="2026-11-23T10:40:00.000Z">');
    expect(text).toMatch(/<code>now-1h<\/code> <time datetime="\d{4}-/);
  });

  it('shows the queries of Explore', async () => {
    const panes = {
      abc: {
        datasource: 'loki',
        queries: [{ expr: '{namespace="tenant-a"} |= "error"', datasource: { uid: 'loki-1' } }],
        range: { from: 'now-15m', to: 'now' },
      },
    };
    const state = encodeURIComponent(JSON.stringify(panes));
    const { status, text } = await get(`/explore?schemaVersion=1&panes=${state}`);
    expect(status).toBe(200);
    expect(text).toContain('loki-1');
    expect(text).toContain('{namespace=&quot;tenant-a&quot;} |= &quot;error&quot;');
    expect(text).toContain('<code>now-15m</code>');
  });

  it('shows the older form of Explore links, too', async () => {
    const left = {
      datasource: 'prometheus',
      queries: [{ expr: 'up' }],
      range: { from: '1', to: '2' },
    };
    const { text } = await get(`/explore?left=${encodeURIComponent(JSON.stringify(left))}`);
    expect(text).toContain('<th scope="row">prometheus</th><td><code>up</code></td>');
  });

  it.each(['/explore?panes=%7B', '/explore?panes=%5B%5D'])('refuses %s', async path => {
    const { status, text } = await get(path);
    expect(status).toBe(400);
    expect(text).toContain('This link cannot be followed');
  });

  it.each([
    `/d/${encodeURIComponent(hostile)}/x`,
    `/d/x/${encodeURIComponent(hostile)}`,
    `/d/x/y?var-${encodeURIComponent(hostile)}=${encodeURIComponent(hostile)}`,
    `/d/x/y?from=${encodeURIComponent(hostile)}`,
    `/explore?panes=${encodeURIComponent(JSON.stringify({ a: { queries: [{ expr: hostile }] } }))}`,
  ])('escapes what stands in %s', async path => {
    const { text, headers } = await get(path);
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each(['/nothing', '/d/', '/d/a/b/c', '/d/%E0%A4%A/x'])('has no page at %s', async path => {
    expect((await get(path)).status).toBe(404);
  });
});
