/** A repository that says which releases there are. */
interface GitopsRepository {
  /** Address of the GitOps repository on a host of integrations.github, for example https://github.com/acme/platform */
  repository: string;
  /** Further addresses by which Argo CD knows the repository, in any form that Git takes. The way it is written does not matter. */
  aliases?: string[];
  /** Branch that Argo CD follows. Default: main */
  branch?: string;
  /**
   * Path of a tenant's file, with {tenant} and, for more than one service a tenant, {service}; * stands for any text within
   * one folder's or file's name. Between two of them stands a separator that no name holds, such as / or _.
   * Default: gitops/tenants/{tenant}-values.yaml
   */
  valuesPath?: string;
  /**
   * Where releases are in a repository of another layout than our own, as `gitops init` proposes it; see docs/layouts.md. The
   * repository is read by Git then (reader: mirror), and valuesPath is left out.
   */
  layouts?: Array<{
    /** What the layout does not say itself is taken from this preset, for example kustomize-overlays */
    preset?: string;
    /** The file or folder that stands for a release, for example overlays/{tenant} */
    path?: string;
    /** The name of the Application, for example {tenant}-{environment} */
    application?: string;
    /** Names that are the same for all that it meets */
    tenant?: string;
    service?: string;
    environment?: string;
    cluster?: string;
    /** Files and folders that the patterns meet and that are none of this layout's; globs */
    exclude?: string[];
    /** Which versions count, and of which service. Default: all that Argo CD would apply */
    versions?: Array<{ service?: string; locator: string }>;
    /** Where facts about tenants stand */
    facts?: {
      /** File with entries by tenant, or a list of them */
      registry?: string;
      /** Keys at which the facts stand: displayName, owner, tier, ring, contact, hold; with "!" in front, a switch that lets versions change */
      keys?: { [fact: string]: string };
      /**
       * Entities of the catalog say what file and registry do not. true: the System of the tenant's name, with title, owner, the labels
       * tier and ring, and the annotation tenant-releases.io/contact
       */
      catalog?:
        | boolean
        | {
            /** Kind of the entities; default System */
            kind?: string;
            /** Key of the tenant's name in the entity; default metadata.name */
            tenant?: string;
            /** Keys of facts in the entity: displayName, owner, tier, ring, contact */
            keys?: { [fact: string]: string };
          };
    };
    /** How the Application of a release is found where what it renders does not tell; what is given has to be true of it */
    applications?: {
      /** Its name, with {tenant}, {service}, {environment} and {cluster}, for example prod-{tenant}-{service} */
      name?: string;
      /** Its labels, for example customer={tenant},app={service} */
      labelSelector?: string;
    };
    pods?: {
      /**
       * Labels of the pods, with {application}, {tenant}, {service}, {environment} and {cluster}.
       * Default: app.kubernetes.io/instance={application}; pods without them are those of Argo CD's resource tree
       */
      labelSelector: string;
    };
    /** Which files a new tenant gets from "gitops onboard"; see docs/layouts.md */
    onboarding?: {
      /** The tenant that a new one is a copy of; instead of files and entries */
      model?: string;
      /** Files that a new tenant gets, with {tenant} and other placeholders in path and text */
      files?: Array<{
        /** For example overlays/{tenant}/kustomization.yaml */
        path: string;
        /** A file of the repository that it is made from */
        skeleton?: string;
        /** The text that it is made from, instead of skeleton */
        text?: string;
      }>;
      /** What is added to lists and blocks of files that tenants share */
      entries?: Array<{
        file: string;
        /** Where the list or block stands, for example spec.generators[0].list.elements. Default: the root of the file */
        at?: string;
        /** The new key; without it, what stands there is a list */
        key?: string;
        /** What is added, with placeholders */
        value: unknown;
      }>;
      /** Values of placeholders that nobody gives */
      defaults?: { [name: string]: string };
    };
  }>;
  /** Path of the file with bad versions, freezes and rings. Default: gitops/policy/releases.yaml */
  policyPath?: string;
  /** Most bytes of a tenant file, 1024 to 1048576. Default: 65536 */
  maxFileBytes?: number;
  /**
   * Seconds between two looks at the branch, 1 to 3600. Default: 15. Push webhooks are acted on at once. Up to 15 an
   * outage is noticed within 10 seconds, by a request that costs nothing of GitHub's limit; above, at the next look.
   */
  pollSeconds?: number;
  /**
   * How the repository is read. api: by GitHub's API. mirror: by Git, from a bare repository on the backend's disk, which
   * needs git 2.38 or newer; pull requests still come from the API. Default: api; with layouts: mirror
   */
  reader?: 'api' | 'mirror';
  /**
   * Absolute path of the folder for mirrors, which only the backend's user may write in. Default: tenant-releases-mirrors in
   * backend.workingDirectory, or a folder of the user among the system's temporary files
   */
  mirrorDirectory?: string;
}

