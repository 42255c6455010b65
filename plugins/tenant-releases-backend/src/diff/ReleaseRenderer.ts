import {
  limitConcurrency,
  makeCheckout,
  renderRelease,
  withDeployments,
  type Deployments,
  type GithubApi,
  type GitopsConfig,
  type Layout,
  type RenderTools,
} from '@internal/gitops';
import { LRUCache } from 'lru-cache';
import type { DeployedEntry, DesiredEntry } from '../desired/DesiredEntries';
import { checkoutOf, HeadContents, plainText } from '../desired/layout/HeadContents';
import type { ChartManifests } from './manifestDiff';

/** What a release's sources come to, or why nobody knows here, for people. */
export type RenderedSides = { sources: ChartManifests[] } | { refused: string };

/** What a {@link ReleaseRenderer} needs. */
export interface ReleaseRendererOptions {
  api: Pick<GithubApi, 'files' | 'blobs'>;
  gitops: Pick<GitopsConfig, 'repository' | 'branch' | 'addresses'>;
  layouts: readonly Layout[];
  /** Where the programs are; asked for each time, so that one that is installed later is found. */
  findTools(): Promise<RenderTools>;
}

/** What a commit says that it deploys. */
interface Commit {
  /** Names of the contents of all its plain files, by path. */
  shas: ReadonlyMap<string, string>;
  /** Contents that are known, by their names. */
  texts: Map<string, string | undefined>;
  deployments: Deployments;
}

/** Commits that are remembered: most comparisons are of the newest ones, and a repository's text may be large. */
const maxCommits = 4;
const keepMs = 300_000;
/** A repository with more files is not rendered here. */
const maxFiles = 200_000;
/** Milliseconds for the contents of a commit. */
const readMs = 60_000;
/** Files that a source reads are found while it is rendered: those of charts in charts come last. */
const maxRounds = 6;
/** Releases that are rendered at a time, and such that may wait for their turn. */
const concurrency = 1;
const maxWaiting = 40;
/** Milliseconds until what could not be rendered is tried again. */
const retryMs = 60_000;
/** Characters of rendered objects that are remembered. */
const maxSize = 64 * 1024 * 1024;

/** Renders what Argo CD applied for a release at a commit, in any layout, as `gitops render` does. */
export class ReleaseRenderer {
  readonly #options: ReleaseRendererOptions;
  readonly #contents: HeadContents;
  readonly #limit = limitConcurrency(concurrency);
  readonly #commits: LRUCache<string, Commit>;
  readonly #known = new LRUCache<string, { rendered: RenderedSides; size: number }>({
    maxSize,
    sizeCalculation: ({ size }) => size + 1_000,
  });
  readonly #running = new Map<string, Promise<RenderedSides>>();

  constructor(options: ReleaseRendererOptions) {
    this.#options = options;
    this.#contents = new HeadContents(options.api, options.layouts);
    this.#commits = new LRUCache({
      max: maxCommits,
      ttl: keepMs,
      ttlAutopurge: true,
      fetchMethod: commit => this.#read(commit),
    });
  }

  /** @throws UpstreamError when Git does not hand out the commit */
  async render(entry: DesiredEntry, commit: string): Promise<RenderedSides> {
    const { deployed } = entry;
    if (!deployed) return { refused: 'it is of the portal’s own layout' };
    const key = [commit, deployed.application ?? '', entry.path].join('\n');
    const known = this.#known.get(key);
    if (known) return known.rendered;
    let running = this.#running.get(key);
    if (!running) {
      if (this.#running.size >= maxWaiting) {
        return { refused: 'too much is being rendered; try again later' };
      }
      running = this.#limit(() => this.#render(key, entry.path, deployed, commit)).finally(() =>
        this.#running.delete(key),
      );
      this.#running.set(key, running);
    }
    return running;
  }

  async #render(
    key: string,
    path: string,
    { application, reads }: DeployedEntry,
    commit: string,
  ): Promise<RenderedSides> {
    const found = await this.#commits.fetch(commit);
    if (!found) return { refused: `the repository is too large to be rendered here` };
    const tools = await this.#options.findTools();
    const place = path;
    const release = { ...(application ? { application } : {}), deployed: { place, reads } };
    const render = (deployments: Deployments) => renderRelease(deployments, release, tools);
    const { sources } = await this.#withContents(found, render);
    const refused = sources.find(one => 'refused' in one);
    const rendered: RenderedSides =
      refused && 'refused' in refused
        ? { refused: `${refused.name}: ${refused.refused}` }
        : {
            sources: sources.flatMap(one =>
              'manifests' in one ? [{ chart: one.name, manifests: one.manifests }] : [],
            ),
          };
    const size = JSON.stringify(rendered).length * 2;
    // A program may be there later, or have the time.
    this.#known.set(key, { rendered, size }, refused ? { ttl: retryMs } : {});
    return rendered;
  }

  /** Renders again once there is what was looked for and not here: nobody knows before which files that is. */
  async #withContents<T>(
    { shas, texts, deployments }: Commit,
    render: (deployments: Deployments) => Promise<T>,
  ): Promise<T> {
    for (let round = 1; ; round += 1) {
      const wanted = new Set<string>();
      const read = (path: string) => {
        const sha = shas.get(path)!;
        if (!texts.has(sha)) wanted.add(sha);
        return texts.get(sha);
      };
      const { tools } = deployments;
      const checkout = makeCheckout([...shas.keys()], read, tools.checkout.identity);
      const result = await render({ ...deployments, tools: { ...tools, checkout } });
      if (wanted.size === 0 || round === maxRounds) return result;
      const names = [...wanted];
      const found = await this.#options.api.blobs(names, AbortSignal.timeout(readMs));
      for (const name of names) texts.set(name, plainText(found.get(name)));
    }
  }

  async #read(commit: string): Promise<Commit | undefined> {
    const { api, gitops, findTools } = this.#options;
    const files = await api.files(commit);
    if (files.length > maxFiles) return undefined;
    const snapshot = await this.#contents.read(files, AbortSignal.timeout(readMs));
    if (!snapshot) return undefined;
    const shas = new Map(files.flatMap(({ path, sha, kind }) => (kind ? [] : [[path, sha]])));
    const texts = new Map([...snapshot.shas].map(([path, sha]) => [sha, snapshot.text(path)]));
    const { helm } = await findTools();
    const options = { addresses: gitops.addresses, ...(helm ? { helm } : {}) };
    const { checkout } = checkoutOf(snapshot, gitops);
    const deployments = await withDeployments(checkout, options, async found => found);
    return { shas, texts, deployments };
  }
}
