import type { Traced } from '../traced/traced';
import type { ChartTools } from './chartTools';
import type { Ownership } from './ownership';
import type { Deployment } from './deployment';

/** What a repository deploys, as far as its files say. */
export interface Deployments {
  deployments: Deployment[];
  /** ApplicationSets that cannot be rendered here, and why. */
  unread: Array<{ name: string; reason: string }>;
  /** How many Applications render other repositories only. */
  foreign: number;
  tools: ChartTools;
  /** Which addresses and revisions are those of this checkout. */
  own: Ownership;
}

/** How deployments are read. */
export interface ReadOptions {
  /** Path of helm; without it charts are judged by their text. */
  helm?: string;
  /** Milliseconds after the first rendering in which others begin; default 2,500. */
  renderMs?: number;
  /** Addresses by which Applications know the repository, besides `origin`. */
  addresses?: readonly string[];
  /** Applications that a running Argo CD lists; they go before those of the checkout. */
  live?: readonly Traced[];
}