export interface Config {
  /** Releases of tenants: where they are described, run and measured. */
  tenantReleases?: {
    /**
     * The GitOps repository, or a list of them, whose releases are one fleet. One of a list at most has our own layout, that is,
     * no layouts: tenants are onboarded there. Files of the configuration replace the whole list, and do not add to it.
     */
    gitops: GitopsRepository | GitopsRepository[];
    /** What an Application has to say of itself, so that it counts for a tenant: a name alone is nothing. */
    applications?: {
      /** Project, or several, with {tenant} for the tenant's name and * for any text. Default: {tenant}; with layouts: any */
      project?: string | string[];
      /** Namespace of the destination, or several, as for project. Default: {tenant}; with layouts: any */
      namespace?: string | string[];
    };
    /** Labels of the pods, unless there are layouts. Pods without them are counted as far as Argo CD's resource tree has them. */
    pods?: {
      /** Label that holds the tenant's name. Default: tenant-releases.io/tenant */
      tenantLabel?: string;
      /** Label that holds the service's name. Default: tenant-releases.io/service */
      serviceLabel?: string;
    };
    /** How long a health that Argo CD calls Degraded is no alarm yet: seconds, or { minutes, seconds }. Default: 60 */
    grace?: number | { minutes?: number; seconds?: number };
    /** From when on a release is said to fail, by the requests that Prometheus has of the last four scrapes. */
    serving?: {
      /** The part of the requests that may fail, above 0 and below 1. Default: 0.05 */
      errorRatio?: number;
      /** Of fewer requests within four scrapes nothing is said. Default: 10 */
      minRequests?: number;
    };
    /** Service that every tenant runs, where valuesPath does not name it. Default: demo-api */
    service?: string;
    /**
     * Where the sources of services are. Title, author and pull request of the commit that a version was built from are shown
     * to everybody who may see a release of it; without an entry, those of the GitOps repository's pull request are.
     */
    services?: Array<{
      /** Name of the service, for example demo-api */
      name: string;
      /** Address of its repository on a host of integrations.github, for example https://github.com/acme/demo-api */
      repository: string;
    }>;
    telemetry?: Array<{
      /** Name of the Argo CD destination that these servers belong to; "*" for all. Default: "*" */
      cluster?: string;
      prometheus?: {
        /** Address of the server, up to and without /api/v1 */
        url: string;
        /** Tenant of Mimir, Cortex or Thanos (X-Scope-OrgID), with {tenant} and {service}; leave it out when the server has none */
        orgId?: string;
        /** Further parameters of each query, such as a tenancy proxy wants, with {tenant} and {service}: namespace: "{tenant}" */
        query?: { [name: string]: string | number | boolean };
        /** Labels that say whose a series is */
        labels?: {
          /** Default: namespace; with the preset istio: destination_service_namespace */
          namespace?: string;
          /** Default: service; with the preset istio: destination_workload */
          service?: string;
        };
        /** Names under which services count their requests. Default: prom-client */
        preset?: 'prom-client' | 'opentelemetry' | 'spring' | 'istio';
        /** Seconds between two scrapes of a service; rates are taken over four. Default: 60, as Prometheus' scrape_interval */
        scrapeSeconds?: number;
        /**
         * Further headers of each request, for example Authorization
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
      };
      loki?: {
        /** Address of the server, up to and without /loki/api/v1 */
        url: string;
        /** Loki's tenant (X-Scope-OrgID), with {tenant} and {service}; leave it out when Loki has no tenants */
        orgId?: string;
        /** Further parameters of each query, such as a tenancy proxy wants, with {tenant} and {service} */
        query?: { [name: string]: string | number | boolean };
        /** Labels that say whose a line is */
        labels?: {
          /** Default: namespace */
          namespace?: string;
          /** Default: app */
          service?: string;
          /** Label of the stream, or one that Loki keeps with the line. Default: version */
          version?: string;
        };
        /**
         * Further headers of each request, for example Authorization
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
      };
    }>;
    /** Who commits the changes that people ask for in the portal; the author is the person, where the catalog knows an e-mail address */
    commits?: {
      /** Default: app.title */
      name?: string;
      /** Default: portal at the host of app.baseUrl */
      email?: string;
      signing?: {
        /** Path of a key of ssh, or the name of one that gpg knows */
        key: string;
        /** Default: ssh */
        format?: 'ssh' | 'openpgp';
      };
    };
    /**
     * Registries that are asked whether a version exists (OCI distribution API). Without any, nobody is asked. An authority of
     * your own is added with NODE_EXTRA_CA_CERTS.
     */
    registry?: Array<{
      /** Host of the registry as images name it, for example ghcr.io, docker.io or registry.example.com:5000 */
      host: string;
      /** Where it is reached, if not at https and its host, up to and without /v2: a mirror, for example */
      url?: string;
      username?: string;
      /**
       * Password or token that may read images
       * @visibility secret
       */
      password?: string;
      /**
       * In place of user and password: Docker's config.json, or an image pull secret's .dockerconfigjson, by $file for example.
       * Credential helpers and identity tokens are not supported
       * @visibility secret
       */
      dockerConfig?: string;
    }>;
    helm?: {
      /** Path of helm, 3.16 or newer, which renders what is compared; default: the one on the PATH. */
      path?: string;
    };
    kubectl?: {
      /** Path of kubectl, which builds kustomizations of other layouts that are compared; default: the one on the PATH. */
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
    /** User of the instances that have neither a token nor a user of their own; a token is better, it cannot sign in */
    username?: string;
    /** @visibility secret */
    password?: string;
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
        /** User and password, where there is no token */
        username?: string;
        /** @visibility secret */
        password?: string;
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
        /**
         * Read where there is no token: serviceAccount (the one of the portal's own pod) and localKubectlProxy need none.
         * Providers of clouds and of people are not supported here, and named at the source.
         */
        authProvider?: string;
        skipTLSVerify?: boolean;
        /** Base64 of the PEM of the cluster's authority */
        caData?: string;
        /** Path of the PEM of the cluster's authority */
        caFile?: string;
      }>;
    }>;
  };
}
