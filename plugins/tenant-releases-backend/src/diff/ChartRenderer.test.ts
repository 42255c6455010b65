import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GitContents } from '../desired/GitContents';
import type { GitText } from '@internal/gitops';
import { ChartRenderer } from './ChartRenderer';
import { tenantCharts } from './tenantCharts';

const [chart] = tenantCharts;
const object = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n';

describe('ChartRenderer', () => {
  const usual = process.env.TMPDIR ?? '/tmp';
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'renderer-test-'));
    await mkdir(path.join(folder, 'tmp'));
    process.env.TMPDIR = path.join(folder, 'tmp');
  });

  afterEach(async () => {
    process.env.TMPDIR = usual;
    await rm(folder, { recursive: true, force: true });
  });

  const create = async (program: string, texts: Record<string, string> = { v: 'a: 1', c: 'x' }) => {
    const helm = path.join(folder, 'helm');
    await writeFile(helm, `#!${process.execPath}\n${program}`, { mode: 0o755 });
    const api = {
      blob: jest.fn(async (sha: string) => ({ text: texts[sha] })),
      blobs: jest.fn(async () => new Map<string, GitText>()),
      files: async () => [],
    };
    const limits = { timeoutMs: 1_000, maxBytes: 100_000 };
    const renderer = new ChartRenderer(new GitContents(api, () => true), limits);
    const render = (files = [{ path: 'Chart.yaml', sha: 'c' }]) =>
      renderer.render(helm, { chart, files, tenant: 'acme', values: 'v' });
    return { render, api };
  };
  const left = () => readdir(path.join(folder, 'tmp'));

  it.each([
    ['a template without end', 'for (;;);', 'it takes longer than 1 seconds'],
    ['output without end', 'for (;;) console.log("x".repeat(1e4));', 'it makes too much output'],
    ['no YAML', 'console.log("a: [")', 'what it makes are no Kubernetes objects'],
    [
      'aliases that explode',
      'console.log("a: &a [x,x,x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]")',
      'what it makes are no Kubernetes objects',
    ],
  ])('is not harmed by %s, and leaves nothing behind', async (_, program, refused) => {
    const { render } = await create(program);
    expect(await render()).toEqual({ refused });
    expect(await left()).toEqual([]);
  });

  it('refuses charts that are too large, without a run', async () => {
    const { render } = await create('require("fs").writeFileSync(__dirname + "/ran", "")', {
      v: 'a: 1',
      c: 'x'.repeat(3_000_000),
    });
    expect(await render()).toEqual({ refused: 'the chart is too large' });
    const many = Array.from({ length: 201 }, (_, index) => ({ path: `f${index}`, sha: 'c' }));
    expect(await render(many)).toEqual({ refused: 'the chart has too many files' });
    expect(await readdir(folder)).toEqual(['helm', 'tmp']);
  });

  it('renders once for all who ask at the same time, and not at all when it is known', async () => {
    const { render, api } = await create(
      `require("fs").appendFileSync(__dirname + "/ran", "x"); console.log(${JSON.stringify(
        object,
      )})`,
    );
    const rendered = await Promise.all([render(), render(), render()]);
    expect(await render()).toEqual(rendered[0]);
    expect(rendered[0]).toMatchObject({ manifests: [{ kind: 'Service' }] });
    expect(await readdir(folder)).toEqual(['helm', 'ran', 'tmp']);
    expect(api.blob).toHaveBeenCalledTimes(2);
  });

  it('does not remember that Git was away', async () => {
    const { render, api } = await create(`console.log(${JSON.stringify(object)})`);
    api.blob.mockRejectedValueOnce(new Error('away'));
    await expect(render()).rejects.toThrow('away');
    expect(await render()).toHaveProperty('manifests');
  });
});
