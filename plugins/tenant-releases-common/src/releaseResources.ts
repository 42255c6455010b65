import type { ReleaseHealth } from './release';
import type { SourceStatus } from './source';

/** A resource of a release in the cluster. */
export interface ReleaseResource {
  /** Unique in the list, for example `apps/Deployment/tenant-a/demo-api`. */
  id: string;
  /** Id of the resource that made it; absent for what Git holds. */
  parent?: string;
  group: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  /** Whether Git holds it; else one of those that Git holds has made it. */
  managed: boolean;
  /** Of managed ones. */
  status?: 'Synced' | 'OutOfSync';
  /** Why it is out of sync. missing: only Git has it; extra: only the cluster has it; changed: they differ. */
  change?: 'missing' | 'extra' | 'changed';
  health?: ReleaseHealth;
  /** What Argo CD says of it, for example `Containers` `1/1`. */
  info?: Array<{ name: string; value: string }>;
  images?: string[];
  /** RFC 3339. */
  createdAt?: string;
  /** Unified text of its YAML, from what the cluster has to what Git wants; values of Secrets are masked. */
  diff?: string;
}

/** `GET /releases/:tenant/:service/resources` */
export interface ReleaseResources {
  /** Name of Argo CD's Application. */
  application: string;
  /** Managed ones first, then what they have made. */
  items: ReleaseResource[];
  truncated: boolean;
  /** When Argo CD said so, RFC 3339. */
  checkedAt: string;
  source: SourceStatus;
}
