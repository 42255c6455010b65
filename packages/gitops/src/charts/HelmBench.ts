import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Checkout } from '../checkout/checkout';
import { join } from '../checkout/paths';
import { ChartRefusal, HelmError, runHelm } from '../helm/runHelm';
import { plain, type Traced } from '../traced/traced';
import { readChart } from './chart';

/** Milliseconds after the first run in which others begin, unless more are given, and that one may take. */
const maxTotalMs = 8_000;
const maxRunMs = 5_000;
const maxBytes = 32 * 1024 * 1024;
/** Runs at a time. */
const maxRuns = 2;

/** What a rendering came to: what Helm printed, or why there is nothing. */
export type Rendering = { text: string } | { refused: string };

/** How a chart is rendered. */
export interface RenderRequest {
  /** From the repository's root. */
  chart: string;
  release: string;
  namespace?: string;
  values: unknown;
  /** Whether every chart gets a mark for its `appVersion`, to see where it goes. */
  marksAppVersion?: boolean;
  /** Whether it is needed whatever time it takes: without it Applications are missing. */
  isNeeded?: boolean;
}

/**
 * Renders charts of a checkout with Helm in a folder of its own, without what is not in the repository. Every chart is laid out
 * once, and all runs together have a bound of time.
 */
export class HelmBench {
  readonly #laid = new Map<string, Promise<string>>();
  readonly #charts: string[] = [];
  readonly #waiting: Array<() => void> = [];
  readonly #others: HelmBench[] = [];
  #home?: Promise<string>;
  #begun?: number;
  #running = 0;
  #count = 0;

  /**
   * @param helm - path of the program; without one nothing is rendered
   * @param totalMs - milliseconds after the first run in which others begin
   */
  constructor(
    private readonly checkout: Checkout,
    private readonly helm: string | undefined,
    private readonly totalMs = maxTotalMs,
  ) {}

  /** Whether there is time and a program for another run. */
  get isOpen(): boolean {
    return this.helm !== undefined && this.isInTime;
  }

  /** Whether there is still time: then nothing was left out for want of it. */
  get isInTime(): boolean {
    return performance.now() - (this.#begun ?? Infinity) < this.totalMs;
  }

  async render(request: RenderRequest): Promise<Rendering> {
    const {
      chart,
      release,
      namespace,
      values,
      marksAppVersion = false,
      isNeeded = false,
    } = request;
    if (this.helm === undefined) return { refused: 'helm is not there' };
    if (!isNeeded) this.#begun ??= performance.now();
    while (this.#running >= maxRuns)
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    if (!isNeeded && !this.isOpen) {
      this.#waiting.shift()?.();
      return { refused: 'rendering all charts takes too long' };
    }
    this.#running += 1;
    try {
      const home = await this.#makeHome();
      const place = await this.#lay(home, chart, marksAppVersion);
      const file = path.join(home, `values-${(this.#count += 1)}.json`);
      await writeFile(file, JSON.stringify(values ?? {}));
      const args = [
        'template',
        releaseName(release),
        place,
        '--values',
        file,
        '--skip-schema-validation',
      ];
      if (namespace) args.push('--namespace', namespace);
      return {
        text: await runHelm({ helm: this.helm, args, home, timeoutMs: maxRunMs, maxBytes }),
      };
    } catch (error) {
      if (!(error instanceof ChartRefusal) && !(error instanceof HelmError)) throw error;
      return { refused: error.message };
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** The chart whose `appVersion` has a mark. */
  chartOf(mark: string): string | undefined {
    const [, number] = /^90210\.1(\d{5})\.1$/.exec(mark) ?? [];
    return number === undefined ? undefined : this.#charts[Number(number)];
  }

  /** A bench for the same repository at another revision. */
  at(checkout: Checkout): HelmBench {
    const other = new HelmBench(checkout, this.helm);
    other.#begun = this.#begun;
    this.#others.push(other);
    return other;
  }

  /** Removes what was laid out. */
  async close(): Promise<void> {
    await Promise.all(this.#others.map(other => other.close()));
    if (this.#home !== undefined)
      await rm(await this.#home, { recursive: true, force: true, maxRetries: 5 });
    this.#home = undefined;
    this.#laid.clear();
  }

  #makeHome(): Promise<string> {
    this.#home ??= mkdtemp(path.join(tmpdir(), 'gitops-charts-'));
    return this.#home;
  }

  #lay(home: string, chart: string, isMarked: boolean): Promise<string> {
    const key = `${chart}\n${isMarked}`;
    const place = path.join(home, `chart-${this.#laid.size}`);
    const laid = this.#laid.get(key) ?? this.#copy(chart, place, isMarked, []).then(() => place);
    this.#laid.set(key, laid);
    return laid;
  }

  #markOf(folder: string): string {
    if (!this.#charts.includes(folder)) this.#charts.push(folder);
    return `90210.1${String(this.#charts.indexOf(folder)).padStart(5, '0')}.1`;
  }

  /** Copies a chart with the dependencies that are in the repository; the others are left out of its list. */
  async #copy(
    folder: string,
    place: string,
    isMarked: boolean,
    above: readonly string[],
  ): Promise<void> {
    const chart = readChart(this.checkout, folder);
    const document = this.checkout.documents(join(folder, 'Chart.yaml'))[0];
    if (!chart || !document) return;
    const prefix = join(folder, '');
    const own = chart.dependencies.flatMap(({ folder: other }) =>
      other?.startsWith(prefix) && other !== folder ? [`${other}/`] : [],
    );
    const files = this.checkout.files.filter(
      file =>
        file.startsWith(prefix) &&
        !own.some(other => file.startsWith(other)) &&
        !file.endsWith('.tgz'),
    );
    for (const file of files) {
      const text = this.checkout.text(file);
      const target = path.join(place, file.slice(prefix.length));
      await mkdir(path.dirname(target), { recursive: true });
      if (text !== undefined) await writeFile(target, text);
    }
    const kept = chart.dependencies.filter(dependency => dependency.folder !== undefined);
    await writeFile(
      path.join(place, 'Chart.yaml'),
      chartFile(document.value, kept, isMarked ? this.#markOf(folder) : undefined),
    );
    await rm(path.join(place, 'Chart.lock'), { force: true });
    const here = [...above, folder];
    for (const [index, dependency] of kept.entries()) {
      const isTwice = kept.findIndex(({ name }) => name === dependency.name) !== index;
      if (isTwice || here.includes(dependency.folder!)) continue;
      await this.#copy(
        dependency.folder!,
        path.join(place, 'charts', dependency.name),
        isMarked,
        here,
      );
    }
  }
}

function chartFile(
  value: Traced,
  kept: ReadonlyArray<{ name: string; key: string; condition?: string }>,
  appVersion: string | undefined,
): string {
  const { dependencies: _, ...rest } = plain(value) as Record<string, unknown>;
  return JSON.stringify({
    ...rest,
    apiVersion: rest.apiVersion ?? 'v2',
    ...(appVersion === undefined ? {} : { appVersion }),
    ...(kept.length === 0
      ? {}
      : {
          dependencies: kept.map(({ name, key, condition }) => ({
            name,
            version: '*',
            ...(key === name ? {} : { alias: key }),
            ...(condition ? { condition } : {}),
          })),
        }),
  });
}

/** Helm takes at most 53 characters of a DNS name. */
function releaseName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 53)
    .replace(/^-+|-+$/g, '');
  return name || 'release';
}
