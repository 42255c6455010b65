/** One of the two releases that are compared. */
export interface DiffSide {
  /** 40 hex digits. */
  commit: string;
  version?: string;
  author: string;
  /** RFC 3339. */
  committedAt: string;
}

/** A value of the tenant file that differs. */
export interface DiffKey {
  /** For example `image.tag` or `env.0.value`. */
  key: string;
  change: 'added' | 'removed' | 'changed';
  from?: string;
  to?: string;
}

/** A rendered object that differs. */
export interface ObjectDiff {
  /** Path of the chart that makes it. */
  chart: string;
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  change: 'added' | 'removed' | 'changed';
  /** Unified text of its YAML; values of Secrets are masked. */
  diff: string;
  truncated: boolean;
}

/** What the charts make of the two files. */
export interface RenderedDiff {
  objects: ObjectDiff[];
  /** How many objects are the same. */
  unchanged: number;
  truncated: boolean;
}

/** `GET /releases/:tenant/:service/diff` */
export interface ReleaseDiff {
  tenant: string;
  service: string;
  from: DiffSide;
  to: DiffSide;
  values: {
    /** Of the tenant's file, from the repository's root. */
    path: string;
    /** Unified text; empty when nothing differs. */
    diff: string;
    keys: DiffKey[];
    truncated: boolean;
  };
  /** `pending`: ask again after these seconds. `unavailable`: why, for people. */
  manifests: RenderedDiff | { pending: true; retrySeconds: number } | { unavailable: string };
}
