import type { LoggerService } from '@backstage/backend-plugin-api';
import type { FoundRelease, GitopsConfig, Layout } from '@internal/gitops';
import { createHash } from 'node:crypto';
import { KeptFile } from '../KeptFile';
import type { Examined } from './bumped';
import type { Snapshot } from './HeadContents';

/** Milliseconds after which an examination is written to disk. */
const saveMs = 10_000;

/** An examination as it is kept: layouts by their number. */
interface Kept {
  contents: string;
  releases: Array<Omit<FoundRelease, 'deployed'> & { deployed: DeployedBy }>;
  unmatched: Examined['found']['unmatched'];
  claimed: number[];
  notes: string[];
  looked: string[];
}

type DeployedBy = Omit<FoundRelease['deployed'], 'layout'> & { layout: number };

/** The last examination, for the next start: rendering and parsing a whole repository takes longer than all the rest of it. */
export class KeptExamination {
  readonly #file: KeptFile<Kept>;
  readonly #layouts: readonly Layout[];
  #saving: NodeJS.Timeout | undefined;
  #next: { examined: Examined; helm: string | undefined } | undefined;

  /** @param file - absolute path that it is kept at */
  constructor(
    file: string,
    { repository, branch, addresses }: Pick<GitopsConfig, 'repository' | 'branch' | 'addresses'>,
    layouts: readonly Layout[],
    logger: LoggerService,
  ) {
    const settings = [repository.url, branch, addresses, layouts.map(one => one.settings)];
    this.#file = new KeptFile({ file, settings, logger });
    this.#layouts = layouts;
  }

  /** @returns undefined unless it is of these very contents, with the same Helm */
  async load(snapshot: Snapshot, helm: string | undefined): Promise<Examined | undefined> {
    const kept = await this.#file.load();
    if (kept?.contents !== contentsOf(snapshot, helm)) return undefined;
    const { releases, unmatched, claimed, notes, looked } = kept;
    const found = {
      releases: releases.map(({ deployed, ...release }) => ({
        ...release,
        deployed: { ...deployed, layout: this.#layouts[deployed.layout] },
      })),
      unmatched,
      claimed,
      notes,
    };
    return { snapshot, found, looked: new Set(looked) };
  }

  /** Keeps it, in a while, together with what comes until then. */
  keep(examined: Examined, helm: string | undefined): void {
    this.#next = { examined, helm };
    this.#saving ??= setTimeout(() => this.flush(), saveMs).unref();
  }

  /** Writes what is to be kept at once. */
  async flush(): Promise<void> {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const next = this.#next;
    this.#next = undefined;
    if (!next) return;
    const { found, looked, snapshot } = next.examined;
    await this.#file.save({
      ...found,
      contents: contentsOf(snapshot, next.helm),
      releases: found.releases.map(({ deployed, ...release }) => ({
        ...release,
        deployed: { ...deployed, layout: this.#layouts.indexOf(deployed.layout) },
      })),
      looked: [...looked],
    });
  }
}

function contentsOf({ shas }: Snapshot, helm: string | undefined): string {
  const sum = createHash('sha256');
  for (const [path, sha] of shas) sum.update(`${path}\0${sha}\0`);
  return sum.update(helm ?? '').digest('hex');
}
