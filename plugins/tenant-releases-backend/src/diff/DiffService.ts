import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { hideCiphertext, shorten, toUpstreamError } from '@internal/gitops';
import { type DiffSide, type ReleaseDiff } from '@internal/plugin-tenant-releases-common';
import type { HelmLocation } from '@internal/plugin-tenant-releases-node';
import type { DesiredEntry } from '../desired/DesiredEntries';
import type { DesiredIndex } from '../desired/DesiredIndex';
import { maxHistoryCommits, type HistoryCommit } from '../desired/FileHistories';
import type { GitContents } from '../desired/GitContents';
import { answerMs, inTime } from '../upstream/inTime';
import type { ChartRenderer } from './ChartRenderer';
import type { ReleaseRenderer } from './ReleaseRenderer';
import { changedKeys } from './changedKeys';
import { manifestDiff, type ChartManifests } from './manifestDiff';
import { filesOfChart, tenantCharts } from './tenantCharts';
import { unifiedDiff } from './unifiedDiff';

/** What a {@link DiffService} needs. */
export interface DiffServiceOptions {
  desired: Pick<DesiredIndex, 'entries' | 'history' | 'knownHistory'>;
  contents: GitContents;
  renderer: ChartRenderer;
  /** Renders releases of other layouts; absent where there are none. */
  releases?: Pick<ReleaseRenderer, 'render'>;
  /** Where helm is; asked for with each comparison, so that one that is installed later is found. */
  findHelm(): Promise<HelmLocation>;
}

/** Seconds until it is worth asking again for what is being rendered. */
const retrySeconds = 1;
/** The part of the time for an answer after which rendering goes on without the caller. Milliseconds. */
const renderMs = 1_200;

/** The part of a history that people mostly look at. */
const firstCommits = 30;

type Manifests = ReleaseDiff['manifests'];

/** Compares two releases: the tenant's file, and what the charts make of it. */
export class DiffService {
  readonly #options: DiffServiceOptions;

  constructor(options: DiffServiceOptions) {
    this.#options = options;
  }

  /**
   * @param from - commit of the release's history
   * @param to - the same
   * @throws NotFoundError for a commit that is not in the history
   * @throws ServiceUnavailableError when Git does not answer and the contents are not known
   */
  async diff(entry: DesiredEntry, from: string, to: string): Promise<ReleaseDiff> {
    const until = Date.now() + answerMs;
    try {
      const [before, after] = await this.#commits(entry, [from, to], until);
      const [old, now] = await inTime(
        Promise.all([before, after].map(commit => this.#text(entry, commit))),
        until,
      );
      const { path } = entry;
      const { text, truncated } = unifiedDiff(old, now, {
        from: before.sha ? `a/${path}` : '/dev/null',
        to: after.sha ? `b/${path}` : '/dev/null',
      });
      const keys = changedKeys(old, now);
      return {
        tenant: entry.tenant,
        service: entry.service,
        from: sideOf(before),
        to: sideOf(after),
        values: { path, diff: text, keys: keys.keys, truncated: truncated || keys.truncated },
        manifests: await this.#manifests(entry, before, after, until),
      };
    } catch (error) {
      if (error instanceof NotFoundError) throw error;
      throw new ServiceUnavailableError(
        `Git does not answer (${toUpstreamError(error).errorClass})`,
      );
    }
  }

  /** What a commit left of the release: of a file that other tenants have their version from, this version alone. */
  async #text({ deployed }: DesiredEntry, { sha, version }: HistoryCommit): Promise<string> {
    if (deployed?.isShared) return version === undefined ? '' : `version: ${version}\n`;
    return sha ? this.#options.contents.text(sha) : '';
  }

  /** What is known is looked at first, then the newest part of the history, then all of it that can be read. */
  async #commits(
    entry: DesiredEntry,
    wanted: readonly [string, string],
    until: number,
  ): Promise<[HistoryCommit, HistoryCommit]> {
    const { desired } = this.#options;
    const known = findCommits(desired.knownHistory(entry) ?? [], wanted);
    if (known) return known;
    for (const count of [firstCommits, maxHistoryCommits]) {
      const found = findCommits(await inTime(desired.history(entry, count), until), wanted);
      if (found) return found;
    }
    throw new NotFoundError('No such commit in the history of this release');
  }

