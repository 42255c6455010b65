export interface Config {
  tenantReleases?: {
    /** Who may do more than look after tenants of their own. Groups as entity refs, `platform` or `group:default/platform`. */
    access?: {
      /** Members see and do everything. Default: `group:default/platform`. */
      platformGroups?: string[];
      /** Members see every tenant with its metrics, but no logs, and change nothing. Default: nobody. */
      viewerGroups?: string[];
      /**
       * Everybody sees these groups and who is in them: name the teams that own services. People do not see other groups
       * than their own and those of the platform, since the name of a group tells that its tenant exists. For the same
       * reason they do not see who is in such a group, too. Default: none.
       */
      visibleGroups?: string[];
      /**
       * What the owners of a service (of its Component in the catalog) see of the tenants that run it: `numbers`, how many run
       * which version, with errors and latency; `names`, which tenants those are, too; `nothing`. Default: `numbers`, since
       * the list of customers is not everybody's.
       */
      serviceOwners?: 'numbers' | 'names' | 'nothing';
    };
  };
}
