export interface Config {
  tenantReleases?: {
    /** Who may do more than look after tenants of their own. Groups as entity refs, `platform` or `group:default/platform`. */
    access?: {
      /** Members see and do everything. Default: `group:default/platform`. */
      platformGroups?: string[];
      /** Members see every tenant with its metrics, but no logs, and change nothing. Default: nobody. */
      viewerGroups?: string[];
    };
  };
}
