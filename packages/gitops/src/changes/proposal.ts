/** What became of one pull request of a bump. */
export interface Proposal {
  branch: string;
  title: string;
  /** Names of the tenants that it changes. */
  tenants: string[];
  /**
   * opened and updated: by this run; unchanged: it says the same already; closed: there is nothing left to change;
   * left-alone: the branch is somebody else's, see `reason`; planned: of a dry run.
   */
  outcome: 'opened' | 'updated' | 'unchanged' | 'closed' | 'left-alone' | 'planned';
  number?: number;
  /** The pull request's page. */
  url?: string;
  reason?: string;
}
