import type { Origin } from '../traced/traced';
import type { Locator } from '../locate/locator';

/** A release that a layout and what Argo CD would apply agree on. */
export interface LayoutRelease {
  tenant: string;
  service: string;
  environment?: string;
  cluster?: string;
  version: string;
  digest?: string;
  /** The file where the version originates, from the repository's root. */
  file: string;
  /** From 1. */
  line: number;
  /** Where it stands in the file, as text. */
  locator: string;
  /** Another branch, tag or commit that the Application follows: the file is of that one. */
  revision?: string;
  /** Name of the Application that deploys it. */
  application?: string;
}

/** A release with what is needed to change it. */
export interface FoundRelease extends LayoutRelease {
  at: Locator;
  origin: Origin;
  /** Further places that hold the same version of the same service. */
  also: Array<{ file: string; at: Locator }>;
}

/** What the layouts or Argo CD want and what could not be matched. */
export interface Unmatched {
  kind: 'file' | 'tenant' | 'application';
  name: string;
  reason: string;
}
