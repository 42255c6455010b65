import type { ChangeRequest, LeftOutTenant } from '@internal/plugin-tenant-releases-common';
import type { ChangeState } from '../changeState';

/** Who asks for a change, and when. */
export interface ChangeContext {
  /** Entity reference of the person, for example `user:default/ada`. */
  by: string;
  /** The moment that freezes are judged for, and from which a hold counts. */
  at: Date;
  /**
   * Whether a promotion has to wait for the rings before: for owners and for automation, not for the platform group, which is told
   * in the pull request.
   */
  isBound: boolean;
}

/** A tenant that a change concerns. */
export interface ChangedTenant {
  name: string;
  displayName?: string;
  tier?: string;
  ring?: number;
  owner?: string;
}

/** A file that a change writes. */
export interface ChangeEdit {
  path: string;
  /** The text of the file as it is; absent where there is none. */
  before?: string;
  text: string;
  /** The tenants that it is for: of a tenant's file one, of the policy those that are concerned. */
  tenants: readonly ChangedTenant[];
  /** What changes, for people: a version, or the value of a fact. */
  from?: string;
  to?: string;
  /** Whether another text does as well: one that differs only in who asked, and when. */
  accepts?(there: string): boolean;
}

/** A sentence for the pull request, in Markdown. */
export interface ChangeNote {
  /** The ring whose pull request says it; all of them when absent. */
  ring?: number;
  text: string;
}

/** What a kind of change does. */
export interface KindPlan {
  edits: ChangeEdit[];
  leftOut: LeftOutTenant[];
  notes: ChangeNote[];
  /** The service that is meant, where it matters. */
  service?: string;
  /** Versions that the change is about. */
  versions: string[];
}

/** What a title is made of. */
export interface TitleSubject {
  request: ChangeRequest;
  service?: string;
  /** One version, or how many. */
  version: string;
  /** For example `tenant-a`, or `12 tenants in ring 1 (early)`. */
  whom: string;
}

/** A kind of change: a tree in, edits out; nothing is asked of a server. */
export interface KindOfChange {
  /**
   * @throws InvalidChange, UnknownTenant
   * @throws ChangeRefusal where nobody may do it
   */
  plan(state: ChangeState, request: ChangeRequest, context: ChangeContext): KindPlan;
  /** Title of a pull request; it begins with a verb. */
  title(subject: TitleSubject): string;
}
