export interface Config {
  /** Releases of tenants: where they are described, run and measured. */
  tenantReleases?: {
    gitops: {
      /** Address of the GitOps repository on a host of integrations.github, for example https://github.com/acme/platform */
      repository: string;
      /** Branch that Argo CD follows. Default: main */
      branch?: string;
      /**
       * Path of a tenant's file, with {tenant} and, for more than one service a tenant, {service}; * stands for any text within
       * one folder's or file's name. Default: gitops/tenants/{tenant}-values.yaml
       */
      valuesPath?: string;
      /** Path of the file with bad versions, freezes and rings. Default: gitops/policy/releases.yaml */
      policyPath?: string;
      /** Most bytes of a tenant file, 1024 to 1048576. Default: 65536 */
      maxFileBytes?: number;
      /**
       * Seconds between two looks at the branch, 1 to 3600. Default: 15. Push webhooks are acted on at once. So that an
       * outage is noticed in time the branch's head is asked for by ETag every 5 seconds at the latest.
       */
      pollSeconds?: number;
    };
    /** Service that every tenant runs, where valuesPath does not name it. Default: demo-api */
    service?: string;
    telemetry?: Array<{
      /** Name of the Argo CD destination that these servers belong to; "*" for all. Default: "*" */
      cluster?: string;
      prometheus?: {
        /** Address of the server, up to and without /api/v1 */
        url: string;
        /**
         * Further headers of each request, for example Authorization
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
      };
      loki?: {
        /** Address of the server, up to and without /loki/api/v1 */
        url: string;
        /** Loki's tenant (X-Scope-OrgID), with {tenant} for the tenant's name; leave it out when Loki has no tenants */
        orgId?: string;
        /**
         * Further headers of each request, for example Authorization
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
      };
    }>;
    helm?: {
      /** Path of helm, 3.16 or newer, which renders what is compared; default: the one on the PATH. */
      path?: string;
    };
    grafana?: {
      /** Address of Grafana, as people open it */
      url: string;
      /** UID of the dashboard with the variables tenant and service. Default: tenant-release */
      dashboard?: string;
    };
  };
  argocd?: {
    appLocatorMethods?: Array<{
      type?: string;
      instances?: Array<{
        name: string;
        url: string;
        /** Address for people, when it is another */
        frontendUrl?: string;
        /**
         * Token of an account that may get applications, and nothing else
         * @visibility secret
         */
        token?: string;
      }>;
    }>;
  };
  kubernetes?: {
    clusterLocatorMethods?: Array<{
      type: string;
      clusters?: Array<{
        name: string;
        url: string;
        /**
         * Token of a service account that may list and watch pods
         * @visibility secret
         */
        serviceAccountToken?: string;
        skipTLSVerify?: boolean;
        /** Base64 of the PEM of the cluster's authority */
        caData?: string;
      }>;
    }>;
  };
}
