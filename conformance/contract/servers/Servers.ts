/** A Kubernetes API server. */
export interface KubernetesServer {
  /** Base URL. */
  url: string;
  /** PEM of the authority, for https. */
  ca?: string;
  /** A service account's that may read what the portal reads, and no secrets. */
  token: string;
  /** A cluster administrator's. */
  administrator: string;
  /** It has just begun and remembers everything: what is to be too old has to be made so. */
  isYoung: boolean;
}

/** The servers that the contract is about: the embedded platform's, or real ones. What is absent is skipped. */
export interface Servers {
  name: string;
  kubernetes?: KubernetesServer;
  /** Of that cluster. The token's account has the built-in role `role:readonly`. */
  argocd?: {
    url: string;
    token: string;
    /** It looks at Applications in the namespaces `contract-*` too. */
    hasTeamNamespaces: boolean;
  };
  prometheus?: { url: string };
  /** Knows tenants (`auth_enabled`). */
  loki?: { url: string };
  /** Gives back what was taken. */
  close(): Promise<void>;
}