  /** Rendering may take its time; who asks is told to come again, and finds it done. */
  async #manifests(
    entry: DesiredEntry,
    before: HistoryCommit,
    after: HistoryCommit,
    until: number,
  ): Promise<Manifests> {
    const rendering = this.#rendered(entry, before, after).catch((error): Manifests => {
      const { errorClass } = toUpstreamError(error);
      return { unavailable: `The charts cannot be read: Git does not answer (${errorClass}).` };
    });
    const pending: Manifests = { pending: true, retrySeconds };
    return inTime(rendering, Math.min(until, Date.now() + renderMs)).catch(() => pending);
  }

  async #rendered(
    entry: DesiredEntry,
    before: HistoryCommit,
    after: HistoryCommit,
  ): Promise<Manifests> {
    const { tenant, deployed } = entry;
    const { releases } = this.#options;
    if (deployed && releases) return this.#renderedRelease(releases, entry, [before, after]);
    const helm = await this.#options.findHelm();
    if ('problem' in helm) return { unavailable: `Nothing is rendered here: ${helm.problem}.` };
    const sides = await Promise.all(
      [before, after].map(commit => this.#render(helm.path, tenant, commit)),
    );
    const refused = sides.find(side => 'unavailable' in side);
    if (refused && 'unavailable' in refused) return refused;
    const [old, now] = sides as ChartManifests[][];
    return manifestDiff(old, now);
  }

  /** Of an Application that others are in as well, who may see the one does not see the others. */
  async #renderedRelease(
    releases: Pick<ReleaseRenderer, 'render'>,
    entry: DesiredEntry,
    commits: readonly HistoryCommit[],
  ): Promise<Manifests> {
    const { tenant, deployed: { application } = {} } = entry;
    const isShared = this.#options.desired
      .entries()
      .some(one => one.tenant !== tenant && one.deployed?.application === application);
    if (application !== undefined && isShared) {
      return { unavailable: `Its Application ${application} renders other tenants too.` };
    }
    const sides: ChartManifests[][] = [];
    for (const { commit, sha } of commits) {
      // Without its file the release has nothing.
      const rendered = sha ? await releases.render(entry, commit) : { sources: [] };
      if ('refused' in rendered) {
        const reason = shorten(hideCiphertext(rendered.refused), 600);
        return { unavailable: `${commit.slice(0, 7)} cannot be rendered: ${reason}` };
      }
      sides.push(rendered.sources);
    }
    return manifestDiff(sides[0], sides[1]);
  }

  async #render(
    helm: string,
    tenant: string,
    { commit, sha }: HistoryCommit,
  ): Promise<ChartManifests[] | { unavailable: string }> {
    // Without its file the tenant has nothing.
    if (!sha) return [];
    const { contents, renderer } = this.#options;
    const files = await contents.files(commit);
    const charts: ChartManifests[] = [];
    for (const chart of tenantCharts) {
      const ofChart = filesOfChart(chart, files);
      if (ofChart.length > 0) {
        const use = { chart, files: ofChart, tenant, values: sha };
        const rendered = await renderer.render(helm, use);
        if ('refused' in rendered) {
          const at = `${chart.path} at ${commit.slice(0, 7)}`;
          return {
            unavailable: `${at} cannot be rendered: ${shorten(
              hideCiphertext(rendered.refused),
              500,
            )}`,
          };
        }
        charts.push({ chart: chart.path, manifests: rendered.manifests });
      }
    }
    return charts;
  }
}

function findCommits(
  commits: readonly HistoryCommit[],
  wanted: readonly [string, string],
): [HistoryCommit, HistoryCommit] | undefined {
  const [from, to] = wanted.map(sha => commits.find(({ commit }) => commit === sha));
  return from && to ? [from, to] : undefined;
}

function sideOf({ commit, version, author, committedAt }: HistoryCommit): DiffSide {
  return { commit, ...(version ? { version } : {}), author: shorten(author, 80), committedAt };
}
