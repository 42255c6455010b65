export interface Config {
  tenantReleases?: {
    onboarding?: {
      /** Image of new tenants, for example ghcr.io/acme/demo-api; default: the one that all tenants run. */
      imageRepository?: string;
    };
    helm?: {
      /** Path of helm, 3.16 or newer, which proves a new tenant's file; default: the one on the PATH. */
      path?: string;
    };
  };
}
