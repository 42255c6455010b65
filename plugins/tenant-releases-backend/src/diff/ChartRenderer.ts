import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseManifests, type Manifest, limitConcurrency, type GitFile } from '@internal/gitops';
import { ChartRefusal, HelmError, runHelm } from '@internal/plugin-tenant-releases-node';
import { LRUCache } from 'lru-cache';
import type { GitContents } from '../desired/GitContents';
import { chartLimits, type TenantChart } from './tenantCharts';

/** What is rendered. */
export interface ChartUse {
  chart: TenantChart;
  /** The chart's files, with paths from its folder. */
  files: readonly GitFile[];
  tenant: string;
  /** SHA of the tenant file's content. */
  values: string;
}

/** The objects, or why there are none, for people. */
export type Rendered = { manifests: Manifest[] } | { refused: string };

/** How Helm is run here. */
export interface RenderLimits {
  timeoutMs: number;
  maxBytes: number;
}

/** A tenant's objects have some 20 KB; parsing a megabyte already holds up others for a moment. */
const defaults: RenderLimits = { timeoutMs: 15_000, maxBytes: 1024 * 1024 };
/** Runs of Helm at a time, and such that may wait for their turn. */
const concurrency = 2;
const maxWaiting = 40;
/** Characters of rendered objects that are remembered. */
const maxSize = 64 * 1024 * 1024;
/** Milliseconds until a chart that Helm did not come to an end with is tried again. */
const retryMs = 60_000;

/**
 * Renders charts as they are in Git. The same chart with the same values always gives the same objects, so each is
 * rendered once; time, output, memory and the number of runs are limited, since a chart may be anything.
 */
export class ChartRenderer {
  readonly #contents: GitContents;
  readonly #limits: RenderLimits;
  readonly #limit = limitConcurrency(concurrency);
  readonly #known = new LRUCache<string, { result: Rendered; size: number }>({
    maxSize,
    sizeCalculation: ({ size }) => size + 1_000,
  });
  readonly #running = new Map<string, Promise<Rendered>>();

  constructor(contents: GitContents, limits: RenderLimits = defaults) {
    this.#contents = contents;
    this.#limits = limits;
  }

  /** @throws UpstreamError when Git does not hand out the chart */
  async render(helm: string, use: ChartUse): Promise<Rendered> {
    const key = keyOf(use);
    const known = this.#known.get(key);
    if (known) return known.result;
    let running = this.#running.get(key);
    if (!running) {
      if (this.#running.size >= maxWaiting)
        return { refused: 'too much is being rendered; try again later' };
      running = this.#limit(() => this.#render(helm, key, use)).finally(() =>
        this.#running.delete(key),
      );
      this.#running.set(key, running);
    }
    return running;
  }

  async #render(helm: string, key: string, use: ChartUse): Promise<Rendered> {
    if (use.files.length > chartLimits.files) return { refused: 'the chart has too many files' };
    const texts = await this.#contents.texts(
      [use.values, ...use.files.map(({ sha }) => sha)],
      AbortSignal.timeout(this.#limits.timeoutMs),
    );
    const size = [...texts.values()].reduce((sum, text) => sum + text.length, 0);
    if (size > chartLimits.size) return { refused: 'the chart is too large' };
    const home = await mkdtemp(path.join(tmpdir(), 'tenant-releases-helm-'));
    try {
      const output = await this.#run(helm, home, use, texts);
      const result: Rendered = { manifests: parseManifests(output) };
      this.#known.set(key, { result, size: output.length * 2 });
      return result;
    } catch (error) {
      const result: Rendered = { refused: reasonOf(error) };
      const ttl = error instanceof HelmError ? retryMs : undefined;
      this.#known.set(key, { result, size: 1_000 }, { ttl });
      return result;
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }

  async #run(
    helm: string,
    home: string,
    { chart, files, tenant, values }: ChartUse,
    texts: ReadonlyMap<string, string>,
  ): Promise<string> {
    for (const file of files) {
      const target = path.join(home, 'chart', file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, texts.get(file.sha) ?? '');
    }
    await writeFile(path.join(home, 'values.yaml'), texts.get(values) ?? '');
    const options = ['--namespace', tenant, '--values', 'values.yaml', '--include-crds'];
    const args = ['template', chart.release(tenant), './chart', ...options];
    return runHelm({ helm, home, args, ...this.#limits });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ChartRefusal) return `it refuses the file: ${error.message}`;
  if (error instanceof HelmError) return error.message;
  return 'what it makes are no Kubernetes objects';
}

function keyOf({ chart, files, tenant, values }: ChartUse): string {
  const content = files.map(({ path: file, sha }) => `${sha} ${file}`).sort();
  return createHash('sha256')
    .update([chart.path, tenant, values, ...content].join('\n'))
    .digest('hex');
}
