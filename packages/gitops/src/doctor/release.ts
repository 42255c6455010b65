import type { Application } from '../applications/application';
import type { TenantFacts } from '../facts/tenantFacts';
import type { Layout } from '../layout/layout';
import type { Locator } from '../locate/locator';
import type { Origin } from '../traced/traced';

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
  deployed: DeployedBy;
  facts: TenantFacts;
}

/** How a release comes to the cluster, as far as the repository says. */
export interface DeployedBy {
  layout: Layout;
  /** The file or folder by which the layout claims it. */
  place: string;
  /** Files and folders that are rendered, from the repository's root: an Application that reads one of them may be its own. */
  reads: readonly string[];
  /** Name of the image without tag, or of the chart, where its version is meant. */
  image?: string;
  /** Whether the version is that of a chart, which no image need have. */
  isChart: boolean;
  /** Project and destination of the Application that stands, or is made, in the repository. */
  target?: Pick<Application, 'project' | 'destination'>;
}

/** What the layouts or Argo CD want and what could not be matched. */
export interface Unmatched {
  kind: 'file' | 'tenant' | 'application';
  name: string;
  reason: string;
}
